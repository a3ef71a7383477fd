package org.mingchu.simulator.wire;

import java.awt.image.BufferedImage;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * A camera that looks at a picture larger than its view and gives out JPEG snapshots: sensor noise,
 * the time written into the upper edge, and every fault on command. The same seed and commands give
 * the same pictures. One thread.
 */
public final class SceneCamera {
    /** The view is this part of the picture it looks at, each way, from its middle. */
    private static final double VIEW = 0.8;

    private static final float FINE = 0.85f;
    private static final float STINGY = 0.25f;
    private static final float FILTERED = 0.6f;
    private static final double FILTERED_NOISE = 0.1;

    private final BufferedImage world;
    private final Random chance;
    private final SceneNoise noise;
    private final SceneActors actors;
    private final Set<SceneFault> faults = EnumSet.noneOf(SceneFault.class);
    private final int width;
    private final int height;
    private SceneLight light = SceneLight.DAY;
    private Duration cache = Duration.ZERO;
    private Optional<Shot> last = Optional.empty();
    private Optional<Still> still = Optional.empty();

    /** What was given out last: the picture before anything was written into it, and the file. */
    private static final class Shot {
        private final Instant at;
        private final Instant written;
        private final SceneExposure picture;
        private final byte[] jpeg;

        private Shot(Instant at, Instant written, SceneExposure picture, byte[] jpeg) {
            this.at = at;
            this.written = written;
            this.picture = picture;
            this.jpeg = jpeg;
        }
    }

    /** What falls onto the sensor as long as nobody moves and nothing is changed. */
    private record Still(SceneLight light, Set<SceneFault> faults, SceneFrame frame) {}

    /**
     * A camera at noon, without fault.
     *
     * @param world what it looks at; the view is four fifths of it each way
     */
    public SceneCamera(BufferedImage world, long seed) {
        this(world, (int) (world.getWidth() * VIEW), (int) (world.getHeight() * VIEW), seed);
    }

    private SceneCamera(BufferedImage world, int width, int height, long seed) {
        this.world = world;
        this.width = width;
        this.height = height;
        this.chance = new Random(seed);
        this.noise = new SceneNoise(chance);
        this.actors = new SceneActors(chance);
    }

    /** In a kitchen of its own, 640x360. */
    public static SceneCamera kitchen(long seed) {
        return kitchen(640, 360, seed);
    }

    /** In a kitchen of its own, at another resolution. */
    public static SceneCamera kitchen(int width, int height, long seed) {
        var world = SceneKitchen.draw((int) (width / VIEW), (int) (height / VIEW), seed);
        return new SceneCamera(world, width, height, seed);
    }

    public void begin(SceneFault... more) {
        faults.addAll(Arrays.asList(more));
    }

    public void end(SceneFault... less) {
        Arrays.asList(less).forEach(faults::remove);
    }

    public void light(SceneLight now) {
        light = now;
    }

    /** Within this time of the last it gives the same file again, as many cameras do. */
    public void cache(Duration time) {
        cache = time;
    }

    /**
     * The file that whoever asks now gets.
     *
     * @param now the camera's own clock, which it writes into the picture
     */
    public byte[] snapshot(Instant now) {
        var again = last.filter(shot -> faults.contains(SceneFault.FROZEN) || cached(shot, now));
        if (again.isPresent()) {
            return again.orElseThrow().jpeg.clone();
        }
        var shot = shoot(now);
        last = Optional.of(shot);
        return faults.contains(SceneFault.TRUNCATED)
                ? Arrays.copyOf(shot.jpeg, shot.jpeg.length / 2)
                : shot.jpeg;
    }

    private boolean cached(Shot shot, Instant now) {
        return !now.isBefore(shot.at) && now.isBefore(shot.at.plus(cache));
    }

    private Shot shoot(Instant now) {
        var standing = last.filter(_ -> faults.contains(SceneFault.FROZEN_UNDER_CLOCK));
        var picture = standing.map(shot -> shot.picture).orElseGet(this::expose);
        var stopped = last.filter(_ -> faults.contains(SceneFault.CLOCK_STOPPED));
        var written = stopped.map(shot -> shot.written).orElse(now);
        var jpeg = SceneJpeg.encode(picture.stamped(written), quality());
        return new Shot(now, written, picture, jpeg);
    }

    private float quality() {
        if (faults.contains(SceneFault.ARTEFACTS)) {
            return STINGY;
        }
        return faults.contains(SceneFault.DENOISED) ? FILTERED : FINE;
    }

    private SceneExposure expose() {
        if (faults.contains(SceneFault.BLACK)) {
            return new SceneFrame(width, height).expose(noise, 0);
        }
        var same = still.filter(s -> s.light() == light && s.faults().equals(faults));
        var frame = same.map(Still::frame).orElseGet(this::fall);
        var moving = faults.contains(SceneFault.PEOPLE) || faults.contains(SceneFault.STEAM);
        still =
                moving
                        ? Optional.empty()
                        : Optional.of(new Still(light, Set.copyOf(faults), frame));
        var filter = faults.contains(SceneFault.DENOISED) ? FILTERED_NOISE : 1;
        return frame.expose(noise, light.noise * filter);
    }

    /** From the world through the lens onto the sensor. */
    private SceneFrame fall() {
        var frame = SceneFrame.of(world, left(), top(), width, height);
        if (faults.contains(SceneFault.TURNED_AWAY)) {
            frame.turnAround();
        }
        if (faults.contains(SceneFault.PEOPLE)) {
            actors.people(frame);
        }
        if (faults.contains(SceneFault.STEAM)) {
            actors.steam(frame);
        }
        frame.light(light);
        throughLens(frame);
        return frame;
    }

    private int left() {
        return faults.contains(SceneFault.MOVED) ? 0 : (world.getWidth() - width) / 2;
    }

    private int top() {
        return (world.getHeight() - height) / 2;
    }

    private void throughLens(SceneFrame frame) {
        if (faults.contains(SceneFault.DEFOCUSED)) {
            frame.blur(width / 160, 1);
        }
        if (faults.contains(SceneFault.GREASY)) {
            frame.blur(width / 160, 0.75);
            frame.veil(0.15, 150);
        }
        if (faults.contains(SceneFault.BAGGED)) {
            frame.blur(width / 20, 1);
            frame.veil(0.6, 190);
        }
        if (faults.contains(SceneFault.COVERED)) {
            frame.blur(width / 20, 1);
            frame.veil(0.97, 70);
        }
    }
}
