package org.mingchu.sensors.camera.picture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mingchu.sensors.camera.picture.Snapshot.Decoded;
import org.mingchu.sensors.camera.picture.Snapshot.Seen;
import org.mingchu.sensors.camera.picture.Snapshot.Unreadable;
import org.mingchu.simulator.wire.SceneCamera;
import org.mingchu.simulator.wire.SceneLight;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;

import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;

/** What is let into the decoder, and what comes of the rest. */
final class SnapshotTest {
    private static final byte[] GOOD = SceneCamera.kitchen(480, 270, 1).snapshot(Instant.EPOCH);

    @Test
    void a_cameras_picture_is_seen_with_its_size_and_colour() {
        var picture = ((Seen) Snapshot.decode(GOOD)).picture();
        assertThat(picture.size()).isEqualTo(new Picture.Size(480, 270));
        assertThat(picture.grey()).isFalse();
    }

    @Test
    void by_infrared_it_is_grey() {
        var camera = SceneCamera.kitchen(480, 270, 1);
        camera.light(SceneLight.INFRARED);
        var seen = (Seen) Snapshot.decode(camera.snapshot(Instant.EPOCH));
        assertThat(seen.picture().grey()).isTrue();
    }

    @Test
    void brightness_is_the_same_at_every_resolution() {
        for (var width : new int[] {320, 480, 640, 1280, 1920}) {
            var jpeg = SceneCamera.kitchen(width, width * 9 / 16, 1).snapshot(Instant.EPOCH);
            var seen = (Seen) Snapshot.decode(jpeg);
            assertThat(Sight.of(seen.picture()).mean()).as("%d", width).isBetween(122.0, 134.0);
        }
    }

    @Test
    void nothing_text_and_other_kinds_of_picture_are_refused() throws IOException {
        assertThat(reason(new byte[0])).isEqualTo("no bytes");
        assertThat(reason("<html>".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isEqualTo("not a JPEG");
        assertThat(reason(new byte[] {(byte) 0xFF})).isEqualTo("not a JPEG");
        assertThat(reason(new byte[] {(byte) 0xFF, (byte) 0xD8}))
                .isEqualTo("cut off before the picture");
        var png = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB), "png", png);
        assertThat(reason(png.toByteArray())).isEqualTo("not a JPEG");
    }

    @Test
    void more_than_four_megabytes_are_not_looked_at() {
        assertThat(reason(Arrays.copyOf(GOOD, JpegHead.BYTES_MAX + 1))).contains("more than");
        assertThat(Snapshot.decode(Arrays.copyOf(GOOD, JpegHead.BYTES_MAX)))
                .as("what follows the picture does not matter")
                .isInstanceOf(Seen.class);
    }

    @Test
    void more_pixels_than_are_read_are_refused_before_decoding() {
        assertThat(reason(sized(4096, 4096))).contains("4096x4096 is more than");
        assertThat(reason(sized(65_500, 100))).contains("65500x100 is more than");
        assertThat(reason(sized(480, 8))).contains("too small");
        assertThat(reason(sized(0, 270))).contains("too small");
    }

    @Test
    void progressive_cmyk_and_rgb_are_refused() throws IOException {
        assertThat(reason(progressive())).contains("progressive");
        var cmyk = GOOD.clone();
        cmyk[frame(cmyk) + 9] = 4;
        assertThat(reason(cmyk)).isEqualTo("4 colour channels");
        var rgb = GOOD.clone();
        rgb[frame(rgb) + 10] = 'R';
        assertThat(reason(rgb)).contains("RGB");
        byte[] adobe = {
            (byte) 0xFF, (byte) 0xEE, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0
        };
        assertThat(reason(spliced(GOOD, 2, adobe))).contains("RGB");
    }

    @Test
    void arithmetic_lossless_and_twelve_bits_are_refused() {
        for (var process : new int[] {0xC3, 0xC5, 0xC9, 0xCA, 0xCF}) {
            var other = GOOD.clone();
            other[frame(other) + 1] = (byte) process;
            assertThat(reason(other)).contains("is not read");
        }
        var bits = GOOD.clone();
        bits[frame(bits) + 4] = 12;
        assertThat(reason(bits)).isEqualTo("not 8 bits");
    }

    @Test
    void wherever_it_is_cut_off_it_is_not_seen() {
        for (var length = 0; length < GOOD.length - 64; length += 997) {
            assertThat(Snapshot.decode(Arrays.copyOf(GOOD, length)))
                    .as("%d of %d", length, GOOD.length)
                    .isInstanceOf(Unreadable.class);
        }
    }

    @Test
    void a_missing_end_mark_and_bytes_behind_it_are_forgiven() {
        assertThat(Snapshot.decode(Arrays.copyOf(GOOD, GOOD.length - 2))).isInstanceOf(Seen.class);
        assertThat(Snapshot.decode(Arrays.copyOf(GOOD, GOOD.length + 1000)))
                .isInstanceOf(Seen.class);
    }

    @Test
    void a_second_scan_is_refused() {
        var scan = at(GOOD, 0xDA);
        var twice = spliced(GOOD, GOOD.length - 2, Arrays.copyOfRange(GOOD, scan, scan + 200));
        assertThat(reason(twice)).contains("several scans");
    }

    private static String reason(byte[] jpeg) {
        Decoded decoded = Snapshot.decode(jpeg);
        assertThat(decoded).isInstanceOf(Unreadable.class);
        return ((Unreadable) decoded).reason();
    }

    private static byte[] sized(int width, int height) {
        var other = GOOD.clone();
        var frame = frame(other);
        other[frame + 5] = (byte) (height >> 8);
        other[frame + 6] = (byte) height;
        other[frame + 7] = (byte) (width >> 8);
        other[frame + 8] = (byte) width;
        return other;
    }

    private static int frame(byte[] jpeg) {
        return at(jpeg, 0xC0);
    }

    private static int at(byte[] jpeg, int marker) {
        for (var i = 2; i < jpeg.length - 1; i++) {
            if (jpeg[i] == (byte) 0xFF && jpeg[i + 1] == (byte) marker) {
                return i;
            }
        }
        throw new AssertionError("no such marker");
    }

    private static byte[] spliced(byte[] whole, int at, byte[] more) {
        var joined = new ByteArrayOutputStream();
        joined.write(whole, 0, at);
        joined.writeBytes(more);
        joined.write(whole, at, whole.length - at);
        return joined.toByteArray();
    }

    private static byte[] progressive() throws IOException {
        var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        var bytes = new ByteArrayOutputStream();
        try (var out = ImageIO.createImageOutputStream(bytes)) {
            var wanted = writer.getDefaultWriteParam();
            wanted.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            writer.setOutput(out);
            var image = new BufferedImage(480, 270, BufferedImage.TYPE_INT_RGB);
            writer.write(null, new IIOImage(image, null, null), wanted);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
