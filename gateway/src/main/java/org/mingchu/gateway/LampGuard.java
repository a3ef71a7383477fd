package org.mingchu.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.mingchu.config.Annunciator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * What the small program without Java needs ({@code mingchu-lamps}), which takes lamps and buzzer
 * when this one is gone: which pins they are, in the state folder, and that somebody watches, in a
 * folder that a boot empties. Both are one short text file. One thread.
 */
final class LampGuard {
    /** In the state folder: {@code buzzer=22} and so on, a line each. */
    static final String PINS = "lamps";

    /** In the runtime folder: CLOCK_BOOTTIME in whole seconds, as {@code /proc/uptime} has it. */
    static final String ALIVE = "alive";

    private static final Logger LOG = LoggerFactory.getLogger(LampGuard.class);

    private final Optional<Path> runtime;
    private boolean failing;

    /**
     * @param runtime {@code RUNTIME_DIRECTORY}, where a service manager gives one
     */
    LampGuard(Optional<Path> runtime) {
        this.runtime = runtime;
    }

    /** Leaves the pins for a boot in which this program does not get so far. */
    static void pins(Path state, Annunciator annunciator) {
        var text = new StringBuilder();
        line(text, "buzzer", annunciator.buzzer());
        line(text, "red", annunciator.red());
        line(text, "amber", annunciator.amber());
        line(text, "green", annunciator.green());
        try {
            put(state.resolve(PINS), text.toString());
        } catch (IOException e) {
            LOG.error("event=lamps-unguarded cause=\"{}\"", e.getMessage());
        }
    }

    private static void line(StringBuilder text, String lamp, OptionalInt bcm) {
        bcm.ifPresent(pin -> text.append(lamp).append('=').append(pin).append('\n'));
    }

    /** Somebody watches, now. */
    void alive(long upNs) {
        if (runtime.isEmpty()) {
            return;
        }
        try {
            put(runtime.get().resolve(ALIVE), TimeUnit.NANOSECONDS.toSeconds(upNs) + "\n");
            failing = false;
        } catch (IOException e) {
            if (!failing) {
                LOG.error("event=lamps-unguarded cause=\"{}\"", e.getMessage());
            }
            failing = true;
        }
    }

    /** Half a file would be read as another number. */
    private static void put(Path file, String text) throws IOException {
        var aside = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(aside, text, US_ASCII);
        Files.move(
                aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
