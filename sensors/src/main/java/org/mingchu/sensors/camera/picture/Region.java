package org.mingchu.sensors.camera.picture;

/**
 * A rectangle of the picture in thousandths of its width and height, from the upper left.
 * Immutable.
 */
public record Region(int left, int top, int width, int height) {
    private static final int WHOLE = 1000;

    /**
     * Checks that it can be looked at.
     *
     * @throws IllegalArgumentException unless it lies within the picture and is not empty
     */
    public Region {
        if (left < 0 || top < 0 || width < 1 || height < 1) {
            throw new IllegalArgumentException("a region begins at 0 and is not empty");
        }
        if (left > WHOLE - width || top > WHOLE - height) {
            throw new IllegalArgumentException("a region ends within the picture, at 1000");
        }
    }
}
