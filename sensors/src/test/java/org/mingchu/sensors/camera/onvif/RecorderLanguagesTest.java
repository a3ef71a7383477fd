package org.mingchu.sensors.camera.onvif;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.mingchu.config.CameraVerdict;
import org.mingchu.sensors.Clock;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.camera.http.CameraHttp;
import org.mingchu.sensors.camera.http.Digest;
import org.mingchu.sensors.camera.http.Snapshot;
import org.mingchu.sensors.camera.http.Terms;
import org.mingchu.simulator.wire.Camera;
import org.mingchu.simulator.wire.Recorder.Tongue;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SequencedSet;

/** Both languages against a recorder that knows them by itself. */
final class RecorderLanguagesTest {
    private static final int CHANNELS = 8;
    private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, 1, 2, 3};
    private static final Duration KEEP = Duration.ofDays(30);
    private static final Duration NEAR = Duration.ofHours(24);

    private static final Terms AMPLE =
            Terms.DEFAULT.within(Duration.ofSeconds(20), Duration.ofSeconds(30));

    /** True time, as a gateway with NTP has it. */
    private static final Clock CLOCK =
            () ->
                    new Moment(
                            "boot",
                            System.nanoTime(),
                            System.currentTimeMillis(),
                            ClockState.SYNCED,
                            1);

    private final Random chance = new Random(7);
    private final org.mingchu.simulator.wire.Recorder recorder =
            new org.mingchu.simulator.wire.Recorder(
                    CHANNELS, new Camera.Login("viewer", "r<i>g&ht"), JPEG, InstantSource.system());

    @AfterEach
    void close() {
        recorder.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Tongue.class,
            names = {"ISAPI", "ONVIF", "GUARDED_ONVIF"})
    void the_clock_is_measured_within_its_error(Tongue tongue) {
        recorder.tongue(tongue);
        for (var seconds : List.of(0L, -7L, 12L)) {
            recorder.clockAhead(Duration.ofSeconds(seconds));
            var skew = language(tongue).clock().known().orElseThrow();

            assertThat(skew.ms())
                    .isBetween(seconds * 1000 - skew.errorMs(), seconds * 1000 + skew.errorMs());
            assertThat(skew.errorMs()).isBetween(500L, 15_000L);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ISAPI, PT1H, CLOCK_ZONE",
        "ISAPI, PT7M, CLOCK_WRONG",
        "ONVIF, PT8H, CLOCK_ZONE",
        "ONVIF, PT-30000H, CLOCK_WRONG"
    })
    void a_clock_that_is_wrong_says_so(Tongue tongue, Duration ahead, CameraVerdict verdict) {
        recorder.tongue(tongue);
        recorder.clockAhead(ahead);

        assertThat(language(tongue).clock().known().orElseThrow().verdict()).isEqualTo(verdict);
    }

    /** Nothing is told without a login, and a token of our own time would be an hour old. */
    @Test
    void a_clock_kept_for_those_who_log_in_is_read_with_the_help_of_its_refusal() {
        recorder.tongue(Tongue.GUARDED_ONVIF);
        recorder.clockAhead(Duration.ofMinutes(-61));
        var skew = language(Tongue.GUARDED_ONVIF).clock().known().orElseThrow();

        assertThat(skew.verdict()).isEqualTo(CameraVerdict.CLOCK_WRONG);
        assertThat(onvif("viewer", "wrong").clock())
                .isEqualTo(new Told.Failed<>(CameraVerdict.AUTH, "credentials refused"));
    }

    /** Its tokens are good for 20 s by its own clock, and its clock is an hour off. */
    @Test
    void what_needs_a_login_is_signed_in_the_devices_own_time() {
        recorder.tongue(Tongue.ONVIF);
        recorder.clockAhead(Duration.ofMinutes(-61));
        var profiles = onvif("viewer", "r<i>g&ht").profiles().known().orElseThrow();

        assertThat(profiles).hasSize(CHANNELS);
        assertThat(profiles.get(2))
                .isEqualTo(new Onvif.Profile("Profile_3", "VideoSource_3", 640, 360));
        assertThat(onvif("viewer", "wrong").profiles())
                .isEqualTo(new Told.Failed<>(CameraVerdict.AUTH, "credentials refused"));
    }

    @Test
    void a_snapshot_is_found_and_taken_on_this_host_and_on_no_other() {
        var onvif = onvif("viewer", "r<i>g&ht");
        var target = onvif.snapshot("Profile_2").known().orElseThrow();

        assertThat(target).isEqualTo("/ISAPI/Streaming/channels/201/picture?a=1&b=2");
        assertThat(new Snapshot(http(), target).take()).isInstanceOf(Snapshot.Shot.Picture.class);
        assertThat(onvif.snapshot("Profile_8"))
                .isInstanceOfSatisfying(
                        Told.Failed.class,
                        f -> assertThat(f.stage()).isEqualTo(CameraVerdict.PROTOCOL));
    }

    @ParameterizedTest
    @EnumSource(
            value = Tongue.class,
            names = {"ISAPI", "ONVIF"})
    void spans_are_told_by_channel_and_of_the_whole(Tongue tongue) {
        recorder.tongue(tongue);
        recorder.recordings(3, Duration.ofDays(6), Duration.ZERO);
        recorder.recordings(5, Duration.ofDays(45), Duration.ofDays(3));
        var recorded = recorded(tongue, 1, 3, 5, 8);

        assertThat(hours(recorded.whole(), Span::oldestAgeMs)).isBetween(30 * 24L, 45 * 24L);
        assertThat(hours(recorded.whole(), Span::newestAgeMs)).isLessThan(24);
        assertThat(hours(told(recorded, 3), Span::oldestAgeMs)).isBetween(6 * 24L - 15, 6 * 24L);
        assertThat(hours(told(recorded, 3), Span::newestAgeMs)).isLessThan(24);
        assertThat(hours(told(recorded, 5), Span::newestAgeMs)).isBetween(24L, 3 * 24L);
        assertThat(hours(told(recorded, 8), Span::oldestAgeMs)).isBetween(30 * 24L, 45 * 24L);
        assertThat(hours(told(recorded, 1), Span::newestAgeMs)).isLessThan(24);
    }

    @Test
    void a_recorder_that_falls_silent_is_not_asked_for_one_channel_after_another() {
        var hasty = AMPLE.within(Duration.ofSeconds(20), Duration.ofMillis(300));
        var isapi = new Isapi(http(hasty), CLOCK);
        assertThat(isapi.clock().known()).isPresent();
        var before = recorder.webCallers();

        recorder.web(org.mingchu.simulator.wire.Recorder.Web.SILENT);
        var recorded = isapi.recorded(channels(1, 3, 5, 8), new Recorder.Horizon(KEEP, NEAR));

        assertThat(recorder.webCallers() - before).isEqualTo(1);
        assertThat(recorded.channels()).hasSize(4);
        assertThat(recorded.channels().values())
                .allMatch(t ->
                        t instanceof Told.Failed<Span>(var stage, _)
                                && stage == CameraVerdict.NO_ANSWER);
    }

    @Test
    void a_channel_without_any_recording_has_an_empty_span() {
        recorder.recordings(2, Duration.ZERO, Duration.ZERO);

        assertThat(told(recorded(Tongue.ISAPI, 2), 2)).isEqualTo(new Told.Known<>(Span.NOTHING));
    }

    @ParameterizedTest
    @CsvSource({
        "GOOD, GOOD, false",
        "NO_SPACE, GOOD, true",
        "FULL, FULL, true",
        "ERROR, FAULTY, false",
        "UNFORMATTED, FAULTY, false",
        "READ_ONLY, READ_ONLY, false",
    })
    void a_disk_is_told_as_it_stands(
            org.mingchu.simulator.wire.Recorder.Disk disk, Disk.State state, boolean full) {
        recorder.disk(disk);

        assertThat(language(Tongue.ISAPI).disks().known().orElseThrow())
                .singleElement()
                .satisfies(d -> assertThat(d.state()).isEqualTo(state))
                .satisfies(d -> assertThat(d.full()).isEqualTo(full));
    }

    @Test
    void a_recorder_without_a_disk_has_none() {
        recorder.disk(org.mingchu.simulator.wire.Recorder.Disk.MISSING);

        assertThat(language(Tongue.ISAPI).disks()).isEqualTo(new Told.Known<>(List.of()));
    }

    @Test
    void a_language_the_device_does_not_know_is_absent_and_no_fault() {
        recorder.tongue(Tongue.ONVIF);
        assertThat(language(Tongue.ISAPI).clock()).isInstanceOf(Told.Absent.class);
        assertThat(language(Tongue.ONVIF).disks()).isInstanceOf(Told.Absent.class);
        recorder.tongue(Tongue.ISAPI);
        assertThat(language(Tongue.ONVIF).clock()).isInstanceOf(Told.Absent.class);
    }

    private Recorder.Recorded recorded(Tongue tongue, Integer... channels) {
        var language = language(tongue);
        assertThat(language.clock().known()).isPresent();
        return language.recorded(channels(channels), new Recorder.Horizon(KEEP, NEAR));
    }

    private static SequencedSet<Integer> channels(Integer... channels) {
        return new LinkedHashSet<>(List.of(channels));
    }

    private static Told<Span> told(Recorder.Recorded recorded, int channel) {
        return Optional.ofNullable(recorded.channels().get(channel)).orElseThrow();
    }

    private static long hours(
            Told<Span> span, java.util.function.Function<Span, Optional<Long>> age) {
        return span.known().flatMap(age).map(Duration::ofMillis).orElseThrow().toHours();
    }

    private Recorder language(Tongue tongue) {
        return tongue == Tongue.ISAPI ? new Isapi(http(), CLOCK) : onvif("viewer", "r<i>g&ht");
    }

    private Onvif onvif(String user, String password) {
        return new Onvif(http(), Optional.of(new Digest.Login(user, password)), CLOCK, chance);
    }

    private CameraHttp http() {
        return http(AMPLE);
    }

    private CameraHttp http(Terms terms) {
        return new CameraHttp(
                recorder.web(),
                Optional.of(new Digest.Login("viewer", "r<i>g&ht")),
                terms,
                CLOCK,
                chance);
    }
}
