package org.mingchu.sensors.camera.picture;

import org.jspecify.annotations.Nullable;
import org.mingchu.sensors.camera.picture.JpegMarkers.Refusal;

import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;

import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Decodes a snapshot: the JPEG reader of ImageIO, raw YCbCr (no colour profile is ever applied),
 * only every n-th point, nothing on disk. Takes at most 14 MB for a moment, were all at its limit:
 * file 4, its copy in the reader 4, points 0.9, decoder's rows 3, brightness and what is measured
 * in it 1.7. Any thread.
 */
final class Snapshot {
    private static final int GREY = 128;

    private Snapshot() {}

    /** What came of a snapshot. */
    sealed interface Decoded {}

    record Seen(Picture picture) implements Decoded {}

    record Unreadable(String reason) implements Decoded {}

    static Decoded decode(byte[] jpeg) {
        return switch (JpegMarkers.read(jpeg)) {
            case Refusal refusal -> new Unreadable(refusal.reason());
            case JpegHead head -> decode(jpeg, head);
        };
    }

    private static Decoded decode(byte[] jpeg, JpegHead head) {
        var reader = ImageIO.getImageReadersByFormatName("jpeg").next();
        try {
            return decode(reader, jpeg, head);
        } finally {
            reader.dispose();
        }
    }

    /**
     * The reader throws what it likes over a damaged file: {@code IIOException}, but also {@code
     * IllegalArgumentException} and indexes out of bounds from its own checks.
     */
    private static Decoded decode(ImageReader reader, byte[] jpeg, JpegHead head) {
        var damage = new Damage();
        reader.addIIOReadWarningListener(damage);
        var bytes = new ByteArrayInputStream(jpeg, 0, head.end());
        try (var input = new MemoryCacheImageInputStream(bytes)) {
            reader.setInput(input, true, true);
            var step = step(head);
            var wanted = reader.getDefaultReadParam();
            wanted.setSourceSubsampling(step, step, 0, 0);
            var raster = reader.readRaster(0, wanted);
            return damage.found()
                    .<Decoded>map(Unreadable::new)
                    .orElseGet(() -> new Seen(picture(raster, head)));
        } catch (IOException | RuntimeException e) {
            return new Unreadable("damaged: " + cause(e));
        }
    }

    /** About 480x270 points whatever comes, at most half as many again each way. */
    private static int step(JpegHead head) {
        var points = (double) head.width() * head.height() / (Picture.WIDTH * Picture.HEIGHT);
        return Math.max(1, (int) Math.round(Math.sqrt(points)));
    }

    private static String cause(Exception e) {
        return e instanceof IIOException && e.getMessage() != null
                ? e.getMessage()
                : e.getClass().getSimpleName();
    }

    /** The nearest point of what was decoded; neighbours are not mixed, or noise would vanish. */
    private static Picture picture(Raster raster, JpegHead head) {
        var bands = raster.getNumBands();
        var luma = new byte[Picture.WIDTH * Picture.HEIGHT];
        var row = new byte[raster.getWidth() * bands];
        var colour = 0L;
        for (var y = 0; y < Picture.HEIGHT; y++) {
            var line = y * raster.getHeight() / Picture.HEIGHT;
            raster.getDataElements(0, line, raster.getWidth(), 1, row);
            for (var x = 0; x < Picture.WIDTH; x++) {
                var at = x * raster.getWidth() / Picture.WIDTH * bands;
                luma[y * Picture.WIDTH + x] = row[at];
                colour += bands == 1 ? 0 : distance(row[at + 1]) + distance(row[at + 2]);
            }
        }
        var size = new Picture.Size(head.width(), head.height());
        return new Picture(luma, size, (double) colour / luma.length);
    }

    private static int distance(byte chroma) {
        return Math.abs((chroma & 0xFF) - GREY);
    }

    /** A damaged file is decoded as far as it goes, with a warning and grey for the rest. */
    private static final class Damage implements IIOReadWarningListener {
        private Optional<String> first = Optional.empty();

        /** Stray bytes between segments hurt nothing, and some cameras write them. */
        @Override
        public void warningOccurred(@Nullable ImageReader source, @Nullable String warning) {
            var text = String.valueOf(warning);
            if (first.isEmpty() && text.contains("Corrupt") && !text.contains("extraneous")) {
                first = Optional.of(text);
            }
        }

        private Optional<String> found() {
            return first;
        }
    }
}
