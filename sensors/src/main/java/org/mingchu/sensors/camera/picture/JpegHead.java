package org.mingchu.sensors.camera.picture;

/**
 * What the markers of a JPEG say before anything is decoded: only what a camera's encoder writes
 * (baseline or extended sequential Huffman, 8 bits, grey or YCbCr, one scan) is let through. So
 * time and memory of the decoder are bounded by the size alone: a progressive file may ask for a
 * hundred passes over a whole picture of coefficients. ITU-T T.81. Immutable.
 *
 * @param width in pixels
 * @param height in pixels
 * @param end how many bytes belong to the picture; some cameras send more
 */
record JpegHead(int width, int height, int end) implements JpegMarkers.Outcome {
    /** No kitchen camera's snapshot is larger; 4K at full quality has about 3 MB. */
    static final int BYTES_MAX = 4 * 1024 * 1024;

    /** 12 MP: the largest cameras of the trade. */
    static final int PIXELS_MAX = 12_000_000;

    static final int SIDE_MAX = 8192;

    /** Below this there is nothing to judge. */
    static final int SIDE_MIN = 48;
}
