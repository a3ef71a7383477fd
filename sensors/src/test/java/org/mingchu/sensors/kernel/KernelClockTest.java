package org.mingchu.sensors.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;

final class KernelClockTest {
    private static final Path LIFE = Path.of("/");
    private static final long NOON_MS = Instant.parse("2026-11-23T04:00:00Z").toEpochMilli();
    private static final long BUILT_MS = Instant.parse("2026-11-01T00:00:00Z").toEpochMilli();
    private static final long HOUR_MS = 3_600_000;

    @TempDir private Path root;
    private final Kernel kernel = new Kernel();

    @BeforeEach
    void plantBootId() throws IOException {
        write("proc/sys/kernel/random/boot_id", "7d6ac4c8-2b5c-4f4b-9d5c-2f0b8a1c0e11\n");
    }

    @Test
    void in_life_boot_id_and_boot_time_are_the_kernels_own() throws IOException {
        var clock = new KernelClock(LIFE, InstantSource.system());

        var uptimeBefore = uptimeNs();
        var moment = clock.now();
        var uptimeAfter = uptimeNs();

        assertThat(moment.boot())
                .isEqualTo(Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip());
        // uptime has hundredths of a second
        assertThat(moment.upNs()).isBetween(uptimeBefore - 20_000_000, uptimeAfter + 20_000_000);
        assertThat(clock.now().upNs()).isGreaterThan(moment.upNs());
    }

    @Test
    void the_c_library_tells_the_kernels_opinion_of_its_clock() {
        var timex = Libc.open().timex();

        assertThat(timex).isPresent();
        assertThat(timex.orElseThrow().maxErrorUs()).isBetween(0L, 17_000_000L);
    }

    @Test
    void without_native_calls_boot_time_comes_from_uptime() throws IOException {
        write("proc/uptime", "350735.47 234388.90\n");

        var moment =
                new KernelClock(root, () -> Instant.EPOCH, KernelCalls.NONE, false, BUILT_MS).now();

        assertThat(moment.upNs()).isEqualTo(350_735_470_000_000L);
    }

