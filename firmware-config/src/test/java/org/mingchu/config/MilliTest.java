package org.mingchu.config;

import static org.assertj.core.api.Assertions.assertThat;

import static java.util.Objects.requireNonNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tomlj.Toml;

class MilliTest {
    private static final Form<Long> FREEZER = Milli.between(-60_000, 0, "℃");

    @ParameterizedTest
    @CsvSource({
        "-12.0, -12000",
        "-12, -12000",
        "-0.001, -1",
        "-12.345, -12345",
        "-1.2e1, -12000",
        "-60.0, -60000",
        "0.0, 0",
        "-0.0, 0"
    })
    void a_number_becomes_thousandths_exactly(String written, long milli) {
        assertThat(parse(written)).isEqualTo(Parsed.right(milli));
    }

    @ParameterizedTest
    @CsvSource({
        "-0.0001",
        "-12.0005",
        "-60.001",
        "0.001",
        "nan",
        "inf",
        "-1e300",
        "-1e-300",
        "-9223372036854775808",
        "true"
    })
    void anything_else_is_refused(String written) {
        assertThat(parse(written)).isInstanceOf(Parsed.Wrong.class);
    }

    @ParameterizedTest
    @CsvSource({
        "15.0, -15.0", // lost sign
        "-180, -18.0", // lost point
        "185, -18.5", // lost both
        "'\"-18\"', -18" // in quotes
    })
    void what_was_likely_meant_is_offered(String written, String meant) {
        assertThat(((Parsed.Wrong<Long>) parse(written)).hint()).contains(meant);
    }

    @Test
    void every_thousandth_of_a_kelvin_survives_the_way_through_a_file() {
        for (long milli = -60_000; milli <= 0; milli += 7) {
            assertThat(parse(Milli.text(milli))).isEqualTo(Parsed.right(milli));
        }
    }

    private static Parsed<Long> parse(String written) {
        return FREEZER.parse().apply(requireNonNull(Toml.parse("x = " + written).get("x")));
    }
}
