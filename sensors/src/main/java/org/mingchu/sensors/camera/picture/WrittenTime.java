package org.mingchu.sensors.camera.picture;

import java.util.Optional;

/**
 * Where a camera writes the time, and whether it goes on. Unless the site file says where, it is
 * found: the few cells side by side in the margin in which something light on dark changes in
 * nearly every picture of a living camera. One thread.
 */
final class WrittenTime {
    /** Digits are light on dark or dark on light; noise and shadows change less. */
    private static final int CONTRAST_MIN = 48;

    /** Share of the last pictures in which a cell must have changed: 30 pictures from nothing. */
    private static final double CHANGES_MIN = 0.85;

    private static final double STEP = 1.0 / 16;

    /** A line of digits: more is a fan, a flame or a screen in view. */
    private static final int ROWS_MAX = 3;

    private static final int CELLS_MAX = 60;

    private final double[] changes = new double[Grid.COLUMNS * Grid.ROWS];
    private Optional<Box> box;

    /**
     * @param box where it is, when that is known
     */
    WrittenTime(Optional<Box> box) {
        this.box = box;
    }

    Optional<Box> box() {
        return box;
    }

    /** Of a living picture, set against one a minute before. */
    Finding hear(Change change) {
        if (box.isEmpty()) {
            learn(change);
            return Finding.NO_SAY;
        }
        return runs(change, box.orElseThrow()) ? Finding.GOOD : Finding.BAD;
    }

    private static boolean runs(Change change, Box box) {
        for (var row = box.row(); row < box.row() + box.rows(); row++) {
            for (var column = box.column(); column < box.column() + box.columns(); column++) {
                if (change.largest(column, row) >= CONTRAST_MIN) {
                    return true;
                }
            }
        }
        return false;
    }

    private void learn(Change change) {
        for (var row = 0; row < Grid.ROWS; row++) {
            for (var column = 0; column < Grid.COLUMNS; column++) {
                var changed = change.largest(column, row) >= CONTRAST_MIN ? 1 : 0;
                var cell = row * Grid.COLUMNS + column;
                changes[cell] += (changed - changes[cell]) * STEP;
            }
        }
        box = found();
    }

    /** Both margins are looked at; a camera writes the time once. */
    private Optional<Box> found() {
        return around(0, Grid.MARGIN).or(() -> around(Grid.ROWS - Grid.MARGIN, Grid.ROWS));
    }

    private Optional<Box> around(int from, int to) {
        var left = Grid.COLUMNS;
        var right = -1;
        var top = to;
        var bottom = -1;
        for (var row = from; row < to; row++) {
            for (var column = 0; column < Grid.COLUMNS; column++) {
                if (changes[row * Grid.COLUMNS + column] >= CHANGES_MIN) {
                    left = Math.min(left, column);
                    right = Math.max(right, column);
                    top = Math.min(top, row);
                    bottom = Math.max(bottom, row);
                }
            }
        }
        return right < 0 ? Optional.empty() : line(left, top, right + 1 - left, bottom + 1 - top);
    }

    private static Optional<Box> line(int column, int row, int columns, int rows) {
        return rows <= ROWS_MAX && columns * rows <= CELLS_MAX
                ? Optional.of(new Box(column, row, columns, rows))
                : Optional.empty();
    }
}
