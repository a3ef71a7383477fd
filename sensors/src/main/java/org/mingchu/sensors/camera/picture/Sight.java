package org.mingchu.sensors.camera.picture;

import java.util.Arrays;

/**
 * What one picture shows, by itself: brightness, contrast, edges. Measured in the middle, on
 * brightness smoothed by 5x5 points so that noise is no edge. Immutable.
 */
final class Sight {
    private static final int LEVELS = 256;

    /** Weights of the smoothing, 1-4-6-4-1 each way, sum up to 256. */
    private static final int SMOOTH = 256;

    /** Rows and columns at the rim that the smoothing and the slope cannot reach. */
    private static final int RIM = 3;

    private final double mean;
    private final double deviation;
    private final double entropyBits;
    private final double edges;
    private final double sharpness;
    private final Structure structure;

    private Sight(int[] smooth) {
        var histogram = new Histogram(smooth);
        var slopes = new Slopes(smooth);
        this.mean = histogram.mean();
        this.deviation = histogram.deviation();
        this.entropyBits = histogram.entropyBits();
        this.edges = slopes.edges();
        this.sharpness = slopes.steepest() / new Steps(smooth).largest();
        this.structure = Structure.of(slopes.cells);
    }

    static Sight of(Picture picture) {
        return new Sight(smooth(picture));
    }

    double mean() {
        return mean;
    }

    double deviation() {
        return deviation;
    }

    double entropyBits() {
        return entropyBits;
    }

    /** Mean slope above what noise makes, in levels over two points. */
    double edges() {
        return edges;
    }

    /**
     * Slope of the steepest points against the largest steps from cell to cell: falls with blur,
     * not with the light, nor with steam, which takes from both.
     */
    double sharpness() {
        return sharpness;
    }

    Structure structure() {
        return structure;
    }

    private static int[] smooth(Picture picture) {
        var luma = new int[Picture.WIDTH * Picture.HEIGHT];
        for (var i = 0; i < luma.length; i++) {
            luma[i] = picture.luma(i);
        }
        return smooth(smooth(luma, 1), Picture.WIDTH);
    }

    private static int[] smooth(int[] from, int step) {
        var to = new int[from.length];
        for (var i = 2 * step; i < from.length - 2 * step; i++) {
            to[i] =
                    from[i - 2 * step]
                            + from[i + 2 * step]
                            + 4 * (from[i - step] + from[i + step])
                            + 6 * from[i];
        }
        return to;
    }

    /** Of the smoothed brightness. */
    private static final class Histogram {
        private final int[] counts = new int[LEVELS];
        private int points;

        private Histogram(int[] smooth) {
            for (var y = Grid.MIDDLE_TOP; y < Grid.MIDDLE_BOTTOM; y++) {
                for (var x = RIM; x < Picture.WIDTH - RIM; x++) {
                    counts[smooth[y * Picture.WIDTH + x] / SMOOTH]++;
                    points++;
                }
            }
        }

        private double mean() {
            var sum = 0.0;
            for (var level = 0; level < LEVELS; level++) {
                sum += (double) level * counts[level];
            }
            return sum / points;
        }

        private double deviation() {
            var mean = mean();
            var sum = 0.0;
            for (var level = 0; level < LEVELS; level++) {
                sum += (level - mean) * (level - mean) * counts[level];
            }
            return Math.sqrt(sum / points);
        }

        private double entropyBits() {
            var bits = 0.0;
            for (var count : counts) {
                if (count > 0) {
                    var share = (double) count / points;
                    bits -= share * Math.log(share) / Math.log(2);
                }
            }
            return bits;
        }
    }

    /** How steep the brightness is, point by point and by cell. */
    private static final class Slopes {
        /** Quarters of a level over two points. */
        private static final int STEP = SMOOTH / 4;

        private static final int STEPS = 2 * LEVELS * SMOOTH / STEP;

        /** The steepest points are edges of things, in every scene. */
        private static final double STEEPEST_SHARE = 0.02;

