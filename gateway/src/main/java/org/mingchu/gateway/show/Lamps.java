package org.mingchu.gateway.show;

import org.mingchu.config.Priority;

import java.time.Duration;

/**
 * The levels of buzzer and lamps at one instant: a pure function of what is to be said and for how
 * long it has been said. Immutable.
 *
 * <p>The three priorities can be told apart by ear alone, also by somebody who hears badly and
 * comes in the middle: P1 never rests for more than half a second, P2 is one long tone, P3 a pair
 * of short ones. No lamp changes more than twice a second (WCAG 2.3.1 allows three flashes).
 */
record Lamps(boolean buzzer, boolean red, boolean amber) {
    /** All off: the safe state. */
    static final Lamps OFF = new Lamps(false, false, false);

    /** So long the buzzer is tested. */
    static final Duration TEST_LENGTH = Duration.ofSeconds(3);

    /** P1: three short tones in each second. */
    private static final Tones URGENT = new Tones(3, Duration.ofMillis(100), Duration.ofSeconds(1));

    /** P2: one long tone in ten seconds. */
    private static final Tones IMPORTANT =
            new Tones(1, Duration.ofMillis(800), Duration.ofSeconds(10));

    /** P3: a pair of tones in thirty seconds. */
    private static final Tones TODAY = new Tones(2, Duration.ofMillis(200), Duration.ofSeconds(30));

    /** A test: five tones that get no answer, once; no alarm sounds like that. */
    private static final Tones TEST = new Tones(5, Duration.ofMillis(300), TEST_LENGTH);

    /** Half a period of the red lamp while the buzzer's alarm is on. */
    private static final Duration BLINK = Duration.ofMillis(500);

    /**
     * The levels {@code sinceNs} nanoseconds after the sound began. Red blinks as long as an alarm
     * sounds and stands still when it has been silenced: silence is not clear.
     */
    static Lamps at(Signal signal, long sinceNs) {
        var blinkOn = Math.floorMod(sinceNs, 2 * BLINK.toNanos()) < BLINK.toNanos();
        return new Lamps(
                signal.sounding().map(p -> tones(p).on(sinceNs)).orElse(false),
                signal.red() && (signal.sounding().isEmpty() || blinkOn),
                signal.amber());
    }

    /** The same while the buzzer is tested; an alarm that sounds goes before a test. */
    Lamps tested(Signal signal, long sinceNs) {
        var tests = signal.sounding().isEmpty() && sinceNs < TEST_LENGTH.toNanos();
        return tests ? new Lamps(TEST.on(sinceNs), red, amber) : this;
    }

    /** The same with both lamps lit, so that somebody sees that they can be. */
    Lamps lit() {
        return new Lamps(buzzer, true, true);
    }

    private static Tones tones(Priority priority) {
        return switch (priority) {
            case P1 -> URGENT;
            case P2 -> IMPORTANT;
            case P3 -> TODAY;
        };
    }

    /** So many tones with rests of the same length between them, then silence until the period. */
    private record Tones(int count, Duration tone, Duration period) {
        boolean on(long sinceNs) {
            var slot = Math.floorMod(sinceNs, period.toNanos()) / tone.toNanos();
            return slot < 2L * count && slot % 2 == 0;
        }
    }
}
