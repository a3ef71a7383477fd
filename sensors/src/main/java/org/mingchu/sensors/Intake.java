package org.mingchu.sensors;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Where a probe that speaks by itself hands in what it said. Whoever waits for an answer gets it
 * only when the reading is kept: a probe forgets what it was told was taken. Any thread; never
 * blocks.
 */
@FunctionalInterface
public interface Intake {
    /**
     * Takes readings that belong together, ages counted back from this call.
     *
     * @return completed once all of them are kept; completed exceptionally when none will be, for
     *     one because the inbox is full: the probe is to come again
     */
    CompletableFuture<Void> take(List<Reading> readings);
}
