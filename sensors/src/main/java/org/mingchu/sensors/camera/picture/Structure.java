package org.mingchu.sensors.camera.picture;

import java.util.ArrayList;
import java.util.Base64;
import java.util.Optional;

/**
 * Where the edges lie: the middle of the picture in 60x24 cells. Survives changes of light, noise
 * and people who stand in a part of it. Immutable.
 */
final class Structure {
    /** A byte for each cell; the root of a slope of 255 and more fills it. */
    private static final double ROOT_STEPS = 16;

    private static final int BYTE_MAX = 255;

    /**
     * How far a view is looked for: a quarter of the width, a third of what is judged in height.
     */
    private static final int RIGHT_MAX = Grid.COLUMNS / 4;

    private static final int DOWN_MAX = Grid.MIDDLE_ROWS / 3;

    /** Less, 5 % of the width, is a nudge: it is learned, and recorded as evidence all the same. */
    private static final int SHIFT_MIN = 3;

    /** 6x4 tiles of 10x6 cells. */
    private static final int TILE_COLUMNS = 10;

    private static final int TILE_ROWS = 6;

    /** A tile of less than half the usual contrast is a blank wall and proves nothing. */
    private static final double TILE_SPREAD_MIN = 0.5;

    private static final double TILE_LIKENESS_MIN = 0.6;

    private static final double PERCENT = 100;

    private final float[] cells;

    private Structure(float[] cells) {
        this.cells = cells;
    }

    /** The root brings strong and weak edges together; neighbours are mixed to bear small steps. */
    static Structure of(double[] slopes) {
        var roots = new float[Grid.MIDDLE_CELLS];
        for (var i = 0; i < roots.length; i++) {
            roots[i] = (float) Math.min(Math.sqrt(slopes[i]) * ROOT_STEPS, BYTE_MAX);
        }
        return new Structure(mixed(roots));
    }

    private static float[] mixed(float[] from) {
        var to = new float[from.length];
        for (var y = 0; y < Grid.MIDDLE_ROWS; y++) {
            for (var x = 0; x < Grid.COLUMNS; x++) {
                to[y * Grid.COLUMNS + x] = around(from, x, y);
            }
        }
        return to;
    }

    private static float around(float[] from, int x, int y) {
        var sum = 0f;
        var weights = 0;
        for (var v = Math.max(y - 1, 0); v <= Math.min(y + 1, Grid.MIDDLE_ROWS - 1); v++) {
            for (var u = Math.max(x - 1, 0); u <= Math.min(x + 1, Grid.COLUMNS - 1); u++) {
                var weight = (u == x ? 2 : 1) * (v == y ? 2 : 1);
                sum += weight * from[v * Grid.COLUMNS + u];
                weights += weight;
            }
        }
        return sum / weights;
    }

    /**
     * This one moved a little towards another.
     *
     * @param share 0 stays, 1 becomes the other
     */
    Structure towards(Structure other, double share) {
        var next = new float[cells.length];
        for (var i = 0; i < next.length; i++) {
            next[i] = (float) (cells[i] + (other.cells[i] - cells[i]) * share);
        }
        return new Structure(next);
    }

    /** Correlation with another in the same place, -1 to 1. */
    double likeness(Structure other) {
        return likeness(other, 0, 0);
    }

    /** Where the other lies best in this one, if not here; empty when it lies best here. */
    Optional<Figures.Shift> shift(Structure other) {
        var best = likeness(other);
        var found = Optional.<Figures.Shift>empty();
        for (var down = -DOWN_MAX; down <= DOWN_MAX; down++) {
            for (var right = -RIGHT_MAX; right <= RIGHT_MAX; right++) {
                if (Math.max(Math.abs(down), Math.abs(right)) < SHIFT_MIN) {
                    continue;
                }
                var likeness = likeness(other, right, down);
                if (likeness > best) {
                    best = likeness;
                    found = Optional.of(shift(right, down, likeness));
                }
            }
        }
        return found;
    }

    private static Figures.Shift shift(int right, int down, double likeness) {
        return new Figures.Shift(
                PERCENT * right / Grid.COLUMNS, PERCENT * down / Grid.ROWS, PERCENT * likeness);
    }

    /** Over what both show, when this has gone right and down. */
    private double likeness(Structure other, int right, int down) {
        var left = Math.max(0, -right);
        var top = Math.max(0, -down);
        var wide = Grid.COLUMNS - Math.abs(right);
        var high = Grid.MIDDLE_ROWS - Math.abs(down);
        return new Correlation(this, other, left, top, wide, high, right, down).value();
    }

    /**
     * How much of the other is still in its place, 0 to 1: tiles of it that are found here. Cooks
     * and steam hide some tiles; a camera that is turned loses all.
     */
    double kept(Structure other) {
        var tiles = new ArrayList<Correlation>();
        for (var top = 0; top < Grid.MIDDLE_ROWS; top += TILE_ROWS) {
            for (var left = 0; left < Grid.COLUMNS; left += TILE_COLUMNS) {
                tiles.add(new Correlation(this, other, left, top, TILE_COLUMNS, TILE_ROWS, 0, 0));
            }
        }
        var usual = tiles.stream().mapToDouble(Correlation::spread).average().orElse(0);
        var telling = tiles.stream().filter(t -> t.spread() >= TILE_SPREAD_MIN * usual).toList();
        var found = telling.stream().filter(t -> t.value() >= TILE_LIKENESS_MIN).count();
        return telling.isEmpty() ? 0 : (double) found / telling.size();
    }

    /** Pearson's, over a rectangle. */
    private static final class Correlation {
        private final double points;
        private double sumA;
        private double sumB;
        private double squareA;
        private double squareB;
        private double product;

        Correlation(
                Structure a,
                Structure b,
                int left,
                int top,
                int wide,
                int high,
                int right,
                int down) {
            points = (double) wide * high;
            for (var y = top; y < top + high; y++) {
                var there = y * Grid.COLUMNS;
                var here = (y + down) * Grid.COLUMNS + right;
                for (var x = left; x < left + wide; x++) {
                    add(a.cells[here + x], b.cells[there + x]);
                }
            }
        }

        private void add(double a, double b) {
            sumA += a;
            sumB += b;
            squareA += a * a;
            squareB += b * b;
            product += a * b;
        }

        private double value() {
            var both = (squareA - sumA * sumA / points) * (squareB - sumB * sumB / points);
            return both <= 0 ? 0 : (product - sumA * sumB / points) / Math.sqrt(both);
        }

        /** Standard deviation of the other. */
        private double spread() {
            return Math.sqrt(Math.max(0, squareB - sumB * sumB / points) / points);
        }
    }

    /** A byte for each cell, as Base64. */
    String text() {
        var bytes = new byte[cells.length];
        for (var i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Math.round(cells[i]);
        }
        return Base64.getEncoder().encodeToString(bytes);
    }

    /**
     * @throws IllegalArgumentException unless it is what {@link #text} writes
     */
    static Structure parse(String text) {
        var bytes = Base64.getDecoder().decode(text);
        if (bytes.length != Grid.MIDDLE_CELLS) {
            throw new IllegalArgumentException("not " + Grid.MIDDLE_CELLS + " cells");
        }
        var cells = new float[bytes.length];
        for (var i = 0; i < cells.length; i++) {
            cells[i] = bytes[i] & BYTE_MAX;
        }
        return new Structure(cells);
    }
}
