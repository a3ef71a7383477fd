package org.mingchu.gateway.tell;

import org.mingchu.config.Platform;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.SeqRange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;

/** Takes the platform's acknowledgements and believes of them what can be so. One thread. */
final class Receipts {
    private static final Logger LOG = LoggerFactory.getLogger(Receipts.class);

    private final Platform platform;
    private final OneEpoch outbox;
    private final AlarmLane alarms;
    private final ReadingLane readings;
    private final Notices notices;
    private final LongConsumer ahead;
    private long highestSent;

    /**
     * Takes acknowledgements of one epoch.
     *
     * @param ahead hears of an entry that the platform has and we do not
     */
    Receipts(
            Platform platform,
            OneEpoch outbox,
            AlarmLane alarms,
            ReadingLane readings,
            Notices notices,
            LongConsumer ahead) {
        this.platform = platform;
        this.outbox = outbox;
        this.ahead = ahead;
        this.alarms = alarms;
        this.readings = readings;
        this.notices = notices;
    }

    /** An entry went out; nothing above the highest can have arrived. */
    void sent(long seq) {
        highestSent = Math.max(highestSent, seq);
    }

    /** Whether it was an acknowledgement of ours. */
    boolean take(String text) {
        return switch (Ack.read(text)) {
            case Ack.Taken taken -> take(taken);
            case Ack.Unreadable unreadable -> {
                LOG.warn(
                        "event=ack-unreadable platform={} reason=\"{}\" remedy=\"the platform must"
                                + " answer as contract/ack.json says\"",
                        platform.id(),
                        unreadable.reason());
                yield false;
            }
        };
    }

    private boolean take(Ack.Taken ack) {
        var epoch = outbox.epoch();
        if (!ack.epoch().equals(epoch)) {
            LOG.info(
                    "event=ack-of-other-epoch platform={} epoch={} ours={}",
                    platform.id(),
                    ack.epoch(),
                    epoch);
            return false;
        }
        var highest = highest(ack);
        if (highest > outbox.lastSeq()) {
            aboveOurs(highest);
            return false;
        }
        var delivered = new TreeMap<Long, Long>();
        ack.ranges().stream().filter(this::possible).forEach(range -> accept(range, delivered));
        var rejected = new ArrayList<Fact.Rejection>();
        ack.rejected().forEach(rejection -> reject(rejection, rejected));
        if (!delivered.isEmpty() || !rejected.isEmpty()) {
            notices.delivered(epoch, ranges(delivered), rejected);
        }
        return true;
    }

    /**
     * What it has under our other numbers may be something else too. Where the platform can sign,
     * an unsigned word must not end an epoch; its cosigned receipt still can.
     */
    private void aboveOurs(long highest) {
        if (platform.commandKey().isEmpty()) {
            ahead.accept(highest);
            return;
        }
        LOG.warn(
                "event=ack-ahead-unsigned platform={} theirs={} ours={} key=command_key"
                        + " remedy=\"an acknowledgement above what we have counts only with the"
                        + " platform's signature; see who may write to its ack topic\"",
                platform.id(),
                highest,
                outbox.lastSeq());
    }

    private static long highest(Ack.Taken ack) {
        return LongStream.concat(
                        ack.ranges().stream().mapToLong(SeqRange::to),
                        ack.rejected().stream().mapToLong(Fact.Rejection::seq))
                .max()
                .orElse(0);
    }

    private boolean possible(SeqRange range) {
        if (range.to() <= highestSent) {
            return true;
        }
        LOG.warn(
                "event=ack-above-sent platform={} from={} to={} highestSent={}",
                platform.id(),
                range.from(),
                range.to(),
                highestSent);
        return false;
    }

    private void accept(SeqRange range, Map<Long, Long> delivered) {
        for (var waiting : alarms.sentIn(range)) {
            if (believed(waiting)) {
                alarms.done(waiting);
                drilled(waiting, OnTheWay.ACKNOWLEDGED);
                delivered.put(waiting.seq, waiting.prev);
            }
        }
        readings.acknowledged(range);
    }

    private void drilled(Waiting waiting, OnTheWay way) {
        if (waiting.drill) {
            notices.drill(outbox.epoch(), waiting.seq, way);
        }
    }

    private void reject(Fact.Rejection rejection, List<Fact.Rejection> rejected) {
        if (!possible(new SeqRange(rejection.seq(), rejection.seq()))) {
            return;
        }
        var range = new SeqRange(rejection.seq(), rejection.seq());
        var ofAlarmLane = alarms.sentIn(range).stream().filter(this::believed).toList();
        ofAlarmLane.forEach(alarms::done);
        ofAlarmLane.forEach(waiting -> drilled(waiting, OnTheWay.REJECTED));
        if (!ofAlarmLane.isEmpty() || readings.acknowledged(range)) {
            LOG.warn(
                    "event=entry-rejected platform={} seq={} reason=\"{}\"",
                    platform.id(),
                    rejection.seq(),
                    rejection.reason());
            rejected.add(rejection);
        }
    }

    /**
     * A platform with a command key must sign for a P1 (the most urgent alarms): whoever can only
     * write to its broker must not be able to silence one. The signature has no field in the
     * contract yet, so until it has, such an alarm stays undelivered and comes again by the ladder.
     */
    private boolean believed(Waiting waiting) {
        if (!waiting.urgent || platform.commandKey().isEmpty()) {
            return true;
        }
        LOG.warn(
                "event=ack-unsigned platform={} seq={} key=command_key remedy=\"a P1 needs the"
                        + " platform's signature; the entry is kept and sent again\"",
                platform.id(),
                waiting.seq);
        return false;
    }

    /** Neighbours of the lane join: between them lie only entries of other lanes. */
    private static List<SeqRange> ranges(SortedMap<Long, Long> prevBySeq) {
        var ranges = new ArrayList<SeqRange>();
        prevBySeq.forEach((seq, prev) -> {
            if (!ranges.isEmpty() && ranges.getLast().to() == prev) {
                var last = ranges.removeLast();
                ranges.add(new SeqRange(last.from(), seq));
            } else {
                ranges.add(new SeqRange(seq, seq));
            }
        });
        return ranges;
    }
}
