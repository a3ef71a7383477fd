package org.mingchu.sensors.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mingchu.config.Calibration;
import org.mingchu.config.Quantity;
import org.mingchu.sensors.Correction;
import org.mingchu.sensors.Fault;
import org.mingchu.sensors.HandClock;
import org.mingchu.sensors.Reading;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

final class W1ThermometerTest {
    private static final String ROM = "28-0316a2795dff";

    /** As a Pi printed it. */
    private static final String LIFE =
            """
            72 01 4b 46 7f ff 0e 10 57 : crc=57 YES
            72 01 4b 46 7f ff 0e 10 57 t=23125
            """;

    @TempDir private Path root;
    private W1Tree tree = new W1Tree(Path.of("unset"));
    private W1Thermometer thermometer = thermometer(Path.of("unset"));

    @BeforeEach
    void plant() {
        tree = new W1Tree(root);
        thermometer = thermometer(root);
    }

    @Test
    void a_file_of_a_real_pi_is_read_with_its_offset_and_its_raw_value() {
        tree.slaveFile(ROM, LIFE);

        assertThat(thermometer.read())
                .isEqualTo(
                        new Reading.Measured(
                                "air", Quantity.TEMPERATURE, 23_125, 23_005, 0, Set.of()));
    }

    @ParameterizedTest
    @ValueSource(longs = {-55_000, -18_000, -62, 0, 62, 4_000, 125_000})
    void the_whole_range_of_the_probe_is_read(long milli) {
        tree.temperature(ROM, milli);

        assertThat(rawMilli()).isEqualTo(milli);
    }

    @Test
    void crc_no_is_crc_although_the_kernel_repeats_the_good_values_of_before() {
        tree.slaveFile(
                ROM,
                """
                72 01 4b 46 7f ff 0e 10 56 : crc=57 NO
                72 01 4b 46 7f ff 0e 10 57 t=23125
                """);

        assertThat(fault()).isEqualTo(Fault.CRC);
    }

    @Test
    void a_yes_over_wrong_bytes_is_not_believed() {
        tree.slaveFile(ROM, LIFE.replace("72 01", "73 01").replace("23125", "23187"));

        assertThat(fault()).isEqualTo(Fault.CRC);
    }

    @Test
    void a_temperature_that_is_not_that_of_the_nine_bytes_is_a_bus_fault() {
        tree.slaveFile(ROM, LIFE.replace("t=23125", "t=4000"));

        assertThat(fault()).isEqualTo(Fault.BUS);
    }

    @Test
    void eighty_five_degrees_before_the_first_conversion_is_power_on_even_if_it_was_warm() {
        tree.temperature(ROM, 84_000);
        assertThat(rawMilli()).isEqualTo(84_000);

        tree.slaveFile(
                ROM,
                """
                50 05 4b 46 7f ff 0c 10 1c : crc=1c YES
                50 05 4b 46 7f ff 0c 10 1c t=85000
                """);

        assertThat(fault()).isEqualTo(Fault.POWER_ON);
    }

    @Test
    void eighty_five_degrees_that_a_genuine_chip_has_converted_are_a_temperature() {
        tree.temperature(ROM, 85_000);

        assertThat(rawMilli()).isEqualTo(85_000);
    }

    @Test
    void eighty_five_degrees_of_a_clone_count_only_where_it_was_hot_before() {
        var clone = W1Tree.pad(85_000);
        clone[6] = 0x66;
        clone[8] = (byte) Scratchpad.crc8(Arrays.copyOf(clone, 8));
        var text = W1Tree.slave(clone, "YES", "00 00 00 00 00 00 00 00 00 ", 85_000);

        tree.slaveFile(ROM, text);
        assertThat(fault()).isEqualTo(Fault.POWER_ON);

        tree.temperature(ROM, 4_000);
        assertThat(rawMilli()).isEqualTo(4_000);
        tree.slaveFile(ROM, text);
        assertThat(fault()).isEqualTo(Fault.POWER_ON);

        tree.temperature(ROM, 80_000);
        assertThat(rawMilli()).isEqualTo(80_000);
        tree.slaveFile(ROM, text);
        assertThat(rawMilli()).isEqualTo(85_000);
    }

    @Test
    void too_little_power_to_convert_is_out_of_range() {
        tree.temperature(ROM, 127_937);

        assertThat(silence().fault()).isEqualTo(Fault.OUT_OF_RANGE);
        assertThat(silence().detail()).contains("power");
    }

    @ParameterizedTest
    @ValueSource(longs = {-55_125, 125_125})
    void a_step_beyond_the_range_is_out_of_range(long milli) {
        tree.temperature(ROM, milli);

        assertThat(fault()).isEqualTo(Fault.OUT_OF_RANGE);
    }

