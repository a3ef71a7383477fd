package org.mingchu.config;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The buses that the kernel runs at fixed pins of the header, and whose pins serve nothing else
 * while they run. Immutable.
 */
public enum HeaderBus {
    I2C("the I²C bus i2c-1", 2, 3),
    /** Both selects: the kernel takes them together. */
    SPI("the SPI bus spi0", 7, 11),
    UART("the serial line of the header", 14, 15);

    private final String words;
    private final int first;
    private final int last;

    HeaderBus(String words, int first, int last) {
        this.words = words;
        this.first = first;
        this.last = last;
    }

    /** As messages call it. */
    public String words() {
        return words;
    }

    /** BCM numbers. */
    public List<Integer> pins() {
        return IntStream.rangeClosed(first, last).boxed().toList();
    }

    /** The bus that a source hangs on; empty where it is another's, or none of the header. */
    public static Optional<HeaderBus> of(Source source) {
        return switch (source) {
            case Source.I2c(var bus, _, _) -> Optional.of(I2C).filter(_ -> bus == 1);
            case Source.Spi(var bus, _, _) -> Optional.of(SPI).filter(_ -> bus == 0);
            case Source.Hwmon(var name, _) -> Optional.of(I2C).filter(_ -> Chip.isOne(name));
            case Source.Iio(var device, _) -> Optional.of(I2C).filter(_ -> Chip.isOne(device));
            case Source.W1 _, Source.Gpio _, Source.Modbus _, Source.Coap _, Source.Mqtt _ ->
                    Optional.empty();
        };
    }

    /** The header's own serial line has no USB in its name. */
    public static Optional<HeaderBus> of(Line line) {
        return Optional.of(UART)
                .filter(_ ->
                        line.device().equals("/dev/ttyAMA0")
                                || line.device().equals("/dev/serial0"));
    }

    /** The bus of a clock chip. */
    public static Optional<HeaderBus> of(Board.Clock clock) {
        return switch (clock) {
            case DS3231, PCF8523 -> Optional.of(I2C);
            case NONE, ON_BOARD -> Optional.empty();
        };
    }
}
