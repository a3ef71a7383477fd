package org.mingchu.sensors.camera;

import org.mingchu.config.CameraVerdict;
import org.mingchu.sensors.Clock;
import org.mingchu.sensors.Reading;
import org.mingchu.sensors.Sensor;
import org.mingchu.sensors.camera.http.Snapshot;
import org.mingchu.sensors.camera.picture.Look;
import org.mingchu.sensors.camera.picture.Opening;
import org.mingchu.sensors.camera.picture.PictureHealth;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

    private static final Logger LOG = LoggerFactory.getLogger(PictureProbe.class);

    private final String id;
    private final Shots shots;
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
     * @param darkroom one permit for all cameras: a picture takes 14 MB while it is looked at; what
     *     is learned is touched by whoever holds it
     * @param album told of pictures that show a fault
     * @param shelf told of what was learned, and what shall be learned anew
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
    public interface Shelf {
        void keep(String subject, PictureHealth health, long upNs);

        void forget(String subject);
    }

    /**
     * @param id the picture level's subject
     */
    public PictureProbe(
            String id, Shots shots, PictureHealth health, Surroundings around, Clock clock) {
        this.id = id;
        this.shots = shots;
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

    /**
     * Somebody has turned the camera on purpose: forgets what it used to see, here and for the next
     * start, and learns anew. Waits while a picture is looked at.
     */
    public void relearn() {
        around.darkroom.acquireUninterruptibly();
        try {
            health.relearn();
            around.shelf.forget(id);
            LOG.info("event=picture-relearned camera={}", id);
        } finally {
            around.darkroom.release();
        }
    }

    /** By one thread at a time: an asking waits for the one before it. */
    private Found look() {
        around.lanes.acquireUninterruptibly();
        try {
            return switch (shots.take()) {
                case Snapshot.Shot.Picture(var jpeg) -> look(jpeg);
                case Snapshot.Shot.None(var stage, var cause) ->
                        missing(stage.word() + ": " + cause);
                case Snapshot.Shot.Unseen(var cause) -> new Found(CameraVerdict.UNKNOWN, cause);
            };
        } finally {
            around.lanes.release();
        }
    }

    private Found missing(String why) {
        around.darkroom.acquireUninterruptibly();
        try {
            return found(health.missing(why, clock.now().upNs()));
        } finally {
            around.darkroom.release();
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
