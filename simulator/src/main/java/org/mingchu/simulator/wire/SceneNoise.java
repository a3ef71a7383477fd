package org.mingchu.simulator.wire;

import java.util.Random;

/**
 * Gaussian noise, cheap: a table that every row of a picture enters at another place. One thread.
 */
final class SceneNoise {
    static final int TABLE = 1 << 14;

    private final float[] values = new float[TABLE];
    private final Random chance;

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

    int anywhere() {
        return chance.nextInt(TABLE);
    }
}
