package org.mingchu.gateway;

import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.judge.Progress;

import java.util.concurrent.CompletableFuture;

/** What the edges bring to the house. Immutable but for the promise. */
sealed interface Arrival {
    /**
     * Something to be kept and judged.
     *
     * @param kept completed after the commit, on the house's thread
     */
    record Said(Fact fact, CompletableFuture<Void> kept) implements Arrival {}

    /** How far a platform has a lane by now; written with the next commit, no entry of its own. */
    record Reached(String platform, Lane lane, Progress progress) implements Arrival {}
}
