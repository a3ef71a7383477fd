package org.mingchu.sensors.camera.picture;

/**
 * The picture in cells of 8x8 points. Judged is the middle; cameras write time and name into the
 * upper and the lower sixth, and what is written stays sharp, in place and lit whatever happens to
 * the view.
 */
final class Grid {
    static final int CELL = 8;
    static final int COLUMNS = Picture.WIDTH / CELL;

    /** The last row is cut off by the picture's edge. */
    static final int ROWS = (Picture.HEIGHT + CELL - 1) / CELL;

    /** Rows of cells at the upper and at the lower edge that are left to what cameras write. */
    static final int MARGIN = 5;

    static final int MIDDLE_ROWS = ROWS - 2 * MARGIN;
    static final int MIDDLE_CELLS = MIDDLE_ROWS * COLUMNS;
    static final int MIDDLE_TOP = MARGIN * CELL;
    static final int MIDDLE_BOTTOM = MIDDLE_TOP + MIDDLE_ROWS * CELL;

    private Grid() {}
}
