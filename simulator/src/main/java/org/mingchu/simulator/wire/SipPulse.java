package org.mingchu.simulator.wire;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Makes a camera register and beat by itself, in real time: it registers anew when it is refused or
 * goes unanswered three times. The camera belongs to it until it is closed. Any thread.
 */
public final class SipPulse implements AutoCloseable {
    private static final int OK = 200;
    private static final int UNANSWERED_MAX = 3;
    private static final long END_MS_MAX = 20_000;

    private final SipCamera camera;
    private final Duration interval;
    private final Duration jitter;
    private final RandomGenerator chance;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = Thread.ofVirtual().name("sip-pulse").unstarted(this::run);
    private volatile boolean silent;

    /**
     * @param jitter each beat comes up to so much before or after its time
     */
    public SipPulse(SipCamera camera, Duration interval, Duration jitter, RandomGenerator chance) {
        this.camera = camera;
        this.interval = interval;
        this.jitter = jitter;
        this.chance = chance;
    }

    public void start() {
        thread.start();
    }

    /** It sends nothing until it is told to go on. */
    public void silence() {
        silent = true;
    }

    public void goOn() {
        silent = false;
    }

    private void run() {
        var unanswered = UNANSWERED_MAX;
        try {
            do {
                if (silent) {
                    continue;
                }
                unanswered = unanswered >= UNANSWERED_MAX ? register() : beat(unanswered);
            } while (!closing.await(waitMs(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int register() {
        return camera.register() == OK && camera.keepalive() == OK ? 0 : UNANSWERED_MAX;
    }

    private int beat(int unanswered) {
        return switch (camera.keepalive()) {
            case OK -> 0;
            case 0 -> unanswered + 1;
            default -> register();
        };
    }

    private long waitMs() {
        var span = jitter.toMillis();
        return Math.max(0, interval.toMillis() + chance.nextLong(-span, span + 1));
    }

    /** Ends the beating, then the camera. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(END_MS_MAX);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        camera.close();
    }
}
