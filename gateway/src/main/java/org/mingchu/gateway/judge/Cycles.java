package org.mingchu.gateway.judge;

import org.mingchu.config.Condition;
import org.mingchu.gateway.judge.FoodClock.Cycle;
import org.mingchu.gateway.judge.FoodClock.Going;
import org.mingchu.gateway.judge.FoodClock.Hold;
import org.mingchu.gateway.judge.FoodClock.Run;
import org.mingchu.gateway.judge.FoodClock.Unseen;
import org.mingchu.sensors.Moment;

import java.util.Optional;

/**
 * Recognises the cycles of a disinfection unit from its temperature alone. At heat counts what lies
 * between two values that both are; a hole breaks it: nobody saw what was in it. Pure.
 */
final class Cycles {
    private Cycles() {}

    static Run after(Run was, Condition.Cycle rule, long milli, Moment at, long freshNs) {
        var idle = milli < rule.idleMilli();
        if (was.going().isEmpty()) {
            return idle
                    ? was
                    : new Run(
                            Optional.of(begin(rule, milli, at)),
                            was.ended(),
                            was.passedAt(),
                            was.failed());
        }
        var going = was.going().get();
        var gap = Habit.betweenNs(going.at(), at);
        if (gap.isPresent() && gap.get() < 0) {
            return was;
        }
        var seen = going.at().boot().equals(at.boot()) && gap.orElse(Long.MAX_VALUE) <= freshNs;
        var unseen = seen ? going.unseen() : going.unseen().with(gap);
        if (idle) {
            return ended(was, going, rule, unseen, at);
        }
        var hold = hold(going, rule, milli, seen ? gap : Optional.empty());
        var next =
                new Going(
                        going.begun(),
                        at,
                        hold,
                        longer(going.best(), hold),
                        Math.max(going.maxMilli(), milli),
                        unseen);
        return new Run(Optional.of(next), was.ended(), was.passedAt(), was.failed());
    }

    private static Going begin(Condition.Cycle rule, long milli, Moment at) {
        var hold =
                milli >= rule.atMilli() ? Optional.of(new Hold(0, milli)) : Optional.<Hold>empty();
        return new Going(at, at, hold, hold, milli, Unseen.NOTHING);
    }

    private static Optional<Hold> hold(
            Going going, Condition.Cycle rule, long milli, Optional<Long> seenNs) {
        if (milli < rule.atMilli()) {
            return Optional.empty();
        }
        return going.hold()
                .filter(_ -> seenNs.isPresent())
                .map(h -> new Hold(h.ns() + seenNs.orElse(0L), Math.min(h.minMilli(), milli)))
                .or(() -> Optional.of(new Hold(0, milli)));
    }

    private static Optional<Hold> longer(Optional<Hold> best, Optional<Hold> hold) {
        return hold.filter(h -> best.isEmpty() || h.ns() >= best.get().ns()).or(() -> best);
    }

    private static Run ended(Run was, Going going, Condition.Cycle rule, Unseen unseen, Moment at) {
        var passed = passing(going, rule);
        var cycle =
                new Cycle(
                        going.begun(),
                        Habit.betweenNs(going.begun(), at).orElse(0L),
                        going.best().map(Hold::ns).orElse(0L),
                        going.best().map(Hold::minMilli).orElse(going.maxMilli()),
                        going.maxMilli(),
                        unseen,
                        passed);
        return new Run(
                Optional.empty(),
                Optional.of(cycle),
                passed ? Optional.of(at) : was.passedAt(),
                !passed);
    }

    /** Whether a cycle that runs has done what it must. */
    static boolean passing(Going going, Condition.Cycle rule) {
        return going.best().filter(hold -> hold.ns() >= rule.time().toNanos()).isPresent();
    }

    /** The same once the record has it. */
    static Run kept(Run was) {
        return new Run(was.going(), Optional.empty(), was.passedAt(), was.failed());
    }
}
