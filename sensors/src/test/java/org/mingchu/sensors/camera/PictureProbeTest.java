package org.mingchu.sensors.camera;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.config.CameraVerdict;
import org.mingchu.sensors.Clock;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.Reading;
import org.mingchu.sensors.camera.http.CameraHttp;
import org.mingchu.sensors.camera.http.Digest;
import org.mingchu.sensors.camera.http.Snapshot;
import org.mingchu.sensors.camera.http.Terms;
import org.mingchu.sensors.camera.onvif.Isapi;
import org.mingchu.sensors.camera.picture.Opening;
import org.mingchu.sensors.camera.picture.PictureHealth;
import org.mingchu.simulator.wire.Camera;
import org.mingchu.simulator.wire.Recorder;
import org.mingchu.simulator.wire.SceneCamera;
import org.mingchu.simulator.wire.SceneFault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/** Channels of a recorder seen through their snapshots, a picture a minute. */
final class PictureProbeTest {
    private static final Camera.Login LOGIN = new Camera.Login("viewer", "k2-north-door");
    private static final Instant MORNING = Instant.parse("2026-11-30T02:00:00Z");

    @TempDir private Path folder;

    private final AtomicLong upNs = new AtomicLong(Duration.ofHours(1).toNanos());
    private final SceneCamera first = SceneCamera.kitchen(640, 360, 1);
    private final SceneCamera second = SceneCamera.kitchen(640, 360, 2);
    private final List<String> shelved = new ArrayList<>();
    private final List<String> forgotten = new ArrayList<>();
    private final Streams streams = new Streams();
    private Album album;

    @BeforeEach
    void makeAlbum() {
        album = new Album(folder, Set.of("cam-2-picture"), clock());
    }

    @Test
    void one_black_channel_is_named_alone_and_its_picture_kept_where_the_site_asks()
            throws IOException {
        try (var recorder = recorder()) {
            var one = probe(recorder, 1);
            var two = probe(recorder, 2);
            for (var minute = 0; minute < 8; minute++) {
                look(recorder, one, two);
            }
            assertThat(verdict(one)).isEqualTo(CameraVerdict.HEALTHY);
            assertThat(verdict(two)).isEqualTo(CameraVerdict.HEALTHY);

            second.begin(SceneFault.BLACK);
            for (var minute = 0; minute < 5; minute++) {
                look(recorder, one, two);
            }
            assertThat(verdict(one)).isEqualTo(CameraVerdict.HEALTHY);
            assertThat(verdict(two)).isEqualTo(CameraVerdict.BLACK);
            assertThat(pictures("cam-2-picture"))
                    .hasSize(1)
                    .first()
                    .asString()
                    .endsWith("-black.jpg");

            first.begin(SceneFault.BLACK);
            for (var minute = 0; minute < 5; minute++) {
                look(recorder, one, two);
            }
            assertThat(verdict(one)).isEqualTo(CameraVerdict.BLACK);
            assertThat(pictures("cam-1-picture")).as("nobody asked for it").isEmpty();
            assertThat(shelved).contains("cam-1-picture", "cam-2-picture");
        }
    }

    /** Two cameras are out of reach for an hour; of the one only its pictures are. */
    @Test
    void a_camera_that_is_gone_has_no_fault_of_its_picture_and_is_healthy_when_it_is_back() {
        try (var recorder = recorder()) {
            var one = probe(recorder, 1);
            var two = probe(recorder, 2);
            for (var minute = 0; minute < 8; minute++) {
                look(recorder, one, two);
            }
            streams.note(new Reading.Seen("cam-1", CameraVerdict.UNREACHABLE, 0));
            streams.note(new Reading.Seen("cam-2", CameraVerdict.HEALTHY, 0));
            recorder.off();
            for (var minute = 0; minute < 60; minute++) {
                look(recorder, one, two);
            }
            assertThat(verdict(one)).isEqualTo(CameraVerdict.UNKNOWN);
            assertThat(verdict(two)).isEqualTo(CameraVerdict.NO_PICTURE);

            recorder.on();
            streams.note(new Reading.Seen("cam-1", CameraVerdict.HEALTHY, 0));
            look(recorder, one, two);
            assertThat(verdict(one)).isEqualTo(CameraVerdict.HEALTHY);
        }
    }

