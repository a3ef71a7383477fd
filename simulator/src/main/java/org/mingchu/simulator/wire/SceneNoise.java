package org.mingchu.simulator.wire;

import java.util.Random;

/** Gaussian noise, cheap: a table that is entered at a new place every few values. One thread. */
final class SceneNoise {
    private static final int TABLE = 1 << 14;
    private static final int RUN = 61;

    private final float[] values = new float[TABLE];
    private final Random chance;
    private int at;
    private int left;

    SceneNoise(Random chance) {
        this.chance = chance;
        for (var i = 0; i < TABLE; i++) {
            values[i] = (float) chance.nextGaussian();
        }
    }

    /** The table for one exposure, with what rounds to the nearest level already in it. */
    float[] scaled(double deviation) {
        var scaled = new float[TABLE];
        for (var i = 0; i < TABLE; i++) {
            scaled[i] = (float) (values[i] * deviation + 0.5);
        }
        return scaled;
    }

    float next(float[] scaled) {
        if (left == 0) {
            left = RUN;
            at = chance.nextInt(TABLE);
        }
        left--;
        at = (at + 1) % TABLE;
        return scaled[at];
    }
}
