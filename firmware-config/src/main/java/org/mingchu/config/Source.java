package org.mingchu.config;

/** Where a sensor's value comes from; one record per scheme of the site file. Immutable. */
public sealed interface Source {
    /** Whether its probe speaks when it likes and is not asked each period. */
    default boolean told() {
        return switch (this) {
            case Coap _, Mqtt _ -> true;
            case W1 _, Gpio _, Hwmon _, Iio _, I2c _, Spi _, Modbus _ -> false;
        };
    }

    /** As the site file writes it. */
    default String written() {
        return switch (this) {
            case W1(var rom) -> "w1:" + rom;
            case Gpio(var bcm) -> "gpio:" + bcm;
            case Hwmon(var name, var label) -> "hwmon:" + name + "/" + label;
            case Iio(var device, var channel) -> "iio:" + device + "/" + channel;
            case I2c(var bus, var address, var chip) ->
                    "i2c:%d/0x%02x/%s".formatted(bus, address, chip);
            case Spi(var bus, var select, var chip) -> "spi:%d/%d/%s".formatted(bus, select, chip);
            case Modbus(var line, var slave, var point) ->
                    "modbus:%s/%d/%s".formatted(line, slave, point);
            case Coap(var identity, var name) -> "coap:" + identity + "/" + name;
            case Mqtt(var topic, var pointer) -> "mqtt:" + topic + "#" + pointer;
        };
    }

    /** What it hangs on, together with all others of the same. */
    default String hangsOn() {
        return switch (this) {
            case W1 _ -> "1-Wire";
            case Gpio _ -> "GPIO";
            case Hwmon _ -> "hwmon";
            case Iio _ -> "IIO";
            case I2c(var bus, _, _) -> "I2C " + bus;
            case Spi(var bus, _, _) -> "SPI " + bus;
            case Modbus(var line, _, _) -> "RS-485 " + line;
            case Coap _ -> "CoAP";
            case Mqtt _ -> "MQTT";
        };
    }

    /** {@code w1:28-0316a2795dff}: a DS18B20 by its ROM code. */
    record W1(String rom) implements Source {}

    /** {@code gpio:17}: a contact at a BCM pin number. */
    record Gpio(int bcm) implements Source {}

    /** {@code hwmon:<name>/<label>}. */
    record Hwmon(String name, String label) implements Source {}

    /** {@code iio:<device>/<channel>}. */
    record Iio(String device, String channel) implements Source {}

    /** {@code i2c:<bus>/<address>/<chip>}, the address in hexadecimal. */
    record I2c(int bus, int address, String chip) implements Source {}

    /** {@code spi:<bus>/<select>/<chip>}. */
    record Spi(int bus, int select, String chip) implements Source {}

    /** {@code modbus:<line id>/<slave>/<profile point>}. */
    record Modbus(String line, int slave, String point) implements Source {}

    /** {@code coap:<identity>/<SenML name>}. */
    record Coap(String identity, String name) implements Source {}

    /** {@code mqtt:<topic>#<JSON pointer>}. */
    record Mqtt(String topic, String pointer) implements Source {}
}
