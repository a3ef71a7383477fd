package org.mingchu.gateway;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * A question whose answer may never come, because a disk or a kernel's file does not. It is asked
 * on a daemon platform thread of its own and left behind there; until that one is back nobody asks
 * again, so that those who ask in vain do not pile up. Any thread.
 */
final class Inquiry<T> {
    private final String name;
    private final Supplier<T> question;
    private final Duration within;
    private Optional<FutureTask<T>> asked = Optional.empty();

    /**
     * @param name of the thread
     * @param within how long the answer is waited for
     */
    Inquiry(String name, Supplier<T> question, Duration within) {
        this.name = name;
        this.question = question;
        this.within = within;
    }

    /** The answer as it is now; empty when it does not come in time. */
    Optional<T> now() {
        var asking = asking();
        try {
            return Optional.of(asking.get(within.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException _) {
            return Optional.empty();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException mistake) {
                throw mistake;
            }
            throw new IllegalStateException(name + " failed", e.getCause());
        }
    }

    /** Whoever asks while an answer is awaited gets the same one. */
    private synchronized FutureTask<T> asking() {
        var open = asked.filter(task -> !task.isDone());
        if (open.isPresent()) {
            return open.get();
        }
        var task = new FutureTask<>(question::get);
        asked = Optional.of(task);
        Thread.ofPlatform().daemon().name(name).start(task);
        return task;
    }
}
