package org.mingchu.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mingchu.sensors.pi.Board;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

class HeldButtonTest {
    private static final long HOLD_NS = HeldButton.HOLD.toNanos();
    private static final long START_NS = TimeUnit.SECONDS.toNanos(17);

    private final AtomicInteger held = new AtomicInteger();
    private boolean high;

    private HeldButton button() {
        return new HeldButton(() -> high, START_NS, held::incrementAndGet);
    }

    @Test
    void one_that_is_held_from_the_start_for_long_enough_is_held_once() {
        var button = button();
        button.look(START_NS + HOLD_NS - 1);
        assertThat(held).hasValue(0);
        button.look(START_NS + HOLD_NS);
        button.look(START_NS + 2 * HOLD_NS);
        assertThat(held).hasValue(1);
    }

    /** It is looked at on the loop's thread, which nothing may end. */
    @Test
    void one_that_cannot_be_read_is_not_held_and_is_not_looked_at_again() {
        var looks = new AtomicInteger();
        var broken =
                new HeldButton(
                        () -> {
                            looks.incrementAndGet();
                            throw new Board.BoardException("gpio:5: gone", new IOException());
                        },
                        START_NS,
                        held::incrementAndGet);
        broken.look(START_NS + HOLD_NS);
        assertThat(held).hasValue(0);
        assertThat(looks).hasValue(1);
    }

    @Test
    void one_that_is_let_go_in_between_is_not() {
        var button = button();
        high = true;
        button.look(START_NS + 1);
        high = false;
        button.look(START_NS + HOLD_NS);
        assertThat(held).hasValue(0);
    }

    @Test
    void one_that_is_pressed_after_the_start_is_not() {
        high = true;
        var button = button();
        high = false;
        button.look(START_NS + HOLD_NS);
        assertThat(held).hasValue(0);
    }
}
