package org.mingchu.sensors.camera;

import org.mingchu.config.CameraVerdict;
import org.mingchu.sensors.Clock;
import org.mingchu.sensors.Reading;
import org.mingchu.sensors.Sensor;
import org.mingchu.sensors.camera.http.Snapshot;
import org.mingchu.sensors.camera.picture.Look;
import org.mingchu.sensors.camera.picture.Opening;
import org.mingchu.sensors.camera.picture.PictureHealth;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Whether a camera's picture lives and shows what it used to. A snapshot is taken in the
 * background, looked at, and let go; one that shows a fault is kept only where the site file asks
 * for it. Any thread.
 */
public final class PictureProbe implements Sensor {
    /** Less often than it is read, never: a round that comes a little early shall ask, too. */
    private static final Duration EVERY = Duration.ofSeconds(50);

    private final String id;
    private final Snapshot snapshot;
    private final PictureHealth health;
    private final Surroundings around;
    private final Clock clock;
    private final Asking asking;
    private CameraVerdict last = CameraVerdict.UNKNOWN;

    /**
     * What a picture is looked at with.
     *
     * @param opening whether somebody is in the kitchen now
     * @param lanes so many pictures of all cameras are fetched at a time, up to 4 MB each
     * @param darkroom one permit for all cameras: a picture takes 14 MB while it is looked at
     * @param album told of pictures that show a fault
     * @param shelf told of what was learned
     */
    public record Surroundings(
            Supplier<Opening> opening,
            Semaphore lanes,
            Semaphore darkroom,
            Album album,
            Shelf shelf) {}

    /** Where a picture that shows a fault goes. */
    @FunctionalInterface
    public interface Album {
        void keep(String subject, CameraVerdict verdict, byte[] jpeg);
    }

    /** Where what was learned of a camera goes, for the next start. */
    @FunctionalInterface
    public interface Shelf {
        void keep(String subject, PictureHealth health, long upNs);
    }

    /**
     * @param id the picture level's subject
     */
    public PictureProbe(
            String id, Snapshot snapshot, PictureHealth health, Surroundings around, Clock clock) {
        this.id = id;
        this.snapshot = snapshot;
        this.health = health;
        this.around = around;
        this.clock = clock;
        this.asking = new Asking(id, Asking.Pace.of(EVERY), clock, f -> f.say(id, look()));
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Reading read() {
        return asking.read(id);
    }

    /** By one thread at a time: an asking waits for the one before it. */
    private Found look() {
        around.lanes.acquireUninterruptibly();
        try {
            return switch (snapshot.take()) {
                case Snapshot.Shot.Picture(var jpeg) -> look(jpeg);
                case Snapshot.Shot.None(var stage, var cause) ->
                        found(health.missing(stage.word() + ": " + cause, clock.now().upNs()));
            };
        } finally {
            around.lanes.release();
        }
    }

    private Found look(byte[] jpeg) {
        around.darkroom.acquireUninterruptibly();
        try {
            var upNs = clock.now().upNs();
            var look = health.next(jpeg, upNs, around.opening.get());
            around.shelf.keep(id, health, upNs);
            if (look.verdict() != last && look.verdict().wrong()) {
                around.album.keep(id, look.verdict(), jpeg);
            }
            return found(look);
        } finally {
            around.darkroom.release();
        }
    }

    private Found found(Look look) {
        last = look.verdict();
        return new Found(look.verdict(), look.reason());
    }
}
