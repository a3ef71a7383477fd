package org.mingchu.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Map;

class SourcesTest {
    @Test
    void every_scheme_is_read() {
        var sources =
                Map.of(
                        "w1:28-0316a2795dff", new Source.W1("28-0316a2795dff"),
                        "gpio:0", new Source.Gpio(0),
                        "gpio:27", new Source.Gpio(27),
                        "hwmon:sht3x/temp1", new Source.Hwmon("sht3x", "temp1"),
                        "iio:iio_device0/in_temp", new Source.Iio("iio_device0", "in_temp"),
                        "i2c:1/0x44/sht31", new Source.I2c(1, 0x44, "sht31"),
                        "spi:0/1/max31865", new Source.Spi(0, 1, "max31865"),
                        "modbus:rs485-1/247/room", new Source.Modbus("rs485-1", 247, "room"),
                        "coap:probe-7/urn:t", new Source.Coap("probe-7", "urn:t"),
                        "mqtt:a/b#/t/0", new Source.Mqtt("a/b", "/t/0"));

        sources.forEach((text, source) ->
                assertThat(Sources.ANY.parse().apply(text)).isEqualTo(Parsed.right(source)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "w1:28-0316a2795df",
                "w1:10-0316a2795dff",
                "w1:../../etc/passwd",
                "gpio:28",
                "gpio:017",
                "gpio:-1",
                "gpio:",
                "hwmon:../x/temp1",
                "hwmon:a/b/c",
                "iio:a",
                "i2c:1/0x07/x",
                "i2c:1/0x78/x",
                "i2c:23/0x44/x",
                "spi:0/3/x",
                "modbus:l/0/x",
                "modbus:l/248/x",
                "coap:probe",
                "mqtt:a/+/b#/t",
                "mqtt:a/b",
                "mqtt:a#t",
                "28-0316a2795dff",
                "http://x"
            })
    void a_source_out_of_shape_or_range_is_refused(String text) {
        assertThat(Sources.ANY.parse().apply(text)).isInstanceOf(Parsed.Wrong.class);
    }

    @Test
    void a_rom_code_in_capitals_is_offered_in_small_letters() {
        assertThat(((Parsed.Wrong<Source>) Sources.ANY.parse().apply("w1:28-0316A2795DFF")).hint())
                .contains("\"w1:28-0316a2795dff\"");
    }
}
