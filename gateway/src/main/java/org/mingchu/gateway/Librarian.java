package org.mingchu.gateway;

import org.mingchu.gateway.keep.store.JournalException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Reads the record for those who show it, on one platform thread: browsers come on virtual threads,
 * which a database call would pin, and a crowd of them must not take turns with the loop for the
 * journal's lock. Any thread.
 */
final class Librarian implements AutoCloseable {
    /** Questions that wait, in number; who comes then is told to come again. */
    private static final int WAITING_MAX = 8;

    /** Longest wait of a browser; a month of a unit takes a twentieth of it on a Pi. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Logger LOG = LoggerFactory.getLogger(Librarian.class);

    private final Semaphore places = new Semaphore(WAITING_MAX);
    private final List<Future<?>> repeated = new CopyOnWriteArrayList<>();
    private final ScheduledThreadPoolExecutor thread =
            new ScheduledThreadPoolExecutor(
                    1, Thread.ofPlatform().daemon().name("librarian").factory());

    /** The answer; empty when too many wait, or the record is in trouble. */
    <T> Optional<T> ask(Supplier<T> question) {
        if (!places.tryAcquire()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    thread.submit(question::get).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (RejectedExecutionException | TimeoutException _) {
            return Optional.empty();
        } catch (ExecutionException e) {
            return inTrouble(e);
        } finally {
            places.release();
        }
    }

    /** The journal looks after its own trouble; anything else is a mistake of ours. */
    private static <T> Optional<T> inTrouble(ExecutionException e) {
        if (e.getCause() instanceof JournalException trouble) {
            LOG.warn("event=record-unread cause=\"{}\"", trouble.getMessage());
            return Optional.empty();
        }
        throw new IllegalStateException("a question to the record failed", e.getCause());
    }

    /** Does it when its turn comes, and not again. */
    void once(Runnable work) {
        thread.execute(() -> guarded(work));
    }

    /** Does it at once, and again so long after it was done. */
    void again(Duration every, Runnable work) {
        again(Duration.ZERO, every, work);
    }

    /** Does it after so long for the first time, and again so long after it was done. */
    void later(Duration every, Runnable work) {
        again(every, every, work);
    }

    private void again(Duration first, Duration every, Runnable work) {
        repeated.add(
                thread.scheduleWithFixedDelay(
                        () -> guarded(work),
                        first.toMillis(),
                        every.toMillis(),
                        TimeUnit.MILLISECONDS));
    }

    /** What throws once is never run again: the next time the record may be well. */
    private static void guarded(Runnable work) {
        try {
            work.run();
        } catch (JournalException trouble) {
            LOG.warn("event=record-unread cause=\"{}\"", trouble.getMessage());
        } catch (RuntimeException mistake) {
            LOG.error("event=record-question-failed", mistake);
        }
    }

    @Override
    public void close() {
        repeated.forEach(work -> work.cancel(false));
        thread.shutdownNow();
    }
}
