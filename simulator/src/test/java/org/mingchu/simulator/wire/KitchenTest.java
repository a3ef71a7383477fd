package org.mingchu.simulator.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mingchu.simulator.Command;
import org.mingchu.simulator.Fridge;
import org.mingchu.simulator.ProbeState;
import org.mingchu.simulator.Weather;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

final class KitchenTest {
    private static final String ROM = "28-0316a2795e00";
    private static final long HOUR_MS = 3_600_000;

    @TempDir Path root;

    private final Weather weather = new Weather(1, List.of(Fridge.freezer("freezer-1")));

    private Kitchen kitchen() {
        var tree = new SysfsTree(root, "00000000-0000-4000-8000-000000000001");
        return new Kitchen(
                weather, tree, List.of(new Kitchen.Wire("freezer-1", ROM, OptionalInt.of(17))));
    }

    @Test
    void the_file_follows_the_freezer_when_its_compressor_fails() throws IOException {
        var kitchen = kitchen();
        kitchen.advanceTo(HOUR_MS);
        assertThat(shownMilli()).isBetween(-21_000L, -17_000L);
        weather.obey(new Command.CompressorOff("freezer-1"));
        kitchen.advanceTo(5 * HOUR_MS);
        assertThat(shownMilli())
                .isGreaterThan(-12_000)
                .isEqualTo(weather.temperatureMilliCelsius("freezer-1"));
    }

    @Test
    void the_contact_follows_the_door() throws IOException {
        var kitchen = kitchen();
        assertThat(contact()).isEqualTo("0\n");
        weather.obey(new Command.DoorAjar("freezer-1"));
        kitchen.advanceTo(5_000);
        assertThat(contact()).isEqualTo("1\n");
    }

    @ParameterizedTest
    @CsvSource({
        "CRC_NOISE, NO",
        "POWER_ON, t=85000",
        "WEAK_POWER, t=127937",
        "ALL_ZERO, 00 00 00 00 00 00 00 00 00 : crc=00 YES",
        "STUCK, YES"
    })
    void each_fault_of_the_probe_shows_in_its_file(ProbeState fault, String sign)
            throws IOException {
        var kitchen = kitchen();
        weather.obey(new Command.Probe("freezer-1", fault));
        kitchen.advanceTo(5_000);
        assertThat(Files.readString(slave().resolve("w1_slave"))).contains(sign);
    }

    @Test
    void an_unplugged_an_empty_and_a_hung_probe_show_as_they_do_in_life() {
        var kitchen = kitchen();
        weather.obey(new Command.Probe("freezer-1", ProbeState.UNPLUGGED));
        kitchen.advanceTo(5_000);
        assertThat(slave()).doesNotExist();
        weather.obey(new Command.Probe("freezer-1", ProbeState.EMPTY));
        kitchen.advanceTo(10_000);
        assertThat(slave().resolve("w1_slave")).isEmptyFile();
        weather.obey(new Command.Probe("freezer-1", ProbeState.HUNG));
        kitchen.advanceTo(15_000);
        assertThat(Files.isRegularFile(slave().resolve("w1_slave"))).isFalse();
        weather.obey(new Command.Probe("freezer-1", ProbeState.WORKING));
        kitchen.advanceTo(20_000);
        assertThat(slave().resolve("w1_slave")).isRegularFile().content().contains("YES");
    }

    private Path slave() {
        return root.resolve("sys/bus/w1/devices").resolve(ROM);
    }

    private String contact() throws IOException {
        return Files.readString(root.resolve("sys/class/gpio/gpio17/value"));
    }

    private long shownMilli() throws IOException {
        return Long.parseLong(Files.readString(slave().resolve("temperature")).strip());
    }
}
