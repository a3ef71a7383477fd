package org.mingchu.gateway;

import org.mingchu.gateway.show.Display;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The page, or the wall, as soon as its address can be had. A kitchen whose cable is out, so that
 * the machine has no such address, is watched and sounds its alarms all the same. Tries again on a
 * thread of its own, because a name may take long to resolve. Any thread.
 */
final class Screen implements AutoCloseable {
    /** How often it tries again. */
    static final Duration RETRY = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(Screen.class);

    private final Supplier<? extends Display> pages;
    private final Duration retry;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Optional<Display> page = Optional.empty();

    /**
     * @param pages opens the page, or throws {@link UncheckedIOException} when it cannot listen
     */
    Screen(Supplier<? extends Display> pages, Duration retry) {
        this.pages = pages;
        this.retry = retry;
    }

    /** Tries once, and goes on trying until it is closed. */
    void open() {
        try {
            page = Optional.of(pages.get());
        } catch (UncheckedIOException e) {
            LOG.error("event=page-missing retry={} cause=\"{}\"", retry, e.getMessage());
            Thread.ofPlatform().daemon().name("page-retry").start(this::tryAgain);
        }
    }

    /** There is something new to show. */
    void changed() {
        page.ifPresent(Display::changed);
    }

    /** Begins to watch for the first browser that takes what is shown from now on. */
    void watch() {
        page.ifPresent(Display::watch);
    }

    /** When a browser had taken it, nanoseconds of this boot; empty while none has. */
    OptionalLong taken() {
        return page.map(Display::taken).orElseGet(OptionalLong::empty);
    }

    /** The port it listens at; empty while it does not. */
    OptionalInt port() {
        return page.map(p -> OptionalInt.of(p.port())).orElseGet(OptionalInt::empty);
    }

    @Override
    public synchronized void close() {
        closed.countDown();
        page.ifPresent(Display::close);
    }

    private void tryAgain() {
        try {
            while (page.isEmpty() && !closed.await(retry.toMillis(), TimeUnit.MILLISECONDS)) {
                openIfWanted();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void openIfWanted() {
        if (closed.getCount() == 0) {
            return;
        }
        try {
            var opened = pages.get();
            page = Optional.of(opened);
            LOG.info("event=page-open port={}", opened.port());
        } catch (UncheckedIOException e) {
            LOG.debug("event=page-missing cause=\"{}\"", e.getMessage());
        }
    }
}
