package org.mingchu.sensors.camera.picture;

import java.time.Duration;
import java.util.Optional;

/**
 * Whether the pictures live: each is set against one that was taken far enough before it that no
 * cache of the camera gives it out twice. One thread.
 */
final class Pulse {
    /** A minute, less the jitter of who asks once a minute. */
    static final Duration SPACING = Duration.ofSeconds(50);

    private final Optional<Box> written;
    private Optional<Picture> anchor = Optional.empty();
    private long anchorNs;
    private long stillSinceNs;

    Pulse(Optional<Box> written) {
        this.written = written;
    }

    /**
     * How a picture compares.
     *
     * @param life {@code BAD} when nothing has changed over {@link #SPACING}
     * @param sinceNs since when nothing has changed
     * @param spaced whether the two are {@link #SPACING} apart
     */
    record Beat(Finding life, long sinceNs, boolean spaced, Change change) {}

    /** Empty for the first picture, and for the first of another size. */
    Optional<Beat> beat(Picture picture, long upNs) {
        var before = anchor.filter(a -> a.size().equals(picture.size()));
        if (before.isEmpty()) {
            stillSinceNs = upNs;
            hold(picture, upNs);
            return Optional.empty();
        }
        var change = new Change(before.orElseThrow(), picture, written);
        var spaced = upNs - anchorNs >= SPACING.toNanos();
        if (!change.none()) {
            stillSinceNs = upNs;
        }
        if (spaced) {
            hold(picture, upNs);
        }
        return Optional.of(new Beat(life(change, spaced), stillSinceNs, spaced, change));
    }

    private void hold(Picture picture, long upNs) {
        anchor = Optional.of(picture);
        anchorNs = upNs;
    }

    private static Finding life(Change change, boolean spaced) {
        if (!change.none()) {
            return Finding.GOOD;
        }
        return spaced ? Finding.BAD : Finding.NO_SAY;
    }
}
