package org.mingchu.sensors.camera.picture;

import java.time.Duration;

/**
 * What a camera usually sees in one mode, learned from healthy pictures. Immutable.
 *
 * @param pictures learned from, up to {@link #PICTURES_MAX}
 * @param mean brightness
 * @param edges as {@link Sight#edges}
 * @param sharpness as {@link Sight#sharpness}, the best of late
 */
record View(int pictures, double mean, double edges, double sharpness, Structure structure) {
    static final int PICTURES_MAX = 1_000_000;

    /** From so many that agree it is known. */
    static final int PICTURES_MIN = 5;

    /**
     * The first few must show the same thing, or it begins anew: one bad picture spoils nothing.
     */
    private static final double AGREE_MIN = 0.35;

    private static final double DAY_NS = Duration.ofDays(1).toNanos();

    /** Grease comes in weeks: were it learned as fast as the rest, it would never show. */
    private static final double FORGET_SHARPNESS_NS = 180 * DAY_NS;

    /** One picture counts for a quarter of an hour at most, however long none came. */
    private static final long STEP_NS_MAX = Duration.ofMinutes(15).toNanos();

    static View first(Sight sight) {
        return new View(1, sight.mean(), sight.edges(), sight.sharpness(), sight.structure());
    }

    boolean known() {
        return pictures >= PICTURES_MIN;
    }

    /**
     * With one more healthy picture.
     *
     * @param passedNs since the last one
     */
    View with(Sight sight, long passedNs) {
        if (known()) {
            var step = Math.clamp(passedNs, 0, STEP_NS_MAX);
            var sharper = sight.sharpness() > sharpness;
            return with(sight, step / DAY_NS, step / (sharper ? DAY_NS : FORGET_SHARPNESS_NS));
        }
        if (sight.structure().kept(structure) < AGREE_MIN) {
            return first(sight);
        }
        var share = 1.0 / (pictures + 1);
        return with(sight, share, share);
    }

    private View with(Sight sight, double share, double sharpnessShare) {
        return new View(
                Math.min(pictures + 1, PICTURES_MAX),
                mean + (sight.mean() - mean) * share,
                edges + (sight.edges() - edges) * share,
                sharpness + (sight.sharpness() - sharpness) * sharpnessShare,
                structure.towards(sight.structure(), share));
    }
}
