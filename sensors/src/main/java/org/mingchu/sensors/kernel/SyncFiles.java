package org.mingchu.sensors.kernel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;

/** Files that tell where the wall clock comes from. Any thread. */
record SyncFiles(Path root) {
    /** Farther from the battery clock than this, the wall clock was set by something else. */
    private static final long RTC_AGREES_MS = 60_000;

    private static final long MS_PER_SECOND = 1000;

    /**
     * When systemd-timesyncd (239 and later) last set the clock, as its file's time says; empty
     * when it has not. It touches the file at each answer of a server, and {@code /run} is emptied
     * at each boot, so it proves this one.
     *
     * <p>chrony keeps nothing like it: below {@code /run/chrony} lie a process id and a socket, and
     * its drift file is written without a server as well. Debian's has {@code rtcsync}, which lets
     * the kernel know, and then {@code adjtimex} says all there is to say.
     */
    Optional<FileTime> synced() {
        try {
            return Optional.of(
                    Files.getLastModifiedTime(root.resolve("run/systemd/timesync/synchronized")));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * Whether the kernel set the wall clock from a battery clock, and it still agrees. Over one
     * with an empty battery fake-hwclock puts a likely looking time.
     */
    boolean fromBattery(long wallMs) {
        var rtc = root.resolve("sys/class/rtc/rtc0");
        return line(rtc.resolve("hctosys")).filter("1"::equals).isPresent()
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
