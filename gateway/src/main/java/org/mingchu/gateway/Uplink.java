package org.mingchu.gateway;

import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.judge.LinkState;
import org.mingchu.gateway.judge.Progress;
import org.mingchu.gateway.judge.SeqRange;
import org.mingchu.gateway.keep.Journal;
import org.mingchu.gateway.tell.Notices;
import org.mingchu.gateway.tell.OnTheWay;
import org.mingchu.gateway.tell.Outbox;

import java.util.List;
import java.util.OptionalLong;

/**
 * One platform's courier between journal and house: hands the journal's verbs to it and its notices
 * to the inbox. Any thread.
 */
final class Uplink {
    private Uplink() {}

    /** Hears how far a drill's alarm has come. */
    interface DrillEar {
        void hear(String platform, long seq, OnTheWay way);
    }

    /** The journal as a courier of this platform sees it. */
    static Outbox outbox(String platform, Journal journal) {
        return new Outbox() {
            @Override
            public String epoch() {
                return journal.epoch();
            }

            @Override
            public long lastSeq() {
                return journal.lastSeq();
            }

            @Override
            public List<Entry> read(Lane lane, long from, int max) {
                return journal.read(lane, from, max);
            }

            @Override
            public OptionalLong previousInLane(Lane lane, long seq) {
                return some(journal.previousInLane(lane, seq));
            }

            @Override
            public OptionalLong lastInLane(Lane lane) {
                return some(journal.lastInLane(lane));
            }

            @Override
            public long countInLane(Lane lane, long from) {
                return journal.countInLane(lane, from);
            }

            @Override
            public Progress progress(Lane lane) {
                return journal.progress(platform, lane);
            }
        };
    }

    /** What the courier of this platform has to say, as arrivals of the house. */
    static Notices notices(String platform, House house, DrillEar drills) {
        return new Notices() {
            @Override
            public void link(LinkState state, String reason) {
                house.say(new Fact.Link(platform, state, reason));
            }

            @Override
            public void delivered(
                    String epoch, List<SeqRange> ranges, List<Fact.Rejection> rejected) {
                house.offer(
                        new Arrival.Answered(
                                epoch, new Fact.Delivered(platform, ranges, rejected)));
            }

            @Override
            public void progress(String epoch, Lane lane, Progress progress) {
                house.offer(new Arrival.Reached(platform, epoch, lane, progress));
            }

            @Override
            public void drill(String epoch, long seq, OnTheWay way) {
                drills.hear(platform, seq, way);
            }

            @Override
            public void receipt(String note) {
                house.offer(new Arrival.Receipt(platform, note));
            }

            @Override
            public void ahead(String epoch, long lastSeq) {
                house.offer(new Arrival.Ahead(platform, epoch, lastSeq));
            }
        };
    }

    /** How many published entries the platform has not confirmed yet, both lanes together. */
    static long waiting(String platform, Journal journal) {
        return waiting(platform, Lane.ALARM, journal) + waiting(platform, Lane.READING, journal);
    }

    /** Whether the platform has everything that is told at once: alarms and records. */
    static boolean told(String platform, Journal journal) {
        return waiting(platform, Lane.ALARM, journal) == 0;
    }

    static long waiting(String platform, Lane lane, Journal journal) {
        var progress = journal.progress(platform, lane);
        var missing = journal.countInLane(lane, progress.floor() + 1);
        for (var range : progress.above()) {
            missing -=
                    journal.countInLane(lane, range.from())
                            - journal.countInLane(lane, range.to() + 1);
        }
        return missing;
    }

    private static OptionalLong some(long seq) {
        return seq == 0 ? OptionalLong.empty() : OptionalLong.of(seq);
    }
}
