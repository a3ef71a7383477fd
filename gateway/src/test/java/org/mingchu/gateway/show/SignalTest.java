package org.mingchu.gateway.show;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mingchu.config.CameraVerdict;
import org.mingchu.config.Priority;
import org.mingchu.gateway.judge.Glance;
import org.mingchu.sensors.Fault;
import org.mingchu.sensors.Reading;

import java.time.Duration;
import java.util.Optional;

class SignalTest {
    private final Kitchen kitchen = new Kitchen();

    @Test
    void a_kitchen_in_order_is_quiet_and_dark() {
        assertThat(signal()).isEqualTo(Signal.QUIET);
    }

    @Test
    void an_alarm_sounds_and_is_red_until_somebody_takes_it_and_amber_until_it_is_over() {
        var alarm = kitchen.raiseFreezer();
        assertThat(signal()).isEqualTo(new Signal(Optional.of(Priority.P2), true, true));
        kitchen.acknowledged(alarm, "p-03");
        assertThat(signal()).isEqualTo(new Signal(Optional.empty(), false, true));
    }

    @Test
    void silence_leaves_the_lamp() {
        kitchen.raiseFreezer();
        kitchen.silenced(Duration.ofMinutes(10));
        assertThat(signal()).isEqualTo(new Signal(Optional.empty(), true, true));
    }

    @Test
    void an_alarm_that_went_away_unseen_is_red_and_does_not_sound() {
        kitchen.returnedUnseen(kitchen.raiseFreezer());
        assertThat(signal()).isEqualTo(new Signal(Optional.empty(), true, true));
    }

    @Test
    void a_p3_sounds_without_red() {
        kitchen.raise("u5-air", Optional.of("u5"), "sample-high", Priority.P3, 8_000);
        assertThat(signal()).isEqualTo(new Signal(Optional.of(Priority.P3), false, true));
    }

    @Test
    void a_dead_probe_a_doubt_a_lost_camera_and_old_values_are_amber() {
        var amber = new Signal(Optional.empty(), false, true);
        kitchen.silent("u1-air", Fault.DISCONNECTED);
        assertThat(signal()).isEqualTo(amber);
        kitchen.readAll();
        assertThat(signal()).isEqualTo(Signal.QUIET);
        kitchen.hear(new Reading.Seen("cam-hot", CameraVerdict.AUTH, 0));
        assertThat(signal()).isEqualTo(amber);
        kitchen.readAll();
        kitchen.push(Duration.ofSeconds(21));
        assertThat(signal()).isEqualTo(amber);
        kitchen.readAll();
        kitchen.doubt("u4");
        assertThat(signal()).isEqualTo(amber);
    }

    private Signal signal() {
        return Signal.of(new Glance(kitchen.plan), kitchen.state(), kitchen.now());
    }
}
