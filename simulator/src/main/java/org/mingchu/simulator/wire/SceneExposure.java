package org.mingchu.simulator.wire;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** What the sensor gave: blue, green and red of every point. Immutable. */
final class SceneExposure {
    private static final DateTimeFormatter WRITTEN =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    /** A digit's height is a fifteenth of the picture's. */
    private static final int SCALE = 120;

    private final int width;
    private final int height;
    private final byte[] bytes;

    SceneExposure(int width, int height, byte[] bytes) {
        this.width = width;
        this.height = height;
        this.bytes = bytes;
    }

    /** With the time in its upper left, white on black. */
    BufferedImage stamped(Instant time) {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        var data = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        System.arraycopy(bytes, 0, data, 0, bytes.length);
        SceneDigits.write(image, WRITTEN.format(time), Math.max(1, height / SCALE));
        return image;
    }
}
