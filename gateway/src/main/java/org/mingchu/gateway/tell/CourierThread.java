package org.mingchu.gateway.tell;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import org.mingchu.sensors.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The thread that steps one platform's courier in the shipped program. Any thread.
 *
 * <p>A step never waits for the wire; one that does all the same is a fault of the client library
 * or of the machine. {@link #look} then leaves thread and courier behind and goes on with new ones:
 * what is told has its place in the journal, so that nothing is lost with them.
 */
public final class CourierThread implements AutoCloseable {
    /** A step that takes so long does not come back; on a Pi one takes milliseconds. */
    static final Duration STEP_MAX = Duration.ofSeconds(20);

    /** Threads that are left behind, in number; more would only fill the memory. */
    static final int LEFT_MAX = 3;

    /** How long closing waits for the last word before it gives up. */
    private static final Duration CLOSE_WAIT = Courier.FAREWELL.plusSeconds(1);

    /** Longest sleep: what was forgotten is found in time. */
    private static final Duration SLEEP_MAX = Duration.ofSeconds(10);

    private static final long RESTING = Long.MIN_VALUE;
    private static final Logger LOG = LoggerFactory.getLogger(CourierThread.class);

    private final Supplier<Courier> couriers;
    private final Clock clock;
    private final List<Walk> left = new ArrayList<>();
    private volatile Walk walk;
    private volatile Optional<String> hopeless = Optional.empty();

    private CourierThread(Supplier<Courier> couriers, Clock clock) {
        this.couriers = couriers;
        this.clock = clock;
        walk = new Walk(couriers.get());
    }

    /** Ready to be started. */
    public static CourierThread of(Supplier<Courier> couriers, Clock clock) {
        return new CourierThread(couriers, clock);
    }

    /** Started. */
    public static CourierThread start(Supplier<Courier> couriers, Clock clock) {
        var thread = of(couriers, clock);
        thread.start();
        return thread;
    }

    public void start() {
        walk.thread.start();
    }

    /** There is something new in the journal. */
    public void ring() {
        walk.courier.ring();
    }

    /** Leaves a courier behind that hangs. One thread, now and then. */
    public void look() {
        left.removeIf(one -> !one.thread.isAlive());
        var nowNs = clock.now().upNs();
        var hung = walk;
        if (hung.thread.isAlive() && hung.forNs(nowNs) > STEP_MAX.toNanos()) {
            leave(hung);
        }
    }

    /** Why only another start of the program can help; empty while that is not so. */
    public Optional<String> hopeless() {
        return hopeless;
    }

    private void leave(Walk hung) {
        var where = hung.where();
        if (left.size() >= LEFT_MAX) {
            hopeless =
                    Optional.of(
                            "%d couriers to %s hang, the last in %s"
                                    .formatted(left.size() + 1, hung.courier.platform(), where));
            return;
        }
        LOG.error(
                "event=courier-hung platform={} for={} in=\"{}\" remedy=\"left behind; a new one"
                        + " connects\"",
                hung.courier.platform(),
                STEP_MAX,
                where);
        hung.leftBehind = true;
        left.add(hung);
        var fresh = new Walk(couriers.get());
        fresh.courier.afterOneThatHung(where);
        walk = fresh;
        fresh.thread.start();
    }

    /** Says goodbye to all platforms at the same time: one that hangs delays no other. */
    public static void closeAll(List<CourierThread> threads, String reason) {
        threads.forEach(one -> one.walk.courier.stop(reason));
        threads.forEach(CourierThread::ended);
    }

    /** Says goodbye to the platform, within {@code FAREWELL} and a second. */
    @Override
    public void close() {
        walk.courier.stop("the program stops");
        ended();
    }

    private void ended() {
        try {
            if (!walk.thread.join(CLOSE_WAIT)) {
                walk.thread.interrupt();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** One courier and its thread. */
    private final class Walk implements Runnable {
        private final Courier courier;
        private final Thread thread;
        private volatile long steppingNs = RESTING;
        private volatile boolean leftBehind;

        Walk(Courier courier) {
            this.courier = courier;
            thread =
                    Thread.ofPlatform()
                            .daemon()
                            .name("courier-" + courier.platform())
                            .unstarted(this);
        }

        /** How long the step under way has taken. */
        long forNs(long nowNs) {
            var since = steppingNs;
            return since == RESTING ? 0 : nowNs - since;
        }

        /** The method it stands in, for whoever reads the log. */
        String where() {
            var stack = thread.getStackTrace();
            return stack.length == 0
                    ? "nothing that is known"
                    : stack[0].getClassName() + "." + stack[0].getMethodName();
        }

        @Override
        public void run() {
            try {
                var wakeNs = stepGuarded();
                // Whoever has left does not sleep before he goes: the program waits for him.
                while (!courier.isOver() && !leftBehind) {
                    var sleepNs = Math.min(wakeNs - clock.now().upNs(), SLEEP_MAX.toNanos());
                    if (courier.bell().tryAcquire(Math.max(0, sleepNs), NANOSECONDS)) {
                        courier.bell().drainPermits();
                    }
                    wakeNs = stepGuarded();
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }

        /**
         * The loop's one guard: a courier that stumbles begins again, and the record is on disk.
         */
        private long stepGuarded() {
            var now = clock.now();
            steppingNs = now.upNs();
            try {
                return courier.step(now);
            } catch (RuntimeException e) {
                if (leftBehind) {
                    return now.upNs();
                }
                LOG.error("event=courier-stumbled thread={}", thread.getName(), e);
                courier.stumble(now);
                return now.upNs() + Link.PAUSE_MIN.toNanos();
            } finally {
                steppingNs = RESTING;
            }
        }
    }
}
