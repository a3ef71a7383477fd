package org.mingchu.sensors.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mingchu.config.Quantity;
import org.mingchu.sensors.Fault;

final class GaugeTest {
    @ParameterizedTest
    @CsvSource({
        "TEMPERATURE, OWN, -18.5, -18500",
        "TEMPERATURE, OWN, '\"4.1\"', 4100",
        "TEMPERATURE, OWN, +4, 4000",
        "TEMPERATURE, OWN, 2.15e1, 21500",
        "TEMPERATURE, OWN, 4.0005, 4000",
        "TEMPERATURE, OWN, ' 4.1 ', 4100",
        "HUMIDITY, OWN, 100, 100000",
        "BATTERY, OWN, 86, 86000",
        "LINK, OF_255, 255, 100000",
        "LINK, OF_255, 128, 50196",
        "LINK, OF_100, 44, 44000",
        "LINK, OWN, 0.5, 500",
        "SIGNAL, OWN, -78, -78000"
    })
    void numbers_become_thousandths(Quantity quantity, Gauge.Scale scale, String text, long milli) {
        assertThat(found(quantity, scale, text)).isEqualTo(new Gauge.Found.Milli(milli));
    }

    @ParameterizedTest
    @CsvSource({
        "open, 1000",
        "OPEN, 1000",
        "closed, 0",
        "ON, 1000",
        "off, 0",
        "true, 1000",
        "false, 0",
        "1, 1000",
        "0, 0",
        "offline, 1000",
        "Online, 0",
        "1.0, 1000"
    })
    void words_of_contacts_are_open_or_closed(String word, long milli) {
        assertThat(found(Quantity.DOOR, Gauge.Scale.OWN, word))
                .isEqualTo(new Gauge.Found.Milli(milli));
    }

    @ParameterizedTest
    @CsvSource({"true, 0", "false, 1000", "1, 0", "0, 1000", "closed, 0", "open, 1000"})
    void a_contact_that_is_true_is_closed(String word, long milli) {
        assertThat(found(Quantity.DOOR, Gauge.Scale.TRUE_IS_CLOSED, word))
                .isEqualTo(new Gauge.Found.Milli(milli));
    }

    @ParameterizedTest
    @CsvSource({
        "TEMPERATURE, OWN, 400.001, OUT_OF_RANGE", "TEMPERATURE, OWN, -273, OUT_OF_RANGE",
        "TEMPERATURE, OWN, 1e99, OUT_OF_RANGE", "TEMPERATURE, OWN, nan, DISCONNECTED",
        "TEMPERATURE, OWN, null, DISCONNECTED", "TEMPERATURE, OWN, unavailable, DISCONNECTED",
        "TEMPERATURE, OWN, warm, BUS", "TEMPERATURE, OWN, true, BUS",
        "TEMPERATURE, OWN, open, BUS", "TEMPERATURE, OWN, 0x10, BUS",
        "TEMPERATURE, OWN, '4,1', BUS", "TEMPERATURE, OWN, {}, BUS",
        "BATTERY, OWN, 2950, OUT_OF_RANGE", "BATTERY, VOLTS, 3, BUS",
        "HUMIDITY, OWN, 100.1, OUT_OF_RANGE", "LINK, OF_255, 256, OUT_OF_RANGE",
        "SIGNAL, OWN, 2000, OUT_OF_RANGE", "DOOR, OWN, 2, OUT_OF_RANGE",
        "DOOR, OWN, ajar, BUS", "DOOR, OWN, '', DISCONNECTED"
    })
    void what_is_no_value_has_a_reason(
            Quantity quantity, Gauge.Scale scale, String text, Fault fault) {
        assertThat(found(quantity, scale, text))
                .isInstanceOfSatisfying(
                        Gauge.Found.None.class,
                        none -> {
                            assertThat(none.fault()).isEqualTo(fault);
                            assertThat(none.why()).isNotEmpty();
                        });
    }

    @Test
    void fahrenheit_is_converted_for_temperatures_only() {
        var fridge = new Gauge(Quantity.TEMPERATURE, Gauge.Scale.OWN);
        assertThat(fridge.of(Scalar.ofText("39.2"), true)).isEqualTo(new Gauge.Found.Milli(4000));
        assertThat(fridge.of(Scalar.ofText("-0.4"), true))
                .isEqualTo(new Gauge.Found.Milli(-18_000));
        var humidity = new Gauge(Quantity.HUMIDITY, Gauge.Scale.OWN);
        assertThat(humidity.of(Scalar.ofText("39.2"), true))
                .isEqualTo(new Gauge.Found.Milli(39_200));
    }

    private static Gauge.Found found(Quantity quantity, Gauge.Scale scale, String text) {
        return new Gauge(quantity, scale).of(Scalar.ofWhole(text), false);
    }
}
