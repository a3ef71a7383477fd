package org.mingchu.sensors.kernel;

import org.mingchu.sensors.Clock;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The time as the kernel knows it: boot id, CLOCK_BOOTTIME, the wall clock, and how far that can be
 * trusted. The boot id is read once; the trust at most once a second. Any thread.
 *
 * <p>In life the kernel's own error bound counts, and a kernel that has not heard from a time
 * source for about nine hours calls itself unsynchronised: then it is holdover. In a simulated tree
 * only its files count, never the host's clock state. A wall clock that says less than the time at
 * which this very program was made is unsynced, whatever else says otherwise.
 */
public final class KernelClock implements Clock {
    private static final Logger LOG = LoggerFactory.getLogger(KernelClock.class);

    private static final Path LIFE = Path.of("/");
    private static final long SYNC_EVERY_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long US_PER_MS = 1000;

    /** Error of a simulated wall clock that says it is synced. */
    static final long SIMULATED_ERROR_MS = 1000;

    /** What a Pi's crystal drifts at most, in parts per million. */
    static final long DRIFT_PPM = 50;

    /** A wall clock that moves further than drift and this in holdover was set by somebody. */
    static final long STEP_MS = 1000;

    /** A wall clock that moves so far within a second is looked at again at once. */
    private static final long LOOK_STEP_MS = 100;

    private static final long PPM = 1_000_000;

    private final String boot;
    private final Path root;
    private final InstantSource wall;
    private final KernelCalls calls;
    private final boolean life;
    private final SyncFiles files;
    private final long builtMs;

    private Trust trust = new Trust(ClockState.UNSYNCED, Moment.ERROR_UNKNOWN_MS);
    private Optional<Anchor> looked = Optional.empty();
    private Optional<Anchor> anchor = Optional.empty();
    private Optional<FileTime> counted = Optional.empty();

    private record Trust(ClockState state, long errorMs) {}

    /** What the wall clock said at a moment at which it was looked at. */
    private record Anchor(long upNs, long wallMs, long errorMs) {
        long sinceMs(long now) {
            return TimeUnit.NANOSECONDS.toMillis(now - upNs);
        }
    }

    /**
     * @param root of the tree the files are read from; the host's clock state counts only for
     *     {@code /}
     * @throws UncheckedIOException when the tree has no boot id
     */
    public KernelClock(Path root, InstantSource wall) {
        this(
                root,
                wall,
                Libc.open(),
                root.toAbsolutePath().normalize().equals(LIFE),
                BuildTime.ms());
    }

    KernelClock(Path root, InstantSource wall, KernelCalls calls, boolean life, long builtMs) {
        this.root = root;
        this.wall = wall;
        this.calls = calls;
        this.life = life;
        this.builtMs = builtMs;
        this.files = new SyncFiles(root);
        this.boot = line(root.resolve("proc/sys/kernel/random/boot_id"));
    }

    @Override
    public Moment now() {
        var upNs = upNs();
        var wallMs = wall.millis();
        var now = trust(upNs, wallMs);
        return new Moment(boot, upNs, wallMs, now.state, now.errorMs);
    }

    private long upNs() {
        return calls.bootNs().orElseGet(this::uptimeNs);
    }

    private long uptimeNs() {
        var seconds = line(root.resolve("proc/uptime")).split(" ", 2)[0];
        return new BigDecimal(seconds).movePointRight(9).longValue();
    }

    private synchronized Trust trust(long upNs, long wallMs) {
        if (looked.isEmpty() || old(looked.orElseThrow(), upNs, wallMs)) {
            looked = Optional.of(new Anchor(upNs, wallMs, 0));
            change(look(upNs, wallMs));
        }
        return trust;
    }

    /** What was true before a step must not vouch for what the wall clock says after it. */
    private static boolean old(Anchor look, long upNs, long wallMs) {
        return upNs - look.upNs >= SYNC_EVERY_NS
                || Math.abs(wallMs - look.wallMs - look.sinceMs(upNs)) > LOOK_STEP_MS;
    }

    private void change(Trust found) {
        if (found.state != trust.state) {
            LOG.info(
                    "event=clock state={} before={} fake_hwclock={}",
                    found.state.word(),
                    trust.state.word(),
                    files.fake());
        }
        trust = found;
    }

    private Trust look(long upNs, long wallMs) {
        if (wallMs < builtMs) {
            return new Trust(ClockState.UNSYNCED, Moment.ERROR_UNKNOWN_MS);
        }
        var synced = syncedErrorMs(upNs, wallMs);
        if (synced.isPresent()) {
            anchor = Optional.of(new Anchor(upNs, wallMs, synced.orElseThrow()));
            return new Trust(ClockState.SYNCED, synced.orElseThrow());
        }
        return anchor.flatMap(a -> held(a, upNs, wallMs)).orElseGet(() -> unheld(wallMs));
    }

    /** The error bound when a time source sets the clock, empty when none does. */
    private Optional<Long> syncedErrorMs(long upNs, long wallMs) {
        if (!life) {
            return syncedByFile(upNs, wallMs) ? Optional.of(SIMULATED_ERROR_MS) : Optional.empty();
        }
        var timex = calls.timex();
        if (timex.isEmpty()) {
            // a sandbox may refuse adjtimex; timesyncd's file is then all there is
            return syncedByFile(upNs, wallMs)
                    ? Optional.of(Moment.ERROR_UNKNOWN_MS)
                    : Optional.empty();
        }
        return timex.filter(KernelCalls.Timex::synced)
                .map(t -> Math.ceilDiv(t.maxErrorUs(), US_PER_MS));
    }

    /** The file stays when somebody sets the clock by hand; the kernel would know. */
    private boolean syncedByFile(long upNs, long wallMs) {
        var found = files.synced();
        if (found.isEmpty()
                || (found.equals(counted)
                        && anchor.filter(a -> stepped(a, upNs, wallMs)).isPresent())) {
            return false;
        }
        counted = found;
        return true;
    }

    private static boolean stepped(Anchor from, long upNs, long wallMs) {
        var sinceMs = from.sinceMs(upNs);
        return Math.abs(wallMs - from.wallMs - sinceMs) > driftMs(sinceMs) + STEP_MS;
    }

    private static long driftMs(long sinceMs) {
        return sinceMs * DRIFT_PPM / PPM + 1;
    }

    /** Empty when somebody moved the wall clock meanwhile. */
    private static Optional<Trust> held(Anchor from, long upNs, long wallMs) {
        if (stepped(from, upNs, wallMs)) {
            return Optional.empty();
        }
        var driftMs = driftMs(from.sinceMs(upNs));
        return Optional.of(
                new Trust(
                        ClockState.HOLDOVER,
                        from.errorMs == Moment.ERROR_UNKNOWN_MS
                                ? Moment.ERROR_UNKNOWN_MS
                                : from.errorMs + driftMs));
    }

    private Trust unheld(long wallMs) {
        return new Trust(
                files.fromBattery(wallMs) ? ClockState.RTC : ClockState.UNSYNCED,
                Moment.ERROR_UNKNOWN_MS);
    }

    private static String line(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot read "
                            + file
                            + " ("
                            + e.getClass().getSimpleName()
                            + "): every record needs it; under systemd keep ProcSubset=all, in a"
                            + " simulation write the file",
                    e);
        }
    }
}
