package org.mingchu.sensors.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mingchu.config.CameraVerdict.FAULT_REPORTED;
import static org.mingchu.config.CameraVerdict.HEALTHY;
import static org.mingchu.config.CameraVerdict.HEARTBEAT_LOST;
import static org.mingchu.config.CameraVerdict.LINK_LOST;
import static org.mingchu.config.CameraVerdict.NO_PICTURE;
import static org.mingchu.config.CameraVerdict.UNKNOWN;
import static org.mingchu.config.CameraVerdict.UNREACHABLE;
import static org.mingchu.config.CameraVerdict.UNREGISTERED;

import org.junit.jupiter.api.Test;
import org.mingchu.config.Camera;
import org.mingchu.config.CameraVerdict;
import org.mingchu.config.Video;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Fault;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.Reading;
import org.mingchu.sensors.Reading.Seen;
import org.mingchu.sensors.camera.CameraNet.Carrier;
import org.mingchu.sensors.camera.http.Snapshot.Shot;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** Rounds of a site with three cameras, while the gateway's own cable is out. */
final class CameraRoundsTest {
    private final AtomicLong upNs = new AtomicLong(Duration.ofHours(1).toNanos());
    private final AtomicInteger asked = new AtomicInteger();
    private final Streams streams = new Streams();
    private Carrier carrier = Carrier.PRESENT;
    private final CameraRounds rounds = rounds(3);

    @Test
    void an_own_cable_that_is_out_is_one_event_of_the_site() {
        var gone = List.<Reading>of(seen("cam-0", UNREACHABLE), seen("cam-1", UNREACHABLE));
        carrier = Carrier.LOST;

        assertThat(rounds.apply(gone))
                .containsExactly(
                        seen("cam-0", UNKNOWN), seen("cam-1", UNKNOWN), seen("cameras", LINK_LOST));
        carrier = Carrier.PRESENT;
        assertThat(rounds.apply(gone))
                .containsExactly(
                        seen("cam-0", UNREACHABLE),
                        seen("cam-1", UNREACHABLE),
                        seen("cameras", HEALTHY));
    }

    @Test
    void pictures_that_do_not_come_meanwhile_say_nothing() {
        var none = new Shot.None(UNREACHABLE, "no route");
        var shots = streams.behind("cam-0", () -> none);
        rounds.apply(List.of(seen("cam-0", HEALTHY)));
        assertThat(shots.take()).isEqualTo(none);

        carrier = Carrier.LOST;
        rounds.apply(List.of(seen("cam-0", UNREACHABLE)));
        assertThat(shots.take()).isInstanceOf(Shot.Unseen.class);

        carrier = Carrier.PRESENT;
        rounds.apply(List.of(seen("cam-0", HEALTHY)));
        assertThat(shots.take()).isEqualTo(none);
    }

    /** A heartbeat a minute: for three after the cable is back nobody can have missed one. */
    @Test
    void heartbeats_that_cannot_come_are_not_missed_until_three_minutes_after() {
        var lost =
                List.<Reading>of(
                        seen("cam-0-registration", HEARTBEAT_LOST),
                        seen("cam-1-registration", UNREGISTERED),
                        seen("cam-2-registration", FAULT_REPORTED));
        assertThat(rounds.apply(lost)).isEqualTo(lost);

        carrier = Carrier.LOST;
        assertThat(rounds.apply(lost))
                .containsExactly(
                        seen("cam-0-registration", UNKNOWN),
                        seen("cam-1-registration", UNKNOWN),
                        seen("cam-2-registration", FAULT_REPORTED));
        carrier = Carrier.PRESENT;
        pass(Duration.ofMinutes(3));
        assertThat(rounds.apply(lost)).contains(seen("cam-0-registration", UNKNOWN));
        pass(Duration.ofSeconds(1));
        assertThat(rounds.apply(lost)).isEqualTo(lost);
    }

    @Test
    void other_rounds_pass_and_ask_the_kernel_nothing() {
        carrier = Carrier.LOST;
        var round =
                List.<Reading>of(
                        new Reading.Silent("fridge", Fault.SILENT, ""),
                        seen("cam-0-picture", NO_PICTURE));

        assertThat(rounds.apply(round)).isEqualTo(round);
        assertThat(asked).hasValue(0);
    }

    /** Of two hosts the site has no event: each says for itself that it cannot be reached. */
    @Test
    void a_site_with_fewer_than_three_hosts_is_told_camera_by_camera() {
        carrier = Carrier.LOST;
        var round = List.<Reading>of(seen("cam-0", UNREACHABLE));
        var registration = List.<Reading>of(seen("cam-0-registration", HEARTBEAT_LOST));

        assertThat(rounds(2).apply(round)).isEqualTo(round);
        assertThat(rounds(2).apply(registration)).isEqualTo(registration);
    }

    private CameraRounds rounds(int cameras) {
        var all =
                IntStream.range(0, cameras)
                        .mapToObj(i ->
                                Camera.of(
                                        "cam-" + i,
                                        "camera",
                                        new Camera.Stream.Rtsp(
                                                URI.create("rtsp://192.0.2." + i + "/s")),
                                        Optional.empty()))
                        .toList();
        return new CameraRounds(
                new Video(all, List.of(), Optional.empty()),
                () -> {
                    asked.incrementAndGet();
                    return carrier;
                },
                streams,
                () -> new Moment("boot", upNs.get(), 0, ClockState.SYNCED, 1));
    }

    private void pass(Duration time) {
        upNs.addAndGet(time.toNanos());
    }

    private static Seen seen(String subject, CameraVerdict verdict) {
        return new Seen(subject, verdict, 0);
    }
}
