package org.mingchu.gateway;

import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Judge;
import org.mingchu.gateway.judge.State;
import org.mingchu.gateway.judge.Verdict;
import org.mingchu.sensors.Moment;

import java.util.function.Consumer;

/**
 * The {@link House} without a disk: entries are judged, and decisions recalled, in the order in
 * which the house keeps them; between two entries it wakes at each of the judge's deadlines. One
 * thread, virtual time.
 */
final class Play {
    private final Judge judge;
    private final Consumer<Entry> decided;
    private State state;

    /**
     * @param begin from where on
     * @param decided takes each decision, as the entry it would have been
     */
    Play(Judge judge, State begin, Consumer<Entry> decided) {
        this.judge = judge;
        this.state = begin;
        this.decided = decided;
    }

    State state() {
        return state;
    }

    /** What was decided before: taken in, not decided again. */
    void recall(Entry entry) {
        state = judge.recall(state, entry);
    }

    /** An entry comes. */
    void take(Entry entry) {
        decide(judge.apply(state, entry), entry.at());
    }

    /** The house wakes, after time in which nobody was there to decide anything. */
    void wake(Moment now) {
        decide(judge.advance(state, now), now);
    }

    /** The house lives up to {@code now}, in the boot of the last entry. */
    void until(Moment now) {
        for (var due = judge.nextDeadlineUpNs(state);
                due.isPresent() && due.getAsLong() <= now.upNs();
                due = judge.nextDeadlineUpNs(state)) {
            var lastNs = state.at().map(Moment::upNs).orElse(now.upNs());
            var at = now.before(now.upNs() - Math.max(due.getAsLong(), lastNs));
            if (!decide(judge.advance(state, at), at)) {
                // A deadline that brings nothing would bring nothing for ever.
                wake(now);
                return;
            }
        }
    }

    private boolean decide(Verdict verdict, Moment at) {
        state = verdict.state();
        for (Fact decision : verdict.decisions()) {
            var entry = new Entry(state.epoch(), state.seq() + 1, at, decision);
            state = judge.recall(state, entry);
            decided.accept(entry);
        }
        return !verdict.decisions().isEmpty();
    }
}
