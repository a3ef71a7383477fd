package org.mingchu.sensors.camera.picture;

import java.util.Optional;

/** What differs between two pictures, cell by cell. Immutable. */
final class Change {
    private static final double PERCENT = 100;

    private final int[] largest = new int[Grid.COLUMNS * Grid.ROWS];
    private final int changed;

    /**
     * @param written cells in the middle that the camera writes into; they do not count as change
     */
    Change(Picture before, Picture now, Optional<Box> written) {
        for (var y = 0; y < Picture.HEIGHT; y++) {
            for (var column = 0; column < Grid.COLUMNS; column++) {
                var cell = y / Grid.CELL * Grid.COLUMNS + column;
                var from = y * Picture.WIDTH + column * Grid.CELL;
                largest[cell] = Math.max(largest[cell], largest(before, now, from));
            }
        }
        this.changed = changed(written);
    }

    private static int largest(Picture before, Picture now, int from) {
        var largest = 0;
        for (var i = from; i < from + Grid.CELL; i++) {
            largest = Math.max(largest, Math.abs(before.luma(i) - now.luma(i)));
        }
        return largest;
    }

    private int changed(Optional<Box> written) {
        var count = 0;
        for (var row = Grid.MARGIN; row < Grid.MARGIN + Grid.MIDDLE_ROWS; row++) {
            for (var column = 0; column < Grid.COLUMNS; column++) {
                if (largest(column, row) > 0 && !holds(written, column, row)) {
                    count++;
                }
            }
        }
        return count;
    }

    private static boolean holds(Optional<Box> box, int column, int row) {
        return box.isPresent() && box.orElseThrow().holds(column, row);
    }

    /** The largest difference within a cell, in levels of brightness. */
    int largest(int column, int row) {
        return largest[row * Grid.COLUMNS + column];
    }

    /**
     * Not one point of the middle differs. A living sensor always has noise, and among 1440 cells
     * some stand at the edge of a quantisation step even after the strongest noise filter.
     */
    boolean none() {
        return changed == 0;
    }

    double percent() {
        return PERCENT * changed / Grid.MIDDLE_CELLS;
    }
}
