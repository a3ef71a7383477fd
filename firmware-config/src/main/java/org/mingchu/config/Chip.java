package org.mingchu.config;

import java.util.List;

/**
 * Chips of the header's I²C bus that the kernel reads itself, under the names that its drivers and
 * the overlay {@code i2c-sensor} give them.
 */
public final class Chip {
    /** All of them keep the overlay's own address. */
    private static final List<String> NAMES =
            List.of("bme280", "jc42", "lm75", "sht3x", "sht4x", "tmp102");

    private Chip() {}

    /** Whether a name of hwmon or IIO is that of such a chip. */
    public static boolean isOne(String name) {
        return NAMES.contains(name);
    }
}
