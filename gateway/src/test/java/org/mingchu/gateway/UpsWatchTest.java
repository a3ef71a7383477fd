package org.mingchu.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.config.Board;
import org.mingchu.gateway.UpsWatch.Mains;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.show.Battery;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.kernel.PowerSupply;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** A battery as the kernel shows it, two seconds at a time. */
class UpsWatchTest {
    private static final Board.Ups UPS = new Board.Ups("battery", 15);

    @TempDir private Path root;
    private final List<Fact> kept = new ArrayList<>();
    private final List<String> wills = new ArrayList<>();
    private Mains mains = Mains.THERE;
    private boolean told;
    private long second = 1_000;
    private UpsWatch watch = watch(Path.of("unset"));

    @BeforeEach
    void fresh() {
        watch = watch(root);
    }

    @AfterEach
    void end() {
        watch.close();
    }

    private UpsWatch watch(Path tree) {
        return new UpsWatch(
                UPS,
                new UpsWatch.World(
                        () -> new PowerSupply(tree, "battery").now(),
                        () -> mains,
                        kept::add,
                        () -> told,
                        () -> {},
                        wills::add,
                        Optional.of(tree.resolve("run"))),
                () -> new Moment("b", TimeUnit.SECONDS.toNanos(second), 0, ClockState.UNSYNCED, 0));
    }

    @Test
    void it_is_said_told_and_asked_for_when_the_battery_is_low_without_mains() throws IOException {
        battery("40", "Discharging");
        pass(600);
        assertThat(watch.battery())
                .contains(new Battery(Battery.Stage.DRAWN, OptionalInt.of(40), 15));
        battery("15", "Discharging");
        pass(40);
        assertThat(kept).singleElement().asString().contains("BEGUN", "BATTERY", "battery at 15 %");
        assertThat(watch.battery().orElseThrow().stage()).isEqualTo(Battery.Stage.STOPPING);
        assertThat(request()).doesNotExist();

        told = true;
        pass(2);
        assertThat(request()).exists();
        assertThat(watch.reason().orElse("")).contains("battery at 15 %");
        assertThat(wills).hasSize(1);
    }

    @Test
    void platforms_that_cannot_be_reached_are_waited_for_no_longer_than_twenty_seconds()
            throws IOException {
        battery("9", "Discharging");
        pass(64);
        assertThat(kept).hasSize(1);
        pass(16);
        assertThat(request()).doesNotExist();
        pass(6);
        assertThat(request()).exists();
    }

    @Test
    void one_bad_reading_ends_nothing() throws IOException {
        battery("60", "Discharging");
        pass(120);
        for (var bad : List.of("0", "", "999", "-1", "3")) {
            battery(bad, "Discharging");
            pass(10);
            battery("60", "Discharging");
            pass(20);
        }
        assertThat(kept).isEmpty();
    }

    @Test
    void a_low_battery_with_mains_ends_nothing() throws IOException {
        battery("2", "Charging");
        mains = Mains.LOST;
        pass(600);
        assertThat(kept).isEmpty();
        assertThat(watch.battery()).isEmpty();
    }

    @Test
    void mains_that_come_and_go_within_a_minute_end_nothing() throws IOException {
        for (var i = 0; i < 10; i++) {
            battery("5", "Discharging");
            pass(50);
            battery("5", "Charging");
            pass(10);
        }
        assertThat(kept).isEmpty();
    }

    @Test
    void a_driver_that_does_not_say_leaves_it_to_the_contact() throws IOException {
        battery("5", "Unknown");
        pass(300);
        mains = Mains.UNTOLD;
        pass(300);
        assertThat(kept).isEmpty();
        mains = Mains.LOST;
        pass(90);
        assertThat(kept).hasSize(1);
    }

    @Test
    void mains_that_come_back_in_time_call_it_off() throws IOException {
        battery("9", "Discharging");
        pass(64);
        battery("9", "Charging");
        pass(30);
        assertThat(kept).hasSize(2).last().asString().contains("CALLED_OFF");
        assertThat(request()).doesNotExist();
        assertThat(watch.reason()).isEmpty();
        assertThat(watch.battery()).isEmpty();
    }

    @Test
    void a_system_that_does_not_heed_it_is_asked_again() throws IOException {
        told = true;
        battery("9", "Discharging");
        pass(70);
        assertThat(request()).exists();
        pass((int) UpsWatch.ENDED_WITHIN.toSeconds());
        assertThat(request()).doesNotExist();
        pass(90);
        assertThat(request()).exists();
        assertThat(kept).hasSize(2);
    }

    private Path request() {
        return root.resolve("run").resolve(UpsWatch.REQUEST);
    }

    private void pass(int seconds) {
        for (var i = 0; i < seconds; i += 2) {
            second += 2;
            watch.look();
        }
    }

    private void battery(String capacity, String status) throws IOException {
        var folder = Files.createDirectories(root.resolve("sys/class/power_supply/battery"));
        Files.writeString(folder.resolve("capacity"), capacity + "\n");
        Files.writeString(folder.resolve("status"), status + "\n");
    }
}
