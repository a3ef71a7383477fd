package org.mingchu.gateway.tell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mingchu.gateway.judge.AlarmChange;
import org.mingchu.gateway.judge.AlarmState;
import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.judge.Progress;
import org.mingchu.gateway.judge.SeqRange;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** The courier holds positions, not messages, however long the platform was away. */
class BacklogTest {
    private static final int ENTRIES = 1_000_000;

    @Test
    void a_million_unacknowledged_readings_are_a_thousand_runs_at_most() {
        var outbox = new EndlessOutbox(Lane.READING);
        var lane = new ReadingLane(outbox, new Delivery(Progress.NONE), true);
        long nowNs = 0;
        long sent = 0;
        for (var draft = lane.next(nowNs); !draft.isEmpty() && nowNs < 29_000_000_000L; ) {
            var run = lane.run(draft, draft.entries());
            lane.sent(draft, run);
            lane.brokered(run, nowNs);
            sent += run.places().size();
            nowNs += 300_000;
            draft = lane.next(nowNs);
        }

        assertThat(sent).isEqualTo(ENTRIES);
        assertThat(lane.runs()).isLessThanOrEqualTo(Rungs.MAX);
        lane.acknowledged(new SeqRange(1, ENTRIES));
        assertThat(lane.runs()).isZero();
    }

    @Test
    void alarms_that_are_never_acknowledged_do_not_keep_new_ones_from_being_sent() {
        var outbox = new EndlessOutbox(Lane.ALARM);
        outbox.last = 3L * AlarmLane.INDEX_MAX;
        var delivery = new Delivery(Progress.NONE);
        var lane = new AlarmLane(outbox, delivery, true);
        var sent = new ArrayList<Long>();
        for (var waiting = lane.next(0); waiting.isPresent(); waiting = lane.next(0)) {
            sent.add(waiting.get().seq);
            lane.sent(waiting.get());
            lane.brokered(waiting.get(), 0);
        }
        assertThat(sent).hasSize(3 * AlarmLane.INDEX_MAX).doesNotHaveDuplicates();
        assertThat(lane.indexed()).isLessThanOrEqualTo(AlarmLane.INDEX_MAX + 200);

        // An hour later what was put to sleep comes again, and can then be acknowledged.
        var nowNs = Ladder.waitNs(Ladder.TOP);
        for (var waiting = lane.next(nowNs); waiting.isPresent(); waiting = lane.next(nowNs)) {
            lane.sent(waiting.get());
            lane.done(waiting.get());
        }
        assertThat(delivery.progress())
                .isEqualTo(new Progress(3L * AlarmLane.INDEX_MAX, List.of()));
    }

    /** A lane of a million entries that are made when they are read. */
    private static final class EndlessOutbox implements Outbox {
        private final Lane lane;
        private long last = ENTRIES;

        private EndlessOutbox(Lane lane) {
            this.lane = lane;
        }

        @Override
        public String epoch() {
            return Kitchen.EPOCH;
        }

        @Override
        public long lastSeq() {
            return last;
        }

        @Override
        public List<Entry> read(Lane wanted, long from, int max) {
            var page = new ArrayList<Entry>();
            for (var seq = from; seq <= last && page.size() < max && wanted == lane; seq++) {
                page.add(new Entry(Kitchen.EPOCH, seq, Kitchen.at(seq), fact(seq)));
            }
            return page;
        }

        private Fact fact(long seq) {
            return lane == Lane.READING
                    ? new Fact.Round(List.of())
                    : new Fact.Alarm(
                            Kitchen.freezer(AlarmChange.RAISED, AlarmState.UNACK_ACTIVE, seq));
        }

        @Override
        public OptionalLong previousInLane(Lane wanted, long seq) {
            var before = Math.min(seq - 1, last);
            return before < 1 ? OptionalLong.empty() : OptionalLong.of(before);
        }

        @Override
        public OptionalLong lastInLane(Lane wanted) {
            return OptionalLong.of(last);
        }

        @Override
        public long countInLane(Lane wanted, long from) {
            return Math.max(0, last - from + 1);
        }

        @Override
        public Progress progress(Lane wanted) {
            return Progress.NONE;
        }
    }
}
