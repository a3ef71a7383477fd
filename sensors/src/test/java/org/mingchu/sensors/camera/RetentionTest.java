package org.mingchu.sensors.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mingchu.config.CameraVerdict.DISK_FAULT;
import static org.mingchu.config.CameraVerdict.DISK_FULL;
import static org.mingchu.config.CameraVerdict.HEALTHY;
import static org.mingchu.config.CameraVerdict.RECORDING_SHORT;
import static org.mingchu.config.CameraVerdict.RECORDING_STOPPED;
import static org.mingchu.config.CameraVerdict.UNKNOWN;

import org.junit.jupiter.api.Test;
import org.mingchu.config.CameraVerdict;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.HandClock;
import org.mingchu.sensors.camera.onvif.Disk;
import org.mingchu.sensors.camera.onvif.Skew;
import org.mingchu.sensors.camera.onvif.Span;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

final class RetentionTest {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Optional<List<Disk>> ROOM = disks(Disk.State.GOOD, 500_000);
    private static final Optional<List<Disk>> NO_ROOM = disks(Disk.State.GOOD, 0);
    private static final Optional<List<Disk>> SAYS_NOTHING = Optional.empty();

    private final HandClock clock = new HandClock();
    private Retention retention = new Retention(plan(Optional.empty()));

    @Test
    void thirty_days_are_enough_and_a_disk_that_is_written_over_is_no_fault() {
        assertThat(recorder(NO_ROOM, days(30, 0))).isEqualTo(HEALTHY);
        assertThat(recorder(ROOM, days(31, 0))).isEqualTo(HEALTHY);
    }

    @Test
    void a_full_disk_whose_recordings_stopped_three_days_ago_is_full_and_is_one_event() {
        assertThat(recorder(NO_ROOM, days(40, 3))).isEqualTo(DISK_FULL);
        assertThat(channel(NO_ROOM, days(40, 3), days(40, 3))).isEqualTo(UNKNOWN);
    }

    @Test
    void recordings_that_stopped_with_room_on_the_disk_have_stopped() {
        assertThat(recorder(ROOM, days(40, 3))).isEqualTo(RECORDING_STOPPED);
        assertThat(recorder(SAYS_NOTHING, days(40, 3))).isEqualTo(RECORDING_STOPPED);
        assertThat(recorder(ROOM, Span.NOTHING)).isEqualTo(RECORDING_STOPPED);
    }

    @Test
    void one_channel_that_stopped_is_named_alone() {
        assertThat(recorder(ROOM, days(40, 0))).isEqualTo(HEALTHY);
        assertThat(channel(ROOM, days(40, 0), days(40, 3))).isEqualTo(RECORDING_STOPPED);
        assertThat(channel(ROOM, days(40, 0), days(40, 0))).isEqualTo(HEALTHY);
    }

    @Test
    void a_broken_missing_or_unformatted_disk_is_a_fault_whatever_is_recorded() {
        assertThat(recorder(disks(Disk.State.FAULTY, 0), days(40, 0))).isEqualTo(DISK_FAULT);
        assertThat(recorder(Optional.of(List.of()), days(40, 0))).isEqualTo(DISK_FAULT);
        var two =
                List.of(
                        new Disk("1", Disk.State.GOOD, Optional.of(9_000L)),
                        new Disk("2", Disk.State.FAULTY, Optional.of(0L)));
        assertThat(recorder(Optional.of(two), days(40, 0))).isEqualTo(DISK_FAULT);
        assertThat(channel(Optional.of(two), days(40, 0), days(40, 3)))
                .isEqualTo(RECORDING_STOPPED);
        assertThat(channel(Optional.of(two), days(40, 3), days(40, 3))).isEqualTo(UNKNOWN);
    }

    @Test
    void a_recorder_that_tells_nothing_of_recordings_is_believed_only_when_it_calls_itself_full() {
        assertThat(retention.recorder(evidence(NO_ROOM, Optional.empty())).verdict())
                .isEqualTo(UNKNOWN);
        assertThat(retention.recorder(evidence(SAYS_NOTHING, Optional.empty())).verdict())
                .isEqualTo(UNKNOWN);
        var full = disks(Disk.State.FULL, 0);
        assertThat(retention.recorder(evidence(full, Optional.empty())).verdict())
                .isEqualTo(DISK_FULL);
        assertThat(recorder(full, days(40, 0))).isEqualTo(HEALTHY);
    }

    @Test
    void a_new_recorder_is_not_short_of_what_it_cannot_have() {
        assertThat(recorder(ROOM, days(2, 0))).isEqualTo(HEALTHY);
        assertThat(channel(ROOM, days(2, 0), days(2, 0))).isEqualTo(HEALTHY);
        clock.add(DAY.multipliedBy(20).toMillis());
        assertThat(recorder(ROOM, days(22, 0))).isEqualTo(HEALTHY);
    }

    @Test
    void a_disk_too_small_for_thirty_days_is_short_as_soon_as_it_is_written_over() {
        assertThat(recorder(NO_ROOM, days(9, 0))).isEqualTo(RECORDING_SHORT);
        assertThat(channel(NO_ROOM, days(9, 0), days(9, 0))).isEqualTo(UNKNOWN);
    }

    @Test
    void a_camera_added_last_week_to_a_full_recorder_is_not_short() {
        assertThat(recorder(NO_ROOM, days(45, 0))).isEqualTo(HEALTHY);
        assertThat(channel(NO_ROOM, days(45, 0), days(7, 0))).isEqualTo(HEALTHY);
    }

