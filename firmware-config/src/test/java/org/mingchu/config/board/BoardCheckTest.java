package org.mingchu.config.board;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mingchu.config.board.Finding.State;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The trees are shaped as the kernel's own: names and texts as its documentation has them. */
class BoardCheckTest {
    private static final String MUXES = "sys/kernel/debug/pinctrl/fe200000.gpio-pinctrl-bcm2711";

    private static final BoardPlan PLAN = Boards.board(Boards.EVERY_BUS);

    @TempDir Path root;

    @BeforeEach
    void a_board_that_has_taken_its_block() throws IOException {
        for (var device : List.of("watchdog0", "i2c-1", "spidev0.0", "ttyAMA0", "gpiochip0")) {
            Boards.put(root, "dev/" + device, "");
        }
        Boards.put(root, "proc/cmdline", "console=tty1 rootwait\n");
        Boards.put(root, "sys/class/rtc/rtc0/name", "rtc-ds1307 1-0068\n");
        Boards.put(root, "sys/bus/i2c/devices/1-0044/name", "sht4x\n");
        Boards.put(root, "sys/bus/w1/devices/w1_bus_master1/w1_master_slaves", "");
        Boards.put(root, "sys/bus/w1/devices/28-0316a2795dff/w1_slave", "");
        Boards.put(root, "sys/bus/w1/devices/28-0316a2795e00/w1_slave", "");
        oneWire(4);
        oneWire(6);
        Boards.put(
                root,
                MUXES + "/pinmux-pins",
                """
                Pinmux settings per pin
                Format: pin (name): mux_owner gpio_owner hog?
                pin 2 (gpio2): fe804000.i2c (GPIO UNCLAIMED) function alt0 group gpio2
                pin 17 (gpio17): (MUX UNCLAIMED) (GPIO UNCLAIMED)
                pin 22 (gpio22): (MUX UNCLAIMED) pinctrl-bcm2711:534
                """);
    }

    private Path oneWire(int bcm) throws IOException {
        var file =
                Boards.put(
                        root,
                        "proc/device-tree/onewire@" + Integer.toHexString(bcm) + "/gpios",
                        "");
        return Files.write(file, ByteBuffer.allocate(12).putInt(7).putInt(bcm).putInt(0).array());
    }

    @Test
    void a_board_that_has_all_is_said_to_have_all() {
        var findings = BoardCheck.look(root, PLAN);

        assertThat(findings).hasSizeGreaterThan(15).allMatch(f -> f.state() == State.THERE);
        assertThat(findings)
                .extracting(Finding::what)
                .contains(
                        "watchdog",
                        "the I²C bus i2c-1",
                        "the SPI bus spi0",
                        "clock ds3231",
                        "sht4x of cold-1-humidity",
                        "1-Wire bus on GPIO 6",
                        "probe room-1-air",
                        "buzzer on GPIO 22",
                        "button on GPIO 5");
    }

