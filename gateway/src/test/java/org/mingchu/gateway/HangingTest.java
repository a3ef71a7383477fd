package org.mingchu.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mingchu.gateway.Hanging.Sensed;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

import java.util.List;
import java.util.concurrent.TimeUnit;

class HangingTest {
    private long heldS;
    private final Hanging hanging = new Hanging(_ -> TimeUnit.SECONDS.toNanos(heldS), List.of());

    private static Moment at(long second) {
        return new Moment("b", TimeUnit.SECONDS.toNanos(second), 0, ClockState.UNSYNCED, 0);
    }

    @Test
    void sensors_that_have_answered_and_hang_are_worth_another_start() {
        assertThat(hanging.now(at(0), Sensed.NOT_YET)).isEmpty();
        assertThat(hanging.now(at(1), Sensed.YES)).isEmpty();
        heldS = 20;
        assertThat(hanging.now(at(30), Sensed.YES)).isEmpty();
        heldS = 21;
        assertThat(hanging.now(at(31), Sensed.YES))
                .contains("every sensor has been held in a read for 21 s");
        heldS = 0;
        assertThat(hanging.now(at(32), Sensed.YES)).isEmpty();
    }

    /** The next life reads the same bus: to start again at once would only end the telling. */
    @Test
    void a_life_that_began_with_it_goes_on_telling_for_ten_minutes() {
        heldS = 1;
        assertThat(hanging.now(at(1), Sensed.NOT_YET)).isEmpty();
        heldS = 600;
        assertThat(hanging.now(at(600), Sensed.YES)).isEmpty();
        heldS = 601;
        assertThat(hanging.now(at(601), Sensed.YES)).isPresent();
    }
}