    @Test
    void an_all_zero_frame_with_its_valid_checksum_is_a_shorted_line_and_no_zero_degrees() {
        tree.slaveFile(
                ROM,
                """
                00 00 00 00 00 00 00 00 00 : crc=00 YES
                00 00 00 00 00 00 00 00 00 t=0
                """);

        assertThat(fault()).isEqualTo(Fault.BUS);
    }

    @Test
    void an_old_kernel_without_a_byte_from_the_probe_says_zeros_and_no() {
        tree.slaveFile(
                ROM,
                """
                00 00 00 00 00 00 00 00 00 : crc=00 NO
                72 01 4b 46 7f ff 0e 10 57 t=23125
                """);

        assertThat(fault()).isEqualTo(Fault.DISCONNECTED);
    }

    @Test
    void one_empty_file_is_asked_again_and_the_second_in_a_row_is_an_unplugged_probe() {
        tree.slaveFile(ROM, "");
        assertThat(fault()).isEqualTo(Fault.BUS);
        assertThat(fault()).isEqualTo(Fault.DISCONNECTED);
        assertThat(fault()).isEqualTo(Fault.DISCONNECTED);

        tree.slaveFile(ROM, LIFE);
        assertThat(rawMilli()).isEqualTo(23_125);
        tree.slaveFile(ROM, "");
        assertThat(fault()).isEqualTo(Fault.BUS);
    }

    @Test
    void a_folder_that_is_gone_is_an_unplugged_probe_at_once_and_a_probe_again_when_it_is_back() {
        tree.slaveFile(ROM, LIFE);
        assertThat(rawMilli()).isEqualTo(23_125);
        tree.gone(ROM);
        assertThat(fault()).isEqualTo(Fault.DISCONNECTED);

        tree.slaveFile(ROM, LIFE);
        assertThat(rawMilli()).isEqualTo(23_125);
    }

    /** A folder in place of the file: open works, read fails with EISDIR, as EIO and ENODEV do. */
    @Test
    void a_read_that_fails_is_disconnected() throws IOException {
        Files.createDirectories(tree.folder(ROM).resolve("w1_slave"));

        assertThat(silence().fault()).isEqualTo(Fault.DISCONNECTED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense\n",
                "72 01 4b 46 7f ff 0e 10 57 : crc=57 YES\n",
                "72 01 4b 46 7f ff 0e 10 : crc=57 YES\n72 01 4b 46 7f ff 0e 10 t=23125\n"
            })
    void text_that_the_driver_never_writes_is_a_bus_fault(String text) {
        tree.slaveFile(ROM, text);

        assertThat(fault()).isEqualTo(Fault.BUS);
    }

    @Test
    void more_than_a_page_is_not_read() {
        tree.slaveFile(ROM, "x".repeat(1_000_000));

        assertThat(silence().detail()).hasSizeLessThan(200);
    }

    @Test
    void the_number_alone_is_used_where_the_kernel_offers_nothing_else() {
        tree.file(ROM, "temperature", "-18062\n");
        assertThat(rawMilli()).isEqualTo(-18_062);

        tree.file(ROM, "temperature", "");
        assertThat(fault()).isEqualTo(Fault.BUS);
        assertThat(fault()).isEqualTo(Fault.DISCONNECTED);

        tree.file(ROM, "temperature", "85000\n");
        assertThat(fault()).isEqualTo(Fault.POWER_ON);

        tree.file(ROM, "temperature", "warm\n");
        assertThat(fault()).isEqualTo(Fault.BUS);
    }

    @Test
    void only_chips_that_speak_as_a_ds18b20_does_are_served() {
        assertThat(W1Thermometer.serves(ROM)).isTrue();
        assertThat(W1Thermometer.serves("10-000802b4a1c2")).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> thermometer("../../../etc/passwd"));
    }

    private long rawMilli() {
        assertThat(thermometer.read()).isInstanceOf(Reading.Measured.class);
        return ((Reading.Measured) thermometer.read()).rawMilli();
    }

    private Fault fault() {
        return silence().fault();
    }

    private Reading.Silent silence() {
        var reading = thermometer.read();
        assertThat(reading).isInstanceOf(Reading.Silent.class);
        return (Reading.Silent) reading;
    }

    private W1Thermometer thermometer(String rom) {
        return new W1Thermometer("air", rom, root, correction());
    }

    private static W1Thermometer thermometer(Path root) {
        return new W1Thermometer("air", ROM, root, correction());
    }

    private static Correction correction() {
        return new Correction(
                new Calibration(-120, Optional.empty(), Optional.empty()),
                Set.of(),
                new HandClock(),
                ZoneOffset.UTC);
    }
}
