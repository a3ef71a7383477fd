package org.mingchu.sensors.camera.picture;

import org.mingchu.config.CameraVerdict;
import org.mingchu.sensors.Proof;
import org.mingchu.simulator.wire.SceneCamera;
import org.mingchu.simulator.wire.SceneFault;
import org.mingchu.simulator.wire.SceneLight;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A camera of the simulator and the health of its pictures, once a minute unless told otherwise.
 */
final class Watched {
    private static final Baseline HOME = home();

    final SceneCamera camera;
    private PictureHealth health;
    private Opening opening = Opening.OPEN;
    private Duration every = Duration.ofMinutes(1);
    private Duration up = Duration.ofHours(1);

    Watched(SceneCamera camera) {
        this(camera, Optional.empty(), Optional.empty());
    }

    Watched(SceneCamera camera, Optional<Baseline> known, Optional<Region> time) {
        this.camera = camera;
        this.health = new PictureHealth(known, time);
    }

    /** Small, for speed; the longer forms see it as large as cameras send it. */
    static SceneCamera kitchen(long seed) {
        var width = Proof.pick(320, 640, 640);
        return SceneCamera.kitchen(width, width * 9 / 16, seed);
    }

    /** A camera in a kitchen that it knows by heart, by day and by night. */
    static Watched atHome() {
        var watched = new Watched(kitchen(1), Optional.of(HOME), Optional.empty());
        watched.sees(2);
        return watched;
    }

    private static Baseline home() {
        var watched = new Watched(kitchen(1));
        watched.sees(7);
        watched.night(SceneLight.INFRARED).sees(7);
        return watched.baseline();
    }

    /** By day and by night. */
    static Watched dayAndNight(SceneCamera camera) {
        var watched = new Watched(camera);
        watched.sees(7);
        watched.night(SceneLight.INFRARED).sees(7);
        watched.day().sees(1);
        return watched;
    }

    Watched night(SceneLight light) {
        camera.light(light);
        opening = Opening.CLOSED;
        return this;
    }

    Watched day() {
        camera.light(SceneLight.DAY);
        opening = Opening.OPEN;
        return this;
    }

    Watched light(SceneLight light) {
        camera.light(light);
        return this;
    }

    Watched every(Duration time) {
        every = time;
        return this;
    }

    Watched begins(SceneFault... faults) {
        camera.begin(faults);
        return this;
    }

    Watched ends(SceneFault... faults) {
        camera.end(faults);
        return this;
    }

    /** A restart with the baseline kept, if there is any. */
    Watched restarts() {
        health = new PictureHealth(health.baseline(), Optional.empty());
        return this;
    }

    PictureHealth health() {
        return health;
    }

    Baseline baseline() {
        return health.baseline().orElseThrow();
    }

    byte[] snapshot() {
        return camera.snapshot(Instant.parse("2026-11-23T02:00:00Z").plus(up));
    }

    Look look() {
        return look(snapshot());
    }

    Look look(byte[] picture) {
        var seen = health.next(picture, up.toNanos(), opening);
        up = up.plus(every);
        return seen;
    }

    Look missing(String why) {
        var seen = health.missing(why, up.toNanos());
        up = up.plus(every);
        return seen;
    }

    CameraVerdict sees() {
        return look().verdict();
    }

    List<CameraVerdict> sees(int pictures) {
        var verdicts = new ArrayList<CameraVerdict>();
        for (var i = 0; i < pictures; i++) {
            verdicts.add(sees());
        }
        return verdicts;
    }

    /** How long until it is said; empty when it is not within the time. */
    Optional<Duration> until(CameraVerdict verdict, Duration within) {
        var from = up;
        while (up.minus(from).compareTo(within) <= 0) {
            var at = up;
            if (sees() == verdict) {
                return Optional.of(at.minus(from).plus(every));
            }
        }
        return Optional.empty();
    }
}
