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

    /** A platform has entries of {@code epoch}, or refuses some; kept while that is the epoch. */
    record Answered(String epoch, Fact.Delivered fact) implements Arrival {}

    /**
     * How far a platform has a lane of {@code epoch} by now; written with the next commit, no entry
     * of its own.
     */
    record Reached(String platform, String epoch, Lane lane, Progress progress)
            implements Arrival {}

    /**
     * A platform has returned a checkpoint with its cosignature.
     *
     * @param note a C2SP signed note that nobody has verified yet
     */
    record Receipt(String platform, String note) implements Arrival {}

    /** A platform has entries of {@code epoch} up to {@code seq}, which the journal has not. */
    record Ahead(String platform, String epoch, long seq) implements Arrival {}
}
