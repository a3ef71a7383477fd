package org.mingchu.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.gateway.doctor.MonthBytes;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** A SIM through months, restarts and power cuts: what it has carried is paid for, and no more. */
class MobileMeterTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    @TempDir private Path folder;

    private Moment now = at("2026-11-30T22:00:00", ClockState.SYNCED, "one");

    @Test
    void a_restart_of_the_program_counts_nothing_twice() throws IOException {
        carried(1_000, 200);
        look();
        carried(5_000, 300);
        look();
        look();

        assertThat(kept())
                .isEqualTo(new MonthBytes(YearMonth.of(2026, 11), 5_300, "one", kept().ports()));
    }

    @Test
    void a_boot_begins_the_kernel_s_count_and_not_ours() throws IOException {
        carried(1_000, 200);
        look();
        now = at("2026-11-30T22:30:00", ClockState.SYNCED, "two");
        carried(1_500, 0);
        look();

        assertThat(kept().bytes()).isEqualTo(2_700);
    }

    @Test
    void a_stick_that_is_plugged_in_anew_counts_from_nothing() throws IOException {
        carried(1_000, 0);
        look();
        carried(400, 0);
        look();

        assertThat(kept().bytes()).isEqualTo(1_400);
    }

    @Test
    void a_month_of_the_kitchen_begins_with_nothing() throws IOException {
        carried(1_000, 0);
        look();
        now = at("2026-12-01T00:05:00", ClockState.SYNCED, "one");
        carried(1_700, 0);
        look();

        assertThat(kept().month()).isEqualTo(YearMonth.of(2026, 12));
        assertThat(kept().bytes()).isEqualTo(700);
    }

    @Test
    void a_clock_that_nobody_has_set_gives_no_month_away() throws IOException {
        carried(1_000, 0);
        look();
        now = at("1970-01-01T08:00:30", ClockState.UNSYNCED, "two");
        carried(10, 0);
        look();
        assertThat(kept().month()).isEqualTo(YearMonth.of(2026, 11));

        now = at("2026-11-30T23:00:00", ClockState.SYNCED, "two");
        carried(30, 0);
        look();
        assertThat(kept().bytes()).isEqualTo(1_030);
    }

    @Test
    void a_clock_that_was_ahead_is_put_right() throws IOException {
        now = at("2031-01-01T00:00:00", ClockState.RTC, "one");
        carried(10, 0);
        look();
        now = at("2026-11-30T22:00:00", ClockState.SYNCED, "one");
        carried(30, 0);
        look();

        assertThat(kept().month()).isEqualTo(YearMonth.of(2026, 11));
        assertThat(kept().bytes()).isEqualTo(20);
    }

    @Test
    void half_a_file_is_no_sum_and_a_kitchen_without_a_modem_has_none() throws IOException {
        look();
        assertThat(MonthBytes.read(folder)).isEmpty();

        for (var text : new String[] {"", "month 2026-13 5\n", "month 2026-11 x\n", "mon"}) {
            Files.writeString(folder.resolve(MonthBytes.FILE), text);
            assertThat(MonthBytes.read(folder)).as(text).isEmpty();
        }
    }

    @Test
    void a_cable_costs_nothing() throws IOException {
        port("eth0", 7_000_000, 7_000_000);
        look();

        assertThat(MonthBytes.read(folder)).isEmpty();
    }

    private MonthBytes kept() {
        return MonthBytes.read(folder).orElseThrow();
    }

    private void look() {
        new MobileMeter(folder, folder, () -> now, ZONE).look();
    }

    private void carried(long in, long out) throws IOException {
        port("wwan0", in, out);
    }

    private void port(String name, long in, long out) throws IOException {
        var counters =
                Files.createDirectories(folder.resolve("sys/class/net/" + name + "/statistics"));
        Files.writeString(counters.resolve("rx_bytes"), in + "\n");
        Files.writeString(counters.resolve("tx_bytes"), out + "\n");
    }

    private static Moment at(String time, ClockState clock, String boot) {
        var wallMs = ZonedDateTime.parse(time + "+08:00").toInstant().toEpochMilli();
        return new Moment(boot, 0, wallMs, clock, 10);
    }
}
