package org.mingchu.sensors.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mingchu.config.CameraVerdict.AUTH;
import static org.mingchu.config.CameraVerdict.HEALTHY;
import static org.mingchu.config.CameraVerdict.UNKNOWN;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mingchu.config.CameraVerdict;
import org.mingchu.sensors.HandClock;
import org.mingchu.sensors.Reading.Seen;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

@Timeout(60)
final class AskingTest {
    private static final Asking.Pace PACE =
            new Asking.Pace(Duration.ofSeconds(20), Duration.ofSeconds(30), Duration.ofSeconds(80));

    private static final Asking.Pace HASTY =
            new Asking.Pace(Duration.ofSeconds(20), Duration.ofMillis(30), Duration.ofSeconds(80));

    private final HandClock clock = new HandClock();
    private final AtomicInteger rounds = new AtomicInteger();
    private volatile CameraVerdict verdict = HEALTHY;

    @Test
    void many_readings_share_one_asking_until_the_next_is_due() {
        var asking = new Asking("a", PACE, clock, this::both);

        assertThat(asking.read("x")).isEqualTo(new Seen("x", HEALTHY, 0));
        assertThat(asking.read("y"))
                .as("the asking has ended")
                .isEqualTo(new Seen("y", HEALTHY, 0));
        verdict = AUTH;
        clock.add(19_000);
        assertThat(asking.read("y")).isEqualTo(new Seen("y", HEALTHY, 19_000_000_000L));
        assertThat(rounds).hasValue(1);
        clock.add(1_000);
        assertThat(asking.read("y")).isEqualTo(new Seen("y", AUTH, 0));
        assertThat(asking.read("x")).isEqualTo(new Seen("x", AUTH, 0));
        assertThat(rounds).hasValue(2);
    }

    @Test
    void whoever_waited_long_enough_says_what_was_known_and_after_a_while_nothing()
            throws InterruptedException {
        var over = new CountDownLatch(1);
        var asking =
                new Asking(
                        "a",
                        HASTY,
                        clock,
                        findings -> {
                            if (rounds.incrementAndGet() > 1) {
                                awaitQuietly(over);
                            }
                            findings.say("x", new Found(verdict));
                        });
        waitFor(asking, HEALTHY);
        clock.add(30_000);
        while (rounds.get() < 2) {
            asking.read("x");
        }
        assertThat(asking.read("x")).isEqualTo(new Seen("x", HEALTHY, 30_000_000_000L));
        clock.add(50_001);
        assertThat(asking.read("x")).isEqualTo(new Seen("x", UNKNOWN, 0));
        assertThat(rounds).as("no second asking beside one that hangs").hasValue(2);
        verdict = AUTH;
        over.countDown();
        waitFor(asking, AUTH);
    }

    @Test
    void a_part_is_told_as_soon_as_it_is_found() {
        var over = new CountDownLatch(1);
        var asking =
                new Asking(
                        "a",
                        PACE,
                        clock,
                        findings -> {
                            findings.say("x", new Found(HEALTHY));
                            awaitQuietly(over);
                        });

        assertThat(asking.read("x")).isEqualTo(new Seen("x", HEALTHY, 0));
        over.countDown();
    }

    @Test
    void an_asking_that_fails_is_over_and_comes_again() {
        var asking =
                new Asking(
                        "a",
                        PACE,
                        clock,
                        findings -> {
                            if (rounds.incrementAndGet() == 1) {
                                throw new IllegalStateException("a mistake of ours");
                            }
                            findings.say("x", new Found(HEALTHY));
                        });

        assertThat(asking.read("x")).isEqualTo(new Seen("x", UNKNOWN, 0));
        clock.add(20_000);
        assertThat(asking.read("x")).isEqualTo(new Seen("x", HEALTHY, 0));
    }

    private void both(Asking.Findings findings) {
        rounds.incrementAndGet();
        findings.say("x", new Found(verdict));
        findings.say("y", new Found(verdict));
    }

    private static void waitFor(Asking asking, CameraVerdict wanted) throws InterruptedException {
        while (!(asking.read("x") instanceof Seen(_, var said, _) && said == wanted)) {
            Thread.sleep(1);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
