package org.mingchu.sensors.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mingchu.config.CameraVerdict.AUTH;
import static org.mingchu.config.CameraVerdict.CLOCK_WRONG;
import static org.mingchu.config.CameraVerdict.DISK_FAULT;
import static org.mingchu.config.CameraVerdict.DISK_FULL;
import static org.mingchu.config.CameraVerdict.HEALTHY;
import static org.mingchu.config.CameraVerdict.NO_ANSWER;
import static org.mingchu.config.CameraVerdict.NO_SUCH_STREAM;
import static org.mingchu.config.CameraVerdict.NO_VIDEO;
import static org.mingchu.config.CameraVerdict.RECORDING_STOPPED;
import static org.mingchu.config.CameraVerdict.REFUSED;
import static org.mingchu.config.CameraVerdict.UNKNOWN;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mingchu.config.CameraVerdict;
import org.mingchu.config.Secrets;
import org.mingchu.sensors.Clock;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.Reading;
import org.mingchu.sensors.Sensor;
import org.mingchu.sensors.camera.http.Terms;
import org.mingchu.simulator.wire.Camera;
import org.mingchu.simulator.wire.Recorder;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/** A recorder with eight channels, every failure of which is named alone. */
final class RecorderProbeTest {
    private static final int CHANNELS = 8;
    private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, 1};

    private static final Terms AMPLE =
            Terms.DEFAULT.within(Duration.ofSeconds(20), Duration.ofSeconds(30));

    /** Each reading asks anew, and waits as long as it takes. */
    private static final Asking.Pace EACH =
            new Asking.Pace(Duration.ZERO, Duration.ofSeconds(60), Duration.ofMinutes(10));

    private static final Asking.Pace EACH_MINUTE =
            new Asking.Pace(Duration.ofMinutes(1), Duration.ofSeconds(60), Duration.ofMinutes(10));

    private static final Clock CLOCK =
            () ->
                    new Moment(
                            "boot",
                            System.nanoTime(),
                            System.currentTimeMillis(),
                            ClockState.SYNCED,
                            1);

    /** What hangs is given up soon; what answers has time on the slowest machine. */
    private static final Patience PATIENCE = patience(800);

    /** For a recorder that answers nobody. */
    private static final Patience HASTY = patience(300);

    private final Random chance = new Random(7);
    private Recorder recorder = recorder(CHANNELS);

    @AfterEach
    void close() {
        recorder.close();
    }

    @Test
    void a_healthy_recorder_is_healthy_on_each_of_its_levels() {
        assertThat(wrong()).isEmpty();
        assertThat(ask()).hasSize(3 + 2 * CHANNELS).containsOnlyKeys(subjects());
    }

    @Test
    void a_recorder_that_is_off_is_one_event() {
        recorder.off();

        assertThat(wrong()).isEqualTo(Map.of("nvr", REFUSED));
        assertThat(ask()).containsEntry("cam-3", UNKNOWN).containsEntry("cam-3-recording", UNKNOWN);
        recorder.on();
        assertThat(wrong()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Recorder.Tongue.class,
            names = {"ISAPI", "ONVIF", "GUARDED_ONVIF"})
    void either_language_serves(Recorder.Tongue tongue) {
        recorder.tongue(tongue);
        recorder.recordings(4, Duration.ofDays(40), Duration.ofDays(3));

        assertThat(wrong()).isEqualTo(Map.of("cam-4-recording", RECORDING_STOPPED));
        assertThat(ask())
                .containsEntry("cam-5-recording", HEALTHY)
                .containsEntry("nvr-clock", HEALTHY);
    }

    /** Once without a login, as always, and once with it. */
    @Test
    void a_password_that_is_refused_for_the_clock_is_not_tried_for_anything_else() {
        recorder.login(new Camera.Login("viewer", "changed"));
        ask();

        assertThat(recorder.webCallers()).isEqualTo(2);
    }

    @Test
    void a_disk_full_since_three_days_is_named_alone() {
        recorder.disk(Recorder.Disk.NO_SPACE);
        assertThat(wrong()).isEmpty();

        recorder.recordings(Duration.ofDays(40), Duration.ofDays(3));
        assertThat(wrong()).isEqualTo(Map.of("nvr-recording", DISK_FULL));
    }

    @Test
    void a_broken_disk_and_a_wrong_clock_are_named_alone() {
        recorder.disk(Recorder.Disk.ERROR);
        assertThat(wrong()).isEqualTo(Map.of("nvr-recording", DISK_FAULT));
        recorder.disk(Recorder.Disk.GOOD);
        recorder.clockAhead(Duration.ofMinutes(-3));
        assertThat(wrong()).isEqualTo(Map.of("nvr-clock", CLOCK_WRONG));
    }

    @Test
    void each_channels_stream_is_named_alone() {
        recorder.stream(2, Recorder.Stream.MISSING);
        recorder.stream(5, Recorder.Stream.NO_VIDEO);
        recorder.stream(6, Recorder.Stream.FAILING);
        recorder.stream(7, Recorder.Stream.HUNG);

        assertThat(wrong())
                .isEqualTo(
                        Map.of(
                                "cam-2", NO_SUCH_STREAM,
                                "cam-5", NO_VIDEO,
                                "cam-6", NO_VIDEO,
                                "cam-7", NO_ANSWER));
    }

    @Test
    void a_changed_password_is_one_event_and_is_not_tried_by_every_channel() {
        recorder.login(new Camera.Login("viewer", "changed"));

        // One asking for all of them: whoever reads after a short one would else begin the next.
        assertThat(wrong(ask(probe(CHANNELS, EACH_MINUTE, AMPLE).sensors())))
                .isEqualTo(Map.of("nvr", AUTH));
        assertThat(recorder.rtspCallers()).isEqualTo(1 + StreamRound.REFUSED_MAX);
    }

    @Test
    void a_recorder_whose_pipelines_all_hang_is_one_event() {
        recorder.close();
        recorder = recorder(2);
        recorder.stream(1, Recorder.Stream.HUNG);
        recorder.stream(2, Recorder.Stream.HUNG);

        assertThat(wrong(probe(2, EACH, AMPLE, HASTY))).isEqualTo(Map.of("nvr", NO_ANSWER));
    }

    @ParameterizedTest
    @EnumSource(
            value = Recorder.Web.class,
            names = {"GARBAGE", "REDIRECT", "ENDLESS_HEADERS", "HUGE_BODY", "BASIC", "DRIPPING"})
    void a_rogue_on_the_http_port_takes_nothing_from_the_streams(Recorder.Web web) {
        recorder.web(web);
        var terms = AMPLE.within(Duration.ofSeconds(20), Duration.ofMillis(300));
        var said = ask(probe(CHANNELS, EACH, terms).sensors());

        assertThat(wrong(said)).isEmpty();
        assertThat(said)
                .containsEntry("nvr", HEALTHY)
                .containsEntry("nvr-clock", UNKNOWN)
                .containsEntry("nvr-recording", UNKNOWN)
                .containsEntry("cam-1-recording", UNKNOWN);
    }

    @Test
    void sixty_four_channels_share_one_asking_over_one_connection_at_a_time() {
        recorder.close();
        recorder = recorder(64);
        var probe = probe(64, EACH_MINUTE, AMPLE);

        assertThat(wrong(ask(probe.sensors()))).isEmpty();
        assertThat(wrong(ask(probe.sensors()))).isEmpty();
        assertThat(recorder.rtspCallers()).isEqualTo(1 + 64);
        assertThat(recorder.rtspMost()).isEqualTo(1);
        assertThat(recorder.webMost()).isEqualTo(1);
    }

    /** The reader gives up in its own time, not in the recorder's. */
    @Test
    void a_reader_that_waited_long_enough_says_what_was_known_with_its_age() {
        recorder.recordings(1, Duration.ofDays(40), Duration.ofDays(3));
        var hasty = new Asking.Pace(Duration.ZERO, Duration.ofMillis(200), Duration.ofMinutes(10));
        var sensors = probe(1, EACH, AMPLE).sensors();
        assertThat(ask(sensors)).containsEntry("nvr-recording", RECORDING_STOPPED);

        recorder.web(Recorder.Web.SLOW);
        var slow = probe(1, hasty, AMPLE).sensors();
        assertThat(ask(slow)).containsEntry("nvr-recording", UNKNOWN);
        assertThat(ask(slow)).containsEntry("nvr", HEALTHY);
    }

    private Map<String, CameraVerdict> wrong() {
        return wrong(ask());
    }

    private Map<String, CameraVerdict> wrong(RecorderProbe probe) {
        return wrong(ask(probe.sensors()));
    }

    private static Map<String, CameraVerdict> wrong(Map<String, CameraVerdict> said) {
        var wrong = new LinkedHashMap<>(said);
        wrong.values().removeIf(v -> !v.wrong());
        return wrong;
    }

    private Map<String, CameraVerdict> ask() {
        return ask(probe(CHANNELS, EACH, AMPLE).sensors());
    }

    /** All at the same time, as the sampler does. */
    private static Map<String, CameraVerdict> ask(List<Sensor> sensors) {
        var said = new TreeMap<String, CameraVerdict>();
        try (var askers = Executors.newVirtualThreadPerTaskExecutor()) {
            var tasks = sensors.stream().<Callable<Reading>>map(s -> s::read).toList();
            for (var future : askers.invokeAll(tasks)) {
                var seen = (Reading.Seen) future.resultNow();
                said.put(seen.subject(), seen.verdict());
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return said;
    }

    private static String[] subjects() {
        return IntStream.rangeClosed(1, CHANNELS)
                .boxed()
                .flatMap(n -> java.util.stream.Stream.of("cam-" + n, "cam-" + n + "-recording"))
                .collect(
                        java.util.stream.Collectors.collectingAndThen(
                                java.util.stream.Collectors.toList(),
                                all -> {
                                    all.addAll(List.of("nvr", "nvr-recording", "nvr-clock"));
                                    return all.toArray(String[]::new);
                                }));
    }

    private static Patience patience(int answerMs) {
        return new Patience(
                Duration.ofSeconds(20), Duration.ofMillis(answerMs), Duration.ofSeconds(20));
    }

    private static Recorder recorder(int channels) {
        return new Recorder(
                channels, new Camera.Login("viewer", "right"), JPEG, InstantSource.system());
    }

    private RecorderProbe probe(int channels, Asking.Pace pace, Terms terms) {
        return probe(channels, pace, terms, PATIENCE);
    }

    private RecorderProbe probe(int channels, Asking.Pace pace, Terms terms, Patience patience) {
        var plan =
                new RecorderPlan(
                        "nvr",
                        recorder.web(),
                        recorder.rtsp(),
                        RecorderPlan.Language.ANY,
                        IntStream.rangeClosed(1, channels)
                                .mapToObj(n -> new RecorderPlan.Channel("cam-" + n, n))
                                .toList(),
                        Duration.ofDays(30),
                        RecorderPlan.NEAR,
                        Optional.empty());
        return new RecorderProbe(plan, secret(), terms, CLOCK, chance, patience, pace, pace);
    }

    private static Optional<Secrets.Secret> secret() {
        return Optional.of(
                new Secrets.Secret(
                        Optional.of("viewer"),
                        Optional.of("right"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }
}
