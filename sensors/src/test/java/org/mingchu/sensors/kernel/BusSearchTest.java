package org.mingchu.sensors.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.config.Quantity;
import org.mingchu.config.Source;
import org.mingchu.sensors.Fault;
import org.mingchu.sensors.HandClock;
import org.mingchu.sensors.Reading;
import org.mingchu.sensors.kernel.BusSearch.Bus;
import org.mingchu.sensors.kernel.BusSearch.Found;
import org.mingchu.simulator.wire.SysfsTree;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

final class BusSearchTest {
    private static final String ONE = "28-0316a2795d01";
    private static final String TWO = "28-0316a2795d02";
    private static final String BOOT = "2f0c7b9e-52f2-4f0a-9a0e-6a8b2f7f1c11";

    @TempDir private Path root;

    @Test
    void a_bus_that_is_off_one_that_is_empty_and_one_that_is_used_are_told_apart()
            throws IOException {
        assertThat(search().look()).isEqualTo(new BusSearch.Seen(Bus.OFF, List.of(), List.of()));

        var tree = new SysfsTree(root, BOOT);
        assertThat(search().look().oneWire()).isEqualTo(Bus.EMPTY);

        Files.createDirectories(root.resolve("sys/bus/w1/devices/1c-000000000001"));
        var other = search().look();
        assertThat(other.oneWire()).isEqualTo(Bus.USED);
        assertThat(other.found()).isEmpty();
        assertThat(other.strangers()).containsExactly("1c-000000000001");

        tree.temperature(TWO, 4_000);
        tree.temperature(ONE, -18_000);
        assertThat(search().look().found()).containsExactly(probe(ONE, -18_000), probe(TWO, 4_000));
    }

    @Test
    void a_probe_that_hangs_costs_no_other_its_value_and_is_not_asked_twice() {
        var tree = new SysfsTree(root, BOOT);
        tree.temperature(ONE, 4_000);
        tree.hang(TWO);
        var search = new BusSearch(root, new HandClock(), Duration.ofMillis(300));

        for (int i = 0; i < 3; i++) {
            var found = search.look().found();
            assertThat(found.getFirst()).isEqualTo(probe(ONE, 4_000));
            assertThat(found.getLast().reading())
                    .isInstanceOfSatisfying(
                            Reading.Silent.class,
                            silent -> assertThat(silent.fault()).isEqualTo(Fault.SILENT));
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().equals("asks w1:" + TWO))
                .hasSize(1);

        tree.temperature(TWO, 5_000);
        assertThat(search.look().found().getLast().reading())
                .as("what comes first is the answer to the read that hung, or a new one")
                .isNotNull();
        assertThat(search.look().found().getLast()).isEqualTo(probe(TWO, 5_000));
    }

    @Test
    void chips_of_the_kernel_are_found_and_the_boards_own_are_not() throws IOException {
        put("sys/class/hwmon/hwmon0/name", "cpu_thermal");
        put("sys/class/hwmon/hwmon0/temp1_input", "51234");
        put("sys/class/hwmon/hwmon1/name", "sht3x");
        put("sys/class/hwmon/hwmon1/temp1_input", "21500");
        put("sys/class/hwmon/hwmon1/humidity1_input", "48000");
        put("sys/class/hwmon/hwmon1/temp1_max", "60000");
        put("sys/class/hwmon/hwmon2/name", "w1_slave_temp");
        put("sys/class/hwmon/hwmon2/temp1_input", "4000");
        put("sys/bus/iio/devices/iio:device0/name", "bme280");
        put("sys/bus/iio/devices/iio:device0/in_temp_input", "20990");
        put("sys/bus/iio/devices/iio:device0/in_humidityrelative_input", "47312.5");

        assertThat(search().look().found())
                .containsExactly(
                        found(new Source.Hwmon("sht3x", "humidity1"), Quantity.HUMIDITY, 48_000),
                        found(new Source.Hwmon("sht3x", "temp1"), Quantity.TEMPERATURE, 21_500),
                        found(new Source.Iio("bme280", "in_temp"), Quantity.TEMPERATURE, 20_990),
                        found(
                                new Source.Iio("bme280", "in_humidityrelative"),
                                Quantity.HUMIDITY,
                                47_313));
    }

    private BusSearch search() {
        return new BusSearch(root, new HandClock());
    }

    private static Found probe(String rom, long milli) {
        return found(new Source.W1(rom), Quantity.TEMPERATURE, milli);
    }

    private static Found found(Source source, Quantity measures, long milli) {
        return new Found(
                source,
                measures,
                new Reading.Measured(source.written(), measures, milli, milli, 0, Set.of()));
    }

    private void put(String file, String text) throws IOException {
        var path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text + "\n");
    }
}
