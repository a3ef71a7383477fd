package org.mingchu.gateway.judge;

import org.mingchu.config.Condition;
import org.mingchu.gateway.judge.Trace.Now;
import org.mingchu.sensors.Moment;

import java.util.Optional;

/**
 * Suspects that two probes were exchanged: each is where the other one is in calm times. Nobody can
 * know it, so it is a suspicion and no more. Pure.
 */
final class Swaps {
    /** So much nearer to the other's place than to its own: past the middle, with room. */
    private static final long NEARER = 3;

    private static final long MICRO = 1_000;

    private Swaps() {}

    /**
     * @param freshNs a value older than this says nothing of the present
     */
    static boolean suspected(
            Condition.Swapped rule, Trace one, Trace other, Moment at, long freshNs) {
        var here = one.now().filter(now -> tells(now, rule, at, freshNs));
        var there = other.now().filter(now -> tells(now, rule, at, freshNs));
        if (here.isEmpty() || there.isEmpty()) {
            return false;
        }
        var apart = Math.abs(here.get().meanMicro() - there.get().meanMicro()) / MICRO;
        return apart >= rule.apartMilli()
                && isAt(here.get(), there.get(), apart)
                && isAt(there.get(), here.get(), apart);
    }

    private static boolean tells(Now now, Condition.Swapped rule, Moment at, long freshNs) {
        return now.watchedNs() >= rule.known().toNanos()
                && Optional.of(now.at())
                        .filter(taken -> taken.boot().equals(at.boot()))
                        .filter(taken -> at.upNs() - taken.upNs() <= freshNs)
                        .isPresent();
    }

    private static boolean isAt(Now one, Now place, long apart) {
        return Math.abs(one.milli() - place.meanMicro() / MICRO) * NEARER <= apart;
    }
}