    @Test
    void an_oldest_recording_that_moves_on_proves_that_older_ones_were_there() {
        assertThat(recorder(SAYS_NOTHING, days(9, 0))).isEqualTo(HEALTHY);
        clock.add(DAY.toMillis() * 2);
        assertThat(recorder(SAYS_NOTHING, days(9, 0))).isEqualTo(RECORDING_SHORT);
    }

    @Test
    void a_disk_that_was_wiped_is_short_at_once() {
        assertThat(recorder(ROOM, days(20, 0))).isEqualTo(HEALTHY);
        clock.add(DAY.toMillis());
        assertThat(recorder(ROOM, days(0, 0))).isEqualTo(RECORDING_SHORT);
        clock.add(DAY.toMillis());
        assertThat(recorder(ROOM, days(1, 0))).isEqualTo(RECORDING_SHORT);
    }

    /** Some write local time as UTC: what was 7 h old is taken to be 0 h old a while later. */
    @Test
    void the_width_of_a_time_zone_is_no_move() {
        assertThat(recorder(ROOM, hours(7))).isEqualTo(HEALTHY);
        clock.add(Duration.ofHours(2).toMillis());
        assertThat(recorder(ROOM, hours(1))).isEqualTo(HEALTHY);
    }

    @Test
    void a_recorders_clock_that_was_set_voids_what_was_remembered() {
        retention.clock(new Skew(0, 500, true));
        assertThat(recorder(ROOM, days(5, 0))).isEqualTo(HEALTHY);
        retention.clock(new Skew(-DAY.toMillis() * 3, 500, true));
        assertThat(recorder(ROOM, days(2, 0))).isEqualTo(HEALTHY);
        retention.clock(new Skew(-DAY.toMillis() * 3 + 900, 500, true));
        clock.add(DAY.toMillis() * 2);
        assertThat(recorder(ROOM, days(1, 0))).isEqualTo(RECORDING_SHORT);
    }

    @Test
    void thirty_days_under_our_eyes_are_proof_too() {
        assertThat(recorder(ROOM, days(1, 0))).isEqualTo(HEALTHY);
        clock.add(DAY.toMillis() * 30);
        assertThat(recorder(ROOM, days(29, 0))).isEqualTo(RECORDING_SHORT);
    }

    @Test
    void the_site_files_word_is_proof_while_somebody_knows_what_time_it_is() {
        var since = Instant.ofEpochMilli(HandClock.START_WALL_MS).minus(Duration.ofDays(31));
        retention = new Retention(plan(Optional.of(since)));

        assertThat(recorder(ROOM, days(9, 0))).isEqualTo(RECORDING_SHORT);
        clock.wall(HandClock.START_WALL_MS, ClockState.UNSYNCED);
        assertThat(recorder(ROOM, days(9, 0))).isEqualTo(HEALTHY);
        retention = new Retention(plan(Optional.of(since.plus(Duration.ofDays(2)))));
        clock.wall(HandClock.START_WALL_MS, ClockState.SYNCED);
        assertThat(recorder(ROOM, days(9, 0))).isEqualTo(HEALTHY);
    }

    @Test
    void a_channel_that_is_short_alone_is_named_alone() {
        var since = Instant.ofEpochMilli(HandClock.START_WALL_MS).minus(Duration.ofDays(31));
        retention = new Retention(plan(Optional.of(since)));

        assertThat(channel(ROOM, days(45, 0), days(9, 0))).isEqualTo(RECORDING_SHORT);
    }

    @Test
    void a_channel_of_which_nothing_is_told_is_unknown() {
        var evidence = evidence(ROOM, Optional.of(days(40, 0)));

        assertThat(retention.channel("c", Optional.empty(), new Found(HEALTHY), evidence).verdict())
                .isEqualTo(UNKNOWN);
    }

    private CameraVerdict recorder(Optional<List<Disk>> disks, Span whole) {
        return retention.recorder(evidence(disks, Optional.of(whole))).verdict();
    }

    private CameraVerdict channel(Optional<List<Disk>> disks, Span whole, Span own) {
        var evidence = evidence(disks, Optional.of(whole));
        var recorder = retention.recorder(evidence);
        return retention.channel("c", Optional.of(own), recorder, evidence).verdict();
    }

    private Retention.Evidence evidence(Optional<List<Disk>> disks, Optional<Span> whole) {
        return new Retention.Evidence(clock.now(), disks, whole);
    }

    private static Optional<List<Disk>> disks(Disk.State state, long freeMb) {
        return Optional.of(List.of(new Disk("1", state, Optional.of(freeMb))));
    }

    private static Span days(long oldest, long newest) {
        return new Span(
                Optional.of(DAY.multipliedBy(oldest).toMillis()),
                Optional.of(DAY.multipliedBy(newest).toMillis()));
    }

    private static Span hours(long oldest) {
        return new Span(Optional.of(Duration.ofHours(oldest).toMillis()), Optional.of(0L));
    }

    private static RecorderPlan plan(Optional<Instant> since) {
        return new RecorderPlan(
                "nvr",
                URI.create("http://127.0.0.1"),
                "rtsp://127.0.0.1/{channel}",
                RecorderPlan.Language.ANY,
                List.of(),
                Duration.ofDays(30),
                RecorderPlan.NEAR,
                since);
    }
}
