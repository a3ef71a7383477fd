package org.mingchu.sensors.kernel;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A battery as the kernel's power_supply class shows it
 * (Documentation/ABI/testing/sysfs-class-power of Linux): {@code capacity} in percent and {@code
 * status} in a word. Both may be missing, and a gauge on I²C may refuse now and then. Immutable; a
 * read may hang as any of the kernel's.
 *
 * @param root of the tree below which {@code sys} lies
 * @param name below {@code sys/class/power_supply}
 */
public record PowerSupply(Path root, String name) {
    private static final int BYTES_MAX = 64;
    private static final int PERCENT_MAX = 100;

    /** Which way the current goes. */
    public enum Flow {
        /** Charging, full, or kept as it is: somebody feeds it. */
        FED,
        /** It feeds the board. */
        DRAWN,
        /** The driver does not say. */
        UNTOLD
    }

    /**
     * What it says at one moment.
     *
     * @param percent of its charge; empty when it says nothing that can be true
     */
    public record Charge(OptionalInt percent, Flow flow) {}

    /** Reads it. */
    public Charge now() {
        return new Charge(percent(), flow());
    }

    private OptionalInt percent() {
        return word("capacity")
                .filter(word -> word.matches("[0-9]{1,3}"))
                .map(Integer::parseInt)
                .filter(percent -> percent <= PERCENT_MAX)
                .map(OptionalInt::of)
                .orElseGet(OptionalInt::empty);
    }

    private Flow flow() {
        return switch (word("status").orElse("")) {
            case "Charging", "Full", "Not charging" -> Flow.FED;
            case "Discharging" -> Flow.DRAWN;
            default -> Flow.UNTOLD;
        };
    }

    private Optional<String> word(String file) {
        var path = root.resolve("sys/class/power_supply").resolve(name).resolve(file);
        try (var in = Files.newInputStream(path)) {
            return Optional.of(new String(in.readNBytes(BYTES_MAX), US_ASCII).strip());
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
