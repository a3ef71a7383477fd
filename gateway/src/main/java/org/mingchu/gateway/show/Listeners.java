package org.mingchu.gateway.show;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.sun.net.httpserver.HttpExchange;

import org.mingchu.sensors.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Everybody who watches the page: one thread makes each frame once, each listener's own thread
 * writes it. A frame holds the whole state, so a slow listener skips frames instead of queueing
 * them, and one that takes nothing for {@link #STALLED_MAX} is cut off. A place is never held by a
 * dead browser for more than {@link #STREAM_MAX} and a heartbeat. Any thread.
 */
final class Listeners implements AutoCloseable {
    /** Most pages open at once; a kitchen has one panel, a few tablets and an office. */
    static final int MAX = 50;

    /** A frame at least this often, so that a browser knows that the stream is alive. */
    static final Duration HEARTBEAT = Duration.ofSeconds(2);

    /** Not more than five frames a second: an eye sees no more, and a Pi has other work. */
    static final Duration PAUSE = Duration.ofMillis(200);

    /** How long a listener may leave a frame lying. */
    static final Duration STALLED_MAX = Duration.ofSeconds(10);

    /**
     * A stream ends after this and the browser asks again at once: a telephone that walked away
     * says nothing, and the kernel would swallow megabytes for it before a write stands still.
     */
    static final Duration STREAM_MAX = Duration.ofSeconds(25);

    /** How soon a browser asks again. */
    private static final byte[] RETRY_MS = "retry: 200\n".getBytes(US_ASCII);

    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

    private final Set<Listener> present = ConcurrentHashMap.newKeySet();
    private final Semaphore places = new Semaphore(MAX);
    private final Semaphore news = new Semaphore(0);
    private final AtomicBoolean closed = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Supplier<byte[]> state;
    private final Clock clock;
    private final AtomicReference<Taken> taken = new AtomicReference<>(Taken.UNWATCHED);

    /** A frame, and from when on what it shows was so. */
    private static final class Frame {
        private final byte[] bytes;
        private final long upNs;

        Frame(byte[] bytes, long upNs) {
            this.bytes = bytes;
            this.upNs = upNs;
        }
    }

    /** Of frames made from a moment on, when the first of them was written to a browser. */
    private record Taken(long sinceUpNs, OptionalLong at) {
        private static final Taken UNWATCHED = new Taken(Long.MAX_VALUE, OptionalLong.empty());

        private Taken written(Frame frame, long nowNs) {
            return at.isPresent() || frame.upNs < sinceUpNs
                    ? this
                    : new Taken(sinceUpNs, OptionalLong.of(nowNs));
        }
    }

    /** {@code state} is the JSON that a frame carries. */
    Listeners(Supplier<byte[]> state, Clock clock) {
        this.state = state;
        this.clock = clock;
    }

    /** Begins to make frames. */
    void open() {
        Thread.ofPlatform().name("page-frames").daemon().start(this::makeFrames);
    }

    /** There is something new to show. Returns at once. */
    void changed() {
        news.release();
    }

    /** Begins to watch for the first frame of what is so from now on. */
    void watch() {
        taken.set(new Taken(clock.now().upNs(), OptionalLong.empty()));
    }

    /** When a browser had taken one, nanoseconds of this boot; empty while none has. */
    OptionalLong taken() {
        return taken.get().at();
    }

    /** How many watch. */
    int size() {
        return present.size();
    }

    /** Writes frames into the exchange until it ends. */
    void serve(HttpExchange exchange) throws IOException {
        if (!places.tryAcquire()) {
            exchange.getResponseHeaders().set("Retry-After", "10");
            exchange.sendResponseHeaders(503, -1);
            return;
        }
        try {
            stream(exchange);
        } finally {
            places.release();
        }
    }

    private void stream(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(200, 0);
        var listener = new Listener(Thread.currentThread());
        var endUpNs = clock.now().upNs() + STREAM_MAX.toNanos();
        listener.offer(frame(), clock.now().upNs());
        present.add(listener);
        try {
            exchange.getResponseBody().write(RETRY_MS);
            while (!closed.get() && clock.now().upNs() < endUpNs) {
                var frame = listener.take();
                exchange.getResponseBody().write(frame.bytes);
                exchange.getResponseBody().flush();
                taken.updateAndGet(was -> was.written(frame, clock.now().upNs()));
            }
        } catch (InterruptedException _) {
            // Cut off, or the page closes: the exchange ends with this thread.
            Thread.currentThread().interrupt();
        } finally {
            present.remove(listener);
        }
    }

    private void makeFrames() {
        try {
            while (!closed.get()) {
                news.tryAcquire(HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS);
                news.drainPermits();
                makeFrame();
                ended.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** The loop's one guard: pages that get no frame grey themselves out, which is the truth. */
    private void makeFrame() {
        try {
            if (!present.isEmpty()) {
                hand(frame(), clock.now().upNs());
            }
        } catch (RuntimeException e) {
            LOG.error("event=page.frame-failed", e);
        }
    }

    private void hand(Frame frame, long upNs) {
        for (var listener : present) {
            if (listener.stalledNs(upNs) > STALLED_MAX.toNanos()) {
                LOG.warn("event=page.listener-cut-off reason=stalled");
                listener.cutOff();
            } else {
                listener.offer(frame, upNs);
            }
        }
    }

    private Frame frame() {
        var madeUpNs = clock.now().upNs();
        var json = state.get();
        var frame = new ByteArrayOutputStream(json.length + 16);
        frame.writeBytes("data: ".getBytes(US_ASCII));
        frame.writeBytes(json);
        frame.writeBytes("\n\n".getBytes(US_ASCII));
        return new Frame(frame.toByteArray(), madeUpNs);
    }

    @Override
    public void close() {
        closed.set(true);
        ended.countDown();
        news.release();
        present.forEach(Listener::cutOff);
    }

    /** One open page: the newest frame that it has not taken yet. Any thread. */
    private static final class Listener {
        private final Thread writer;
        private final Lock lock = new ReentrantLock();
        private final Condition offered = lock.newCondition();
        private Optional<Frame> waiting = Optional.empty();
        private long waitingSinceUpNs;

        Listener(Thread writer) {
            this.writer = writer;
        }

        /** Puts the frame in the place of an older one that was never taken. */
        void offer(Frame frame, long upNs) {
            lock.lock();
            try {
                if (waiting.isEmpty()) {
                    waitingSinceUpNs = upNs;
                }
                waiting = Optional.of(frame);
                offered.signal();
            } finally {
                lock.unlock();
            }
        }

        Frame take() throws InterruptedException {
            lock.lock();
            try {
                while (waiting.isEmpty()) {
                    offered.await();
                }
                var frame = waiting.get();
                waiting = Optional.empty();
                return frame;
            } finally {
                lock.unlock();
            }
        }

        long stalledNs(long upNs) {
            lock.lock();
            try {
                return waiting.isEmpty() ? 0 : upNs - waitingSinceUpNs;
            } finally {
                lock.unlock();
            }
        }

        /** Ends the writer, also one that is stuck in a write: its channel closes under it. */
        void cutOff() {
            writer.interrupt();
        }
    }
}
