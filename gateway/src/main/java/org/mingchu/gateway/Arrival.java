package org.mingchu.gateway;

import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.judge.Progress;
import org.mingchu.sensors.Moment;

import java.util.concurrent.CompletableFuture;

/** What the edges bring to the house. Immutable but for the promise. */
sealed interface Arrival {
    /**
     * Something to be kept and judged.
     *
     * @param upNs when it came, in nanoseconds of this boot
     * @param kept completed after the commit, on the house's thread
     */
    record Said(Fact fact, long upNs, CompletableFuture<Void> kept) implements Arrival {
        /** The fact as it is kept at {@code now}: what a reading waited is part of its age. */
        Fact at(Moment now) {
            var waitedNs = Math.max(0, now.upNs() - upNs);
            return fact instanceof Fact.Round(var readings) && waitedNs > 0
                    ? new Fact.Round(readings.stream().map(r -> r.older(waitedNs)).toList())
                    : fact;
        }
    }

    /** How far a platform has a lane by now; written with the next commit, no entry of its own. */
    record Reached(String platform, Lane lane, Progress progress) implements Arrival {}
}
