package org.mingchu.sensors.camera.picture;

/**
 * One snapshot as it is judged: brightness on 480x270 points, whatever size the camera sends, taken
 * without smoothing so that the sensor's noise stays. Immutable.
 */
final class Picture {
    static final int WIDTH = 480;
    static final int HEIGHT = 270;

    /** Both channels together, of 255: an encoder leaves less than this in a grey picture. */
    private static final double GREY_MAX = 1.0;

    private final byte[] luma;
    private final Size size;
    private final double colour;

    /** How large the camera sent it, in pixels. */
    record Size(int width, int height) {}

    /**
     * @param luma of every point, row by row; kept, not copied
     * @param colour mean distance of both colour channels from grey
     */
    Picture(byte[] luma, Size size, double colour) {
        this.luma = luma;
        this.size = size;
        this.colour = colour;
    }

    /** By its index, row by row; 0 to 255. */
    int luma(int index) {
        return luma[index] & 0xFF;
    }

    Size size() {
        return size;
    }

    /** Without colour, as a camera sends it by infrared light. */
    boolean grey() {
        return colour < GREY_MAX;
    }
}
