package org.mingchu.gateway.tell;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import org.mingchu.sensors.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;

/** The thread that steps one courier in the shipped program. Any thread. */
public final class CourierThread implements AutoCloseable {
    /** How long closing waits for the last word before it gives up. */
    private static final Duration CLOSE_WAIT = Courier.FAREWELL.plusSeconds(1);

    /** Longest sleep: what was forgotten is found in time. */
    private static final Duration SLEEP_MAX = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(CourierThread.class);

    private final Courier courier;
    private final Clock clock;
    private final Thread thread;

    private CourierThread(Courier courier, Clock clock) {
        this.courier = courier;
        this.clock = clock;
        thread =
                Thread.ofPlatform()
                        .daemon()
                        .name("courier-" + courier.platform())
                        .unstarted(this::run);
    }

    public static CourierThread start(Courier courier, Clock clock) {
        var courierThread = new CourierThread(courier, clock);
        courierThread.thread.start();
        return courierThread;
    }

    /** Says goodbye to all platforms at the same time: one that hangs delays no other. */
    public static void closeAll(List<CourierThread> threads) {
        threads.forEach(CourierThread::stop);
        threads.forEach(CourierThread::close);
    }

    private void stop() {
        courier.stop("the program stops");
    }

    /** Says goodbye to the platform, within {@code FAREWELL} and a second. */
    @Override
    public void close() {
        stop();
        try {
            if (!thread.join(CLOSE_WAIT)) {
                thread.interrupt();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!courier.isOver()) {
                var wakeNs = stepGuarded();
                var sleepNs = Math.min(wakeNs - clock.now().upNs(), SLEEP_MAX.toNanos());
                if (courier.bell().tryAcquire(Math.max(0, sleepNs), NANOSECONDS)) {
                    courier.bell().drainPermits();
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** The loop's one guard: a courier that stumbles begins again, and the record is on disk. */
    private long stepGuarded() {
        var now = clock.now();
        try {
            return courier.step(now);
        } catch (RuntimeException e) {
            LOG.error("event=courier-stumbled thread={}", thread.getName(), e);
            courier.stumble(now);
            return now.upNs() + Link.PAUSE_MIN.toNanos();
        }
    }
}
