package org.mingchu.sensors.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Properties;

/**
 * When this program was made: no true clock says anything earlier. The time that stands in the
 * build file moves with each release and is the same in each build of it.
 */
final class BuildTime {
    private static final String FILE = "build.properties";

    private BuildTime() {}

    /** Milliseconds since 1970. */
    static long ms() {
        var properties = new Properties();
        try (var in = BuildTime.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is not in the jar of the sensors");
            }
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + FILE, e);
        }
        return Instant.parse(properties.getProperty("built", "")).toEpochMilli();
    }
}
