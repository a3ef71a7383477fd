package org.mingchu.gateway.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.sensors.Reading;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Measure 5 on the shipped program: every way a DS18B20 fails, and none is a temperature. */
final class SensorsIT {
    private static final int HEALTHY = 1;
    private static final int UNPLUGGED = 2;
    private static final int POWER_ON = 3;
    private static final int CRC = 4;
    private static final int HUNG = 5;
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir private Path folder;

    @Test
    void a_sensor_fault_has_its_own_word_and_delays_nobody() throws IOException {
        try (var kitchen = new Kitchen(folder, 5, "", "")) {
            kitchen.start();
            fail(kitchen);
            for (var word : List.of("disconnected", "power-on", "crc", "silent")) {
                Eventually.within(
                        SOON,
                        "the page says " + word,
                        () -> kitchen.tryGet("/api/state"),
                        () -> kitchen.tryGet("/api/state").contains("\"fault\":\"" + word + "\""));
            }
            Eventually.within(
                    SOON,
                    "faults and silence raise their own alarms",
                    () -> kitchen.tryGet("/api/state"),
                    () -> kitchen.tryGet("/api/state").contains("\"rule\":\"sensor-silent\""));
            kitchen.program().kill();

            var record = Supervision.published(kitchen.state());
            assertThat(Supervision.events(record, "freezer-high")).isEmpty();
            assertThat(wordsOf(record, UNPLUGGED)).contains("disconnected");
            assertThat(gaps(record, HEALTHY))
                    .as("time between two readings of the healthy one")
                    .allMatch(gap -> gap.compareTo(PERIOD.multipliedBy(2)) <= 0);
        }
    }

    private static void fail(Kitchen kitchen) throws IOException {
        var unplugged =
                kitchen.root().resolve("sys/bus/w1/devices").resolve(Kitchen.rom(UNPLUGGED));
        Files.delete(unplugged.resolve("w1_slave"));
        Files.delete(unplugged);
        kitchen.w1(
                POWER_ON,
                """
                50 05 4b 46 7f ff 0c 10 1c : crc=1c YES
                50 05 4b 46 7f ff 0c 10 1c t=85000
                """);
        kitchen.w1(
                CRC,
                """
                e0 fe 4b 46 7f ff 0c 10 ff : crc=33 NO
                e0 fe 4b 46 7f ff 0c 10 33 t=-18000
                """);
        var hung = kitchen.root().resolve("sys/bus/w1/devices").resolve(Kitchen.rom(HUNG));
        Files.delete(hung.resolve("w1_slave"));
        assertThat(Program.run(List.of("mkfifo", hung.resolve("w1_slave").toString())).code())
                .isZero();
    }

    private static List<String> wordsOf(List<Entry> record, int freezer) {
        var words = new ArrayList<String>();
        for (var entry : record) {
            if (entry.fact() instanceof Fact.Round round) {
                for (var reading : round.readings()) {
                    if (reading instanceof Reading.Silent silent
                            && silent.subject().equals("freezer-" + freezer + "-air")) {
                        words.add(silent.fault().word());
                    }
                }
            }
        }
        return words;
    }

    private static List<Duration> gaps(List<Entry> record, int freezer) {
        var gaps = new ArrayList<Duration>();
        var last = -1L;
        for (var entry : record) {
            if (entry.fact() instanceof Fact.Round round
                    && round.readings().stream().anyMatch(r -> measured(r, freezer))) {
                if (last >= 0) {
                    gaps.add(Duration.ofNanos(entry.at().upNs() - last));
                }
                last = entry.at().upNs();
            }
        }
        return gaps;
    }

    private static boolean measured(Reading reading, int freezer) {
        return reading instanceof Reading.Measured
                && reading.subject().equals("freezer-" + freezer + "-air");
    }
}
