package org.mingchu.simulator.wire;

import java.awt.image.BufferedImage;

/** Digits of 5x7 points, so that no font need be installed. */
final class SceneDigits {
    private static final String KNOWN = "0123456789-: ";
    private static final int ROWS = 7;
    private static final int COLUMNS = 5;
    private static final int WHITE = 0xFFFFFF;

    /** Seven rows of five bits for each of the known signs. */
    private static final String[] SHAPES = {
        "0E11131519110E",
        "040C040404040E",
        "0E11010204081F",
        "1F02040201110E",
        "02060A121F0202",
        "1F101E0101110E",
        "0608101E11110E",
        "1F010204080808",
        "0E11110E11110E",
        "0E11110F01020C",
        "0000001F000000",
        "00040400040400",
        "00000000000000"
    };

    private SceneDigits() {}

    /**
     * @param scale pixels to a point
     */
    static void write(BufferedImage image, String text, int scale) {
        var sign = (COLUMNS + 1) * scale;
        for (var i = 0; i < text.length(); i++) {
            var shape = SHAPES[KNOWN.indexOf(text.charAt(i))];
            sign(image, shape, 3 * scale + i * sign, 3 * scale, scale);
        }
    }

    private static void sign(BufferedImage image, String shape, int left, int top, int scale) {
        for (var y = 0; y < (ROWS + 2) * scale; y++) {
            for (var x = 0; x < (COLUMNS + 1) * scale; x++) {
                var row = y / scale - 1;
                if (left + x < image.getWidth() && top + y < image.getHeight()) {
                    image.setRGB(left + x, top + y, lit(shape, row, x / scale) ? WHITE : 0);
                }
            }
        }
    }

    private static boolean lit(String shape, int row, int column) {
        if (row < 0 || row >= ROWS || column >= COLUMNS) {
            return false;
        }
        var bits = Integer.parseInt(shape.substring(2 * row, 2 * row + 2), 16);
        return ((bits >> (COLUMNS - 1 - column)) & 1) == 1;
    }
}
