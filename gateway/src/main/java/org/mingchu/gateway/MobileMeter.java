package org.mingchu.gateway;

import org.mingchu.gateway.doctor.MonthBytes;
import org.mingchu.sensors.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Keeps the sum of the month's bytes of the mobile network in the state folder, where the doctor
 * finds it. One thread at a time.
 *
 * @param root where the kernel's files are
 */
record MobileMeter(Path root, Path state, Clock clock, ZoneId zone) {
    /** So much of it a power cut can take away; the card is written as seldom. */
    static final Duration EVERY = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(MobileMeter.class);

    /** Asks the kernel; writes only what has changed, and nothing where there is no modem. */
    synchronized void look() {
        var counted = MonthBytes.counted(root);
        if (counted.isEmpty()) {
            return;
        }
        var last = MonthBytes.read(state);
        var now = MonthBytes.after(last, counted, clock.now(), zone);
        if (!Optional.of(now).equals(last)) {
            keep(now);
        }
    }

    /** Flushed before the old one goes: half a sum would be a free month. */
    private void keep(MonthBytes now) {
        var file = state.resolve(MonthBytes.FILE);
        var fresh = state.resolve(MonthBytes.FILE + ".new");
        try {
            try (var out =
                    FileChannel.open(
                            fresh,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.TRUNCATE_EXISTING,
                            StandardOpenOption.WRITE)) {
                out.write(ByteBuffer.wrap(now.text().getBytes(StandardCharsets.US_ASCII)));
                out.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOG.warn("event=month-bytes-unkept cause=\"{}\"", e.toString());
        }
    }
}