        /** The flattest tenth of the cells shows how much slope the noise alone makes. */
        private static final double FLATTEST_SHARE = 0.1;

        /** Of Gaussian noise the steepest 2 % have 2.9 times the mean slope. */
        private static final double NOISE_STEEPEST = 2.9;

        /** Mean slopes of cells with nothing but noise differ by less than this. */
        private static final double NOISE_CELL = 1.25;

        private final int[] counts = new int[STEPS];
        private final double[] cells = new double[Grid.MIDDLE_CELLS];
        private final double noise;
        private int points;

        private Slopes(int[] smooth) {
            for (var y = Grid.MIDDLE_TOP; y < Grid.MIDDLE_BOTTOM; y++) {
                var row = (y - Grid.MIDDLE_TOP) / Grid.CELL * Grid.COLUMNS;
                for (var x = RIM; x < Picture.WIDTH - RIM; x++) {
                    var i = y * Picture.WIDTH + x;
                    var right = smooth[i + 1] - smooth[i - 1];
                    var down = smooth[i + Picture.WIDTH] - smooth[i - Picture.WIDTH];
                    var slope = Math.abs(right) + Math.abs(down);
                    counts[Math.min(slope / STEP, STEPS - 1)]++;
                    cells[row + x / Grid.CELL] += slope;
                    points++;
                }
            }
            for (var cell = 0; cell < cells.length; cell++) {
                cells[cell] /= SMOOTH * Grid.CELL * Grid.CELL;
            }
            var sorted = cells.clone();
            Arrays.sort(sorted);
            this.noise = sorted[(int) (sorted.length * FLATTEST_SHARE)];
        }

        /** Without what noise adds, as variances add up. */
        private double steepest() {
            var wanted = (int) (points * STEEPEST_SHARE);
            var left = wanted;
            var sum = 0L;
            for (var slope = STEPS - 1; left > 0; slope--) {
                var taken = Math.min(left, counts[slope]);
                sum += (long) taken * slope;
                left -= taken;
            }
            var steepest = (double) sum * STEP / SMOOTH / wanted;
            var ofNoise = NOISE_STEEPEST * noise;
            return Math.sqrt(Math.max(0, steepest * steepest - ofNoise * ofNoise));
        }

        private double edges() {
            return Arrays.stream(cells)
                    .map(slope -> Math.max(0, slope - NOISE_CELL * noise))
                    .average()
                    .orElse(0);
        }
    }

    /**
     * Differences of mean brightness between neighbouring cells: no blur short of a bag hides them.
     */
    private static final class Steps {
        private static final double LARGEST_SHARE = 0.05;
        private static final double STEP_MIN = 1;

        private final double[] cells = new double[Grid.MIDDLE_CELLS];

        private Steps(int[] smooth) {
            for (var y = Grid.MIDDLE_TOP; y < Grid.MIDDLE_BOTTOM; y++) {
                var row = (y - Grid.MIDDLE_TOP) / Grid.CELL * Grid.COLUMNS;
                for (var x = 0; x < Picture.WIDTH; x++) {
                    cells[row + x / Grid.CELL] += smooth[y * Picture.WIDTH + x];
                }
            }
        }

        /** The first and the last column hold the rim. */
        private double largest() {
            var steps = new double[(Grid.MIDDLE_ROWS - 1) * (Grid.COLUMNS - 3)];
            var count = 0;
            for (var y = 0; y < Grid.MIDDLE_ROWS - 1; y++) {
                for (var x = 1; x < Grid.COLUMNS - 2; x++) {
                    var i = y * Grid.COLUMNS + x;
                    steps[count++] =
                            Math.abs(cells[i + 1] - cells[i])
                                    + Math.abs(cells[i + Grid.COLUMNS] - cells[i]);
                }
            }
            Arrays.sort(steps);
            var from = (int) (count * (1 - LARGEST_SHARE));
            var mean = Arrays.stream(steps, from, count).average().orElse(0);
            return Math.max(mean / (SMOOTH * Grid.CELL * Grid.CELL), STEP_MIN);
        }
    }
}
