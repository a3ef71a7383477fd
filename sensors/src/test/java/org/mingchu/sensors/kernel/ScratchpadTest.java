package org.mingchu.sensors.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.HexFormat;

final class ScratchpadTest {
    @Test
    void the_checksum_is_the_one_of_maxims_application_note_27() {
        assertThat(Scratchpad.crc8(HexFormat.of().parseHex("021cb801000000"))).isEqualTo(0xA2);
    }

    /** Table 1 of the DS18B20 data sheet. */
    @ParameterizedTest
    @CsvSource({
        "d0 07, 125000",
        "50 05, 85000",
        "91 01, 25062",
        "a2 00, 10125",
        "08 00, 500",
        "00 00, 0",
        "f8 ff, -500",
        "5e ff, -10125",
        "6f fe, -25062",
        "90 fc, -55000"
    })
    void temperatures_are_those_of_the_data_sheet_cut_as_the_kernel_cuts(String two, long milli) {
        assertThat(Scratchpad.parse(two + " 4b 46 7f ff 0c 10 00 ").milliCelsius())
                .isEqualTo(milli);
    }

    @Test
    void one_flipped_bit_anywhere_breaks_the_checksum() {
        var good = HexFormat.of().parseHex("50054b467fff0c101c");
        for (int bit = 0; bit < good.length * Byte.SIZE; bit++) {
            var bad = good.clone();
            bad[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            var text = HexFormat.ofDelimiter(" ").formatHex(bad) + " ";
            assertThat(Scratchpad.parse(text).checksumHolds()).as(text).isFalse();
        }
    }

    @Test
    void all_zeros_have_a_valid_checksum_and_are_known_as_such() {
        var zeros = Scratchpad.parse("00 00 00 00 00 00 00 00 00 ");

        assertThat(zeros.checksumHolds()).isTrue();
        assertThat(zeros.allZero()).isTrue();
    }

    @Test
    void eight_bytes_are_no_scratchpad() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Scratchpad.parse("50 05 4b 46 7f ff 0c 10"));
    }
}