    @Test
    void a_camera_that_is_turned_on_purpose_learns_what_it_sees_now() {
        try (var recorder = recorder()) {
            var one = probe(recorder, 1);
            var two = probe(recorder, 2);
            for (var minute = 0; minute < 8; minute++) {
                look(recorder, one, two);
            }
            first.begin(SceneFault.MOVED);
            for (var minute = 0; minute < 13; minute++) {
                look(recorder, one, two);
            }
            assertThat(verdict(one)).isEqualTo(CameraVerdict.MOVED);
            assertThat(forgotten).isEmpty();

            one.relearn();
            for (var minute = 0; minute < 8; minute++) {
                look(recorder, one, two);
            }
            assertThat(forgotten).containsExactly("cam-1-picture");
            assertThat(verdict(one)).isEqualTo(CameraVerdict.HEALTHY);

            first.end(SceneFault.MOVED);
            for (var minute = 0; minute < 13; minute++) {
                look(recorder, one, two);
            }
            assertThat(verdict(one))
                    .as("the old view is the strange one")
                    .isEqualTo(CameraVerdict.MOVED);
        }
    }

    @Test
    void an_album_keeps_the_latest_twenty() throws IOException {
        for (var minute = 0; minute < 30; minute++) {
            album.keep("cam-2-picture", CameraVerdict.FROZEN, new byte[] {1, 2, 3});
            upNs.addAndGet(Duration.ofMinutes(1).toNanos());
        }
        assertThat(pictures("cam-2-picture")).hasSize(Album.PICTURES_MAX);
        assertThat(pictures("cam-2-picture").getLast().toString()).contains("022900-frozen");
        assertThat(Files.getPosixFilePermissions(pictures("cam-2-picture").getFirst()))
                .hasToString("[OWNER_READ, OWNER_WRITE]");
    }

    private Recorder recorder() {
        return new Recorder(2, LOGIN, first.snapshot(MORNING), InstantSource.system());
    }

    private PictureProbe probe(Recorder recorder, int channel) {
        var login = Optional.of(new Digest.Login(LOGIN.user(), LOGIN.password()));
        var http = new CameraHttp(recorder.web(), login, Terms.DEFAULT, clock(), new Random(1));
        return new PictureProbe(
                "cam-" + channel + "-picture",
                streams.behind("cam-" + channel, new Snapshot(http, Isapi.picture(channel))::take),
                new PictureHealth(Optional.empty(), Optional.empty()),
                new PictureProbe.Surroundings(
                        () -> Opening.OPEN, new Semaphore(3), new Semaphore(1), album, shelf()),
                clock());
    }

    private PictureProbe.Shelf shelf() {
        return new PictureProbe.Shelf() {
            @Override
            public void keep(String subject, PictureHealth health, long atNs) {
                shelved.add(subject);
            }

            @Override
            public void forget(String subject) {
                forgotten.add(subject);
            }
        };
    }

    private void look(Recorder recorder, PictureProbe one, PictureProbe two) {
        var at = MORNING.plusNanos(upNs.addAndGet(Duration.ofMinutes(1).toNanos()));
        recorder.picture(1, first.snapshot(at));
        recorder.picture(2, second.snapshot(at));
        one.read();
        two.read();
    }

    private static CameraVerdict verdict(PictureProbe probe) {
        return ((Reading.Seen) probe.read()).verdict();
    }

    private List<Path> pictures(String subject) throws IOException {
        var own = folder.resolve(subject);
        if (!Files.exists(own)) {
            return List.of();
        }
        try (var files = Files.list(own)) {
            return files.sorted().toList();
        }
    }

    private Clock clock() {
        return () ->
                new Moment(
                        "boot-1",
                        upNs.get(),
                        MORNING.toEpochMilli()
                                + Duration.ofNanos(upNs.get()).minusHours(1).toMillis(),
                        ClockState.SYNCED,
                        5);
    }
}
