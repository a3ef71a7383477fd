package org.mingchu.simulator.wire;

import java.util.Random;

/** Cooks and steam; anew for every exposure, as a minute lies between two. One thread. */
final class SceneActors {
    private static final int COOKS = 3;
    private static final int PLUMES = 5;

    private final Random chance;

    SceneActors(Random chance) {
        this.chance = chance;
    }

    /** Three at work; now and then one stands so near that a third of the view is coat. */
    void people(SceneFrame frame) {
        for (var i = 0; i < COOKS; i++) {
            var size = 0.5 + 0.35 * chance.nextDouble();
            cook(frame, chance.nextDouble(), size);
        }
        if (chance.nextInt(4) == 0) {
            cook(frame, chance.nextDouble(), 1.6);
        }
    }

    /** A white coat, a dark apron, a head. */
    private void cook(SceneFrame frame, double where, double size) {
        var high = size * frame.height;
        var middle = where * frame.width;
        var top = frame.height - high;
        float[] coat = {225 - 20 * chance.nextFloat(), 222, 215};
        float[] apron = {40, 45, 60 + 40 * chance.nextFloat()};
        float[] skin = {200, 160 - 20 * chance.nextFloat(), 130};
        ellipse(frame, middle, top + 0.65 * high, 0.16 * high, 0.45 * high, coat, 1);
        ellipse(frame, middle, top + 0.75 * high, 0.10 * high, 0.30 * high, apron, 1);
        ellipse(frame, middle, top + 0.13 * high, 0.07 * high, 0.11 * high, skin, 1);
    }

    void steam(SceneFrame frame) {
        float[] white = {235, 235, 238};
        for (var i = 0; i < PLUMES; i++) {
            var right = frame.width * (0.35 + 0.4 * chance.nextDouble());
            var down = frame.height * (0.2 + 0.5 * chance.nextDouble());
            var wide = frame.width * (0.08 + 0.12 * chance.nextDouble());
            var high = frame.height * (0.15 + 0.2 * chance.nextDouble());
            cloud(frame, right, down, wide, high, white);
        }
    }

    private static void ellipse(
            SceneFrame frame,
            double right,
            double down,
            double wide,
            double high,
            float[] colour,
            double share) {
        for (var y = from(down - high); y < to(down + high, frame.height); y++) {
            for (var x = from(right - wide); x < to(right + wide, frame.width); x++) {
                if (distance(x - right, wide, y - down, high) <= 1) {
                    mix(frame, y * frame.width + x, colour, share);
                }
            }
        }
    }

    private static void cloud(
            SceneFrame frame, double right, double down, double wide, double high, float[] colour) {
        for (var y = from(down - 2 * high); y < to(down + 2 * high, frame.height); y++) {
            for (var x = from(right - 2 * wide); x < to(right + 2 * wide, frame.width); x++) {
                var far = distance(x - right, wide, y - down, high);
                mix(frame, y * frame.width + x, colour, 0.75 * Math.exp(-far));
            }
        }
    }

    private static double distance(double right, double wide, double down, double high) {
        return right * right / (wide * wide) + down * down / (high * high);
    }

    private static int from(double edge) {
        return Math.max(0, (int) edge);
    }

    private static int to(double edge, int length) {
        return Math.min(length, (int) edge + 1);
    }

    private static void mix(SceneFrame frame, int i, float[] colour, double share) {
        for (var plane = 0; plane < colour.length; plane++) {
            var now = frame.planes[plane][i];
            frame.planes[plane][i] = (float) (now + (colour[plane] - now) * share);
        }
    }
}
