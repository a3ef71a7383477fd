package org.mingchu.sensors.kernel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Files that tell where the wall clock comes from. Any thread. */
record SyncFiles(Path root) {
    /**
     * Earlier than this program: a battery clock that says so has lost its battery.
     *
     * <p>2026-01-01.
     */
    private static final long EARLIEST_WALL_MS = 1_767_225_600_000L;

    /** Farther from the battery clock than this, the wall clock was set by something else. */
    private static final long RTC_AGREES_MS = 60_000;

    private static final long MS_PER_SECOND = 1000;

    /**
     * Made by systemd-timesyncd (239 and later) at the first sync. {@code /run} is emptied at each
     * boot, so it proves this one.
     */
    boolean synced() {
        return Files.exists(root.resolve("run/systemd/timesync/synchronized"));
    }

    /**
     * Whether the kernel set the wall clock from a battery clock, and it still agrees. A clock with
     * an empty battery starts long ago, and fake-hwclock then puts a likely looking time over it.
     */
    boolean fromBattery(long wallMs) {
        var rtc = root.resolve("sys/class/rtc/rtc0");
        return line(rtc.resolve("hctosys")).filter("1"::equals).isPresent()
                && wallMs >= EARLIEST_WALL_MS
                && line(rtc.resolve("since_epoch"))
                        .filter(s -> s.matches("[0-9]{1,12}"))
                        .map(s -> Math.abs(Long.parseLong(s) * MS_PER_SECOND - wallMs))
                        .map(apartMs -> apartMs <= RTC_AGREES_MS)
                        .orElse(!fake());
    }

    /** Whether the time of the last shutdown is put back at boot: looks right, is not. */
    boolean fake() {
        return Files.exists(root.resolve("etc/fake-hwclock.data"));
    }

    private static Optional<String> line(Path file) {
        try {
            return Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
