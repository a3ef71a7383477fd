package org.mingchu.sensors.camera.picture;

/** A rectangle of cells of the whole picture. Immutable. */
record Box(int column, int row, int columns, int rows) {
    private static final int WHOLE = 1000;

    Box {
        if (column < 0 || row < 0 || columns < 1 || rows < 1) {
            throw new IllegalArgumentException("a box begins at 0 and is not empty");
        }
        if (column > Grid.COLUMNS - columns || row > Grid.ROWS - rows) {
            throw new IllegalArgumentException("a box ends within the picture");
        }
    }

    /** Every cell that the region touches. */
    static Box of(Region region) {
        var column = region.left() * Grid.COLUMNS / WHOLE;
        var row = region.top() * Grid.ROWS / WHOLE;
        var right = ceil((region.left() + region.width()) * Grid.COLUMNS);
        var bottom = ceil((region.top() + region.height()) * Grid.ROWS);
        return new Box(column, row, right - column, bottom - row);
    }

    private static int ceil(int thousandths) {
        return Math.ceilDiv(thousandths, WHOLE);
    }

    boolean holds(int column, int row) {
        return column >= this.column
                && column < this.column + columns
                && row >= this.row
                && row < this.row + rows;
    }

    int cells() {
        return columns * rows;
    }
}
