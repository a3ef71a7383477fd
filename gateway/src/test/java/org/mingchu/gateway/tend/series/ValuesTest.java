package org.mingchu.gateway.tend.series;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mingchu.config.Quantity;

/** Numbers as loggers write them. */
final class ValuesTest {
    @ParameterizedTest
    @CsvSource({
        "TEMPERATURE, 4, 4000",
        "TEMPERATURE, -19.3, -19300",
        "TEMPERATURE, +4.06, 4060",
        "TEMPERATURE, 9.0625, 9063",
        "TEMPERATURE, -9.0625, -9063",
        "TEMPERATURE, -0.00049, 0",
        "TEMPERATURE, 1000.0, 1000000",
        "HUMIDITY, 65.5, 65500",
        "DOOR, 0, 0",
        "DOOR, 1.0, 1000"
    })
    void a_number_is_read_in_thousandths(Quantity quantity, String text, long milli) {
        assertThat(Values.milli(quantity, text)).hasValue(milli);
    }

    @ParameterizedTest
    @CsvSource({
        "TEMPERATURE, -273.2",
        "TEMPERATURE, 1000.1",
        "TEMPERATURE, 1e3",
        "TEMPERATURE, NaN",
        "TEMPERATURE, 4.",
        "TEMPERATURE, .5",
        "TEMPERATURE, -",
        "TEMPERATURE, 4.0.1",
        "TEMPERATURE, 99999999999",
        "HUMIDITY, -1",
        "HUMIDITY, 150",
        "DOOR, 2",
        "DOOR, open"
    })
    void what_is_no_value_is_none(Quantity quantity, String text) {
        assertThat(Values.milli(quantity, text)).isEmpty();
    }
}