    @Test
    void a_tree_without_a_boot_id_is_refused_with_file_and_remedy() throws IOException {
        var file = root.resolve("proc/sys/kernel/random/boot_id");
        Files.delete(file);

        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> simulated())
                .withMessageContaining(file.toString())
                .withMessageContaining("ProcSubset=all");
    }

    @Test
    void a_simulated_clock_is_synced_by_its_file_and_in_holdover_when_the_file_goes()
            throws IOException {
        var clock = simulated();
        assertThat(clock.now().clock()).isEqualTo(ClockState.UNSYNCED);
        assertThat(clock.now().errorMs()).isEqualTo(Moment.ERROR_UNKNOWN_MS);

        var synced = write("run/systemd/timesync/synchronized", "");
        kernel.pass(1_000);
        assertThat(clock.now().clock()).isEqualTo(ClockState.SYNCED);
        assertThat(clock.now().errorMs()).isEqualTo(KernelClock.SIMULATED_ERROR_MS);

        Files.delete(synced);
        kernel.pass(24 * HOUR_MS);
        assertThat(clock.now().clock()).isEqualTo(ClockState.HOLDOVER);
        // 50 ppm of a day are 4.32 s
        assertThat(clock.now().errorMs()).isEqualTo(1_000 + 4_320 + 1);
    }

    @Test
    void a_simulated_clock_never_asks_the_hosts_clock_state() {
        kernel.timex = Optional.of(new KernelCalls.Timex(true, 1_000));

        assertThat(simulated().now().clock()).isEqualTo(ClockState.UNSYNCED);
    }

    @Test
    void a_clock_that_somebody_sets_in_holdover_is_trusted_no_more() throws IOException {
        var synced = write("run/systemd/timesync/synchronized", "");
        var clock = simulated();
        clock.now();
        Files.delete(synced);
        kernel.pass(HOUR_MS);
        assertThat(clock.now().clock()).isEqualTo(ClockState.HOLDOVER);

        kernel.wallMs += 2 * HOUR_MS;
        kernel.pass(1_000);

        assertThat(clock.now().clock()).isEqualTo(ClockState.UNSYNCED);
    }

    @Test
    void
            a_clock_that_somebody_sets_is_trusted_again_when_the_file_is_touched_anew_or_it_is_set_back()
                    throws IOException {
        var synced = write("run/systemd/timesync/synchronized", "");
        var clock = simulated();
        clock.now();
        kernel.wallMs += 2 * HOUR_MS;
        kernel.pass(1_000);
        assertThat(clock.now().clock()).isEqualTo(ClockState.UNSYNCED);

        kernel.wallMs -= 2 * HOUR_MS;
        kernel.pass(1_000);
        assertThat(clock.now().clock()).isEqualTo(ClockState.SYNCED);

        kernel.wallMs -= 2 * HOUR_MS;
        kernel.pass(1_000);
        assertThat(clock.now().clock()).isEqualTo(ClockState.UNSYNCED);
        Files.setLastModifiedTime(synced, FileTime.fromMillis(kernel.wallMs));
        kernel.pass(1_000);
        assertThat(clock.now().clock()).isEqualTo(ClockState.SYNCED);
    }

    @Test
    void a_clock_earlier_than_the_program_is_unsynced_whatever_else_says_otherwise()
            throws IOException {
        write("run/systemd/timesync/synchronized", "");
        write("sys/class/rtc/rtc0/hctosys", "1\n");
        kernel.timex = Optional.of(new KernelCalls.Timex(true, 48_001));
        var trueMs = kernel.wallMs;
        for (var wallMs : new long[] {1_000, BUILT_MS - 1}) {
            kernel.wallMs = wallMs;
            write("sys/class/rtc/rtc0/since_epoch", wallMs / 1000 + "\n");
            assertThat(simulated().now().clock()).isEqualTo(ClockState.UNSYNCED);
            assertThat(inLife().now().clock()).isEqualTo(ClockState.UNSYNCED);
            assertThat(inLife().now().errorMs()).isEqualTo(Moment.ERROR_UNKNOWN_MS);
        }

        kernel.wallMs = BUILT_MS;
        assertThat(simulated().now().clock()).isEqualTo(ClockState.SYNCED);
        kernel.wallMs = trueMs;
        assertThat(inLife().now().clock()).isEqualTo(ClockState.SYNCED);
    }

    @Test
    void the_program_knows_when_it_was_made() {
        assertThat(BuildTime.ms())
                .isGreaterThan(Instant.parse("2026-01-01T00:00:00Z").toEpochMilli());
    }

    @Test
    void the_time_of_the_last_shutdown_is_neither_synced_nor_a_battery_clock() throws IOException {
        write("etc/fake-hwclock.data", "2026-11-20 10:17:01\n");
        assertThat(simulated().now().clock()).isEqualTo(ClockState.UNSYNCED);
        kernel.timex = Optional.of(new KernelCalls.Timex(false, 16_000_000));
        assertThat(inLife().now().clock()).isEqualTo(ClockState.UNSYNCED);

        // a real source of time counts all the same
        kernel.timex = Optional.of(new KernelCalls.Timex(true, 1_000));
        assertThat(inLife().now().clock()).isEqualTo(ClockState.SYNCED);
    }

    @Test
    void what_chrony_leaves_in_its_folder_says_nothing() throws IOException {
        write("run/chrony/chronyd.pid", "412\n");
        write("var/lib/chrony/chrony.drift", "-12.3 0.4\n");
        assertThat(simulated().now().clock()).isEqualTo(ClockState.UNSYNCED);
    }

    @Test
    void the_trust_is_looked_up_at_most_once_a_second() throws IOException {
        var clock = simulated();
        clock.now();
        write("run/systemd/timesync/synchronized", "");

        kernel.pass(999);
        assertThat(clock.now().clock()).isEqualTo(ClockState.UNSYNCED);
        kernel.pass(1);
        assertThat(clock.now().clock()).isEqualTo(ClockState.SYNCED);
    }

    @Test
    void the_trust_of_a_second_ago_does_not_vouch_for_a_clock_that_was_set_since()
            throws IOException {
        write("run/systemd/timesync/synchronized", "");
        var clock = simulated();
        assertThat(clock.now().clock()).isEqualTo(ClockState.SYNCED);

        kernel.wallMs += 2 * HOUR_MS;
        kernel.pass(1);

        assertThat(clock.now().clock()).isEqualTo(ClockState.UNSYNCED);
    }

    @Test
    void a_battery_clock_that_set_the_time_counts_as_rtc() throws IOException {
        write("sys/class/rtc/rtc0/hctosys", "1\n");
        assertThat(simulated().now().clock()).isEqualTo(ClockState.RTC);

        write("sys/class/rtc/rtc0/hctosys", "0\n");
        assertThat(simulated().now().clock()).isEqualTo(ClockState.UNSYNCED);
    }

    @Test
    void a_battery_clock_that_is_empty_is_no_source_of_time() throws IOException {
        write("sys/class/rtc/rtc0/hctosys", "1\n");
        kernel.wallMs = Instant.parse("2000-01-01T00:03:00Z").toEpochMilli();

        assertThat(simulated().now().clock()).isEqualTo(ClockState.UNSYNCED);
    }

    @Test
    void the_time_of_the_last_shutdown_put_over_an_empty_battery_clock_is_recognised()
            throws IOException {
        write("etc/fake-hwclock.data", "2026-11-20 10:17:01\n");
        write("sys/class/rtc/rtc0/hctosys", "1\n");
        assertThat(simulated().now().clock()).isEqualTo(ClockState.UNSYNCED);

        write("sys/class/rtc/rtc0/since_epoch", "946684980\n");
        assertThat(simulated().now().clock()).isEqualTo(ClockState.UNSYNCED);

        write("sys/class/rtc/rtc0/since_epoch", kernel.wallMs / 1000 + "\n");
        assertThat(simulated().now().clock()).isEqualTo(ClockState.RTC);
    }

    @Test
    void in_life_the_kernels_bound_counts_and_its_unsync_flag_is_holdover() {
        kernel.timex = Optional.of(new KernelCalls.Timex(true, 48_001));
        var clock = new KernelClock(root, kernel, kernel, true, BUILT_MS);
        assertThat(clock.now().clock()).isEqualTo(ClockState.SYNCED);
        assertThat(clock.now().errorMs()).isEqualTo(49);

        kernel.timex = Optional.of(new KernelCalls.Timex(false, 16_000_000));
        kernel.pass(10_000);
        assertThat(clock.now().clock()).isEqualTo(ClockState.HOLDOVER);
        assertThat(clock.now().errorMs()).isEqualTo(49 + 1);
    }

    @Test
    void in_a_sandbox_that_hides_adjtimex_timesyncds_file_counts_without_a_bound()
            throws IOException {
        write("run/systemd/timesync/synchronized", "");

        var moment = new KernelClock(root, kernel, kernel, true, BUILT_MS).now();

        assertThat(moment.clock()).isEqualTo(ClockState.SYNCED);
        assertThat(moment.errorMs()).isEqualTo(Moment.ERROR_UNKNOWN_MS);
    }

    private KernelClock inLife() {
        return new KernelClock(root, kernel, kernel, true, BUILT_MS);
    }

    private KernelClock simulated() {
        return new KernelClock(root, kernel, kernel, false, BUILT_MS);
    }

    private Path write(String name, String text) throws IOException {
        var file = root.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private static long uptimeNs() throws IOException {
        var seconds = Files.readString(Path.of("/proc/uptime")).split(" ", 2)[0];
        return new BigDecimal(seconds).movePointRight(9).longValue();
    }

    /** A kernel whose clock is moved by hand: nobody can unsynchronise the real one for a test. */
    private static final class Kernel implements KernelCalls, InstantSource {
        private long upMs = 60_000;
        private long wallMs = NOON_MS;
        private Optional<Timex> timex = Optional.empty();

        void pass(long ms) {
            upMs += ms;
            wallMs += ms;
        }

        @Override
        public OptionalLong bootNs() {
            return OptionalLong.of(upMs * 1_000_000);
        }

        @Override
        public Optional<Timex> timex() {
            return timex;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(wallMs);
        }
    }
}
