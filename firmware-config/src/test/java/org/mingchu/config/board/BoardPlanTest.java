package org.mingchu.config.board;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class BoardPlanTest {
    @TempDir Path temp;

    @Test
    void a_site_with_everything_asks_for_every_bus() {
        assertThat(Block.of(Boards.board(Boards.EVERY_BUS)))
                .containsExactly(
                        "# >>> mingchu board: written by `mingchu board apply`; own lines go"
                                + " outside",
                        "[all]",
                        "dtoverlay=",
                        "# for site gz-liwan-0042",
                        "dtparam=watchdog=on",
                        "dtparam=i2c_arm=on",
                        "dtparam=spi=on",
                        "enable_uart=1",
                        "[pi5]",
                        "dtparam=uart0=on",
                        "[pi4]",
                        "dtoverlay=disable-bt",
                        "[pi3]",
                        "dtoverlay=disable-bt",
                        "[pi02]",
                        "dtoverlay=disable-bt",
                        "[all]",
                        "dtoverlay=i2c-rtc,ds3231",
                        "dtoverlay=i2c-sensor,sht4x",
                        "dtoverlay=w1-gpio,gpiopin=4",
                        "dtoverlay=w1-gpio,gpiopin=6",
                        "# lamps and buzzer stay off until the gateway has them",
                        "gpio=22,23,24,25=op,dl",
                        "dtoverlay=",
                        "# <<< mingchu board");
    }

    @Test
    void a_mini_kitchen_asks_for_little() {
        assertThat(Block.of(Boards.board(Boards.MINI)))
                .contains("dtparam=watchdog=on", "dtoverlay=w1-gpio,gpiopin=4", "gpio=23=op,dl")
                .noneMatch(line -> line.contains("i2c") || line.contains("spi"))
                .noneMatch(line -> line.contains("uart"));
    }

    @Test
    void no_line_is_longer_than_the_firmware_reads() {
        for (var site : Boards.sites()) {
            assertThat(Block.of(Boards.board(site))).allMatch(line -> line.length() <= 98);
        }
    }

    @Test
    void what_cannot_be_derived_is_said() throws IOException {
        var site =
                Files.readString(Boards.EVERY_BUS)
                        .replace("hwmon:sht4x/humidity1", "hwmon:nct6775/humidity1")
                        .replace("spi:0/1/max31865", "spi:1/0/max31865")
                        .replace("i2c:1/0x48", "i2c:3/0x48")
                        .replace("/dev/ttyAMA0", "/dev/ttyAMA3")
                        .replace("\"gpio:22\"", "\"gpio:7\"");
        var plan = Boards.board(Files.writeString(temp.resolve("site.toml"), site));

        assertThat(plan.remarks())
                .satisfiesExactly(
                        one -> assertThat(one).contains("hwmon nct6775 (cold-1-humidity)"),
                        one -> assertThat(one).contains("spi1", "(cold-1-pt100)", "yourself"),
                        one -> assertThat(one).contains("i2c-3", "(cold-1-wall)"),
                        one -> assertThat(one).contains("line rs485-1: /dev/ttyAMA3"),
                        one -> assertThat(one).contains("buzzer on GPIO 7", "9 to 27"));
        assertThat(Block.of(plan))
                .noneMatch(line -> line.contains("spi") || line.contains("uart"))
                .contains("dtparam=i2c_arm=on");
    }

    @Test
    void the_plug_for_debugging_is_not_taken_for_the_header() throws IOException {
        var site = Files.readString(Boards.EVERY_BUS).replace("/dev/ttyAMA0", "/dev/serial0");

        assertThat(Boards.board(Files.writeString(temp.resolve("site.toml"), site)).remarks())
                .singleElement()
                .asString()
                .contains("line rs485-1", "Raspberry Pi 5", "/dev/ttyAMA0");
    }

    @Test
    void more_probes_than_a_bus_carries_are_counted() throws IOException {
        var kitchen = Boards.SAMPLES.resolve("central-kitchen.toml");
        var site = Files.readString(kitchen).replace(", \"gpio:6\"]", "]");

        assertThat(Boards.board(Files.writeString(temp.resolve("site.toml"), site)).remarks())
                .singleElement()
                .asString()
                .contains("19 probes on 1 1-Wire bus", "more than 10", "[board] one_wire");
        assertThat(Boards.board(kitchen).remarks()).isEmpty();
    }
}