    @ParameterizedTest
    @CsvSource({
        "dev/watchdog0, watchdog",
        "dev/i2c-1, the I²C bus i2c-1",
        "dev/spidev0.0, the SPI bus spi0",
        "dev/ttyAMA0, the serial line of the header",
        "sys/class/rtc/rtc0/name, clock ds3231",
        "sys/bus/i2c/devices/1-0044/name, sht4x of cold-1-humidity",
        "proc/device-tree/onewire@6/gpios, 1-Wire bus on GPIO 6",
        "sys/bus/w1/devices/28-0316a2795e00/w1_slave, probe room-1-air"
    })
    void what_is_not_there_is_named_with_its_file_and_a_remedy(String file, String what)
            throws IOException {
        Files.delete(root.resolve(file));
        if (file.endsWith("w1_slave")) {
            Files.delete(root.resolve(file).getParent());
        }

        assertThat(missing())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.what()).isEqualTo(what);
                    assertThat(finding.where()).startsWith(root.toString());
                    assertThat(finding.remedy()).isNotEmpty();
                });
    }

    @Test
    void a_bus_at_another_pin_is_not_the_one_that_is_wired() throws IOException {
        Files.move(oneWire(6), oneWire(13), StandardCopyOption.REPLACE_EXISTING);
        oneWire(13);

        assertThat(missing()).extracting(Finding::what).containsExactly("1-Wire bus on GPIO 6");
    }

    @Test
    void a_clock_of_another_kind_does_not_count() throws IOException {
        Boards.put(root, "sys/class/rtc/rtc0/name", "rpi-rtc soc:rpi_rtc\n");

        assertThat(missing()).extracting(Finding::what).containsExactly("clock ds3231");
    }

    @Test
    void a_kernel_that_talks_into_the_modbus_is_found() throws IOException {
        Boards.put(root, "proc/cmdline", "console=ttyAMA0,115200 console=tty1 rootwait\n");

        assertThat(missing())
                .singleElement()
                .extracting(Finding::where)
                .asString()
                .endsWith("cmdline");
    }

    @ParameterizedTest
    @CsvSource({
        "pin 17 (gpio17): fe205000.spi (GPIO UNCLAIMED) function alt0 group gpio17, fe205000.spi",
        "pin 17 (gpio17): device 1f00050000.spi function spi0 group gpio17, 1f00050000.spi"
    })
    void a_pin_that_a_bus_has_taken_is_not_ours(String line, String owner) throws IOException {
        Boards.put(root, MUXES + "/pinmux-pins", line + "\n");

        assertThat(missing())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.what()).isEqualTo("cold-1-door on GPIO 17");
                    assertThat(finding.remedy()).startsWith(owner + " has the pin");
                });
    }

    @Test
    void a_strict_chip_says_it_in_its_own_words() throws IOException {
        Boards.put(
                root,
                MUXES + "/pinmux-pins",
                "pin 17 (gpio17): UNCLAIMED\npin 22 (gpio22): GPIO pinctrl-rp1:591\n");

        assertThat(missing()).isEmpty();
    }

    @Test
    void the_pins_of_another_chip_are_not_looked_at() throws IOException {
        Boards.put(
                root,
                "sys/kernel/debug/pinctrl/107d504100.pinctrl-bcm2712/pinmux-pins",
                "pin 17 (gpio17): device sd\n");

        assertThat(missing()).isEmpty();
    }

    @Test
    void what_only_root_may_see_counts_neither_way() throws IOException {
        Files.delete(root.resolve(MUXES + "/pinmux-pins"));

        var findings = BoardCheck.look(root, PLAN);
        assertThat(findings)
                .filteredOn(finding -> finding.state() == State.NOT_SEEN)
                .isNotEmpty()
                .allSatisfy(finding -> assertThat(finding.remedy()).contains("sudo"));
        assertThat(missing()).isEmpty();
    }

    @Test
    void a_machine_without_a_header_has_no_pins() throws IOException {
        Files.delete(root.resolve("dev/gpiochip0"));

        assertThat(missing()).extracting(Finding::what).contains("cold-1-door on GPIO 17");
    }

    @Test
    void the_pins_of_a_simulated_kitchen_are_files() throws IOException {
        var simulated = Files.createDirectory(root.resolve("simulated"));
        for (var bcm : List.of(5, 23)) {
            Boards.put(simulated, "sys/class/gpio/gpio" + bcm + "/value", "1\n");
        }

        assertThat(BoardCheck.look(simulated, Boards.board(Boards.MINI)))
                .filteredOn(finding -> finding.what().contains("GPIO 23"))
                .singleElement()
                .extracting(Finding::state)
                .isEqualTo(State.THERE);
    }

    private List<Finding> missing() {
        return BoardCheck.look(root, PLAN).stream()
                .filter(finding -> finding.state() == State.MISSING)
                .toList();
    }
}
