package org.mingchu.sensors.camera.picture;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;

import javax.imageio.ImageIO;

/** A photograph loses what tells where, when and by whose device it was taken. */
class PlainJpegTest {
    private static final String PLACE = "GPS 23.1291N 113.2644E";

    @ParameterizedTest
    @ValueSource(ints = {0xe1, 0xe2, 0xed, 0xef, 0xfe})
    void what_stands_beside_the_picture_goes_and_the_picture_stays(int marker) throws IOException {
        var bare = jpeg();
        var plain = plain(with(bare, marker, 2));

        assertThat(text(plain)).doesNotContain("GPS", "JFIF");
        assertThat(pixels(plain)).isEqualTo(pixels(bare));
    }

    @Test
    void what_stands_behind_the_scan_goes_too() throws IOException {
        var bare = jpeg();
        var plain = plain(with(bare, 0xe1, bare.length - 2));
        var more = new ByteArrayOutputStream();
        more.write(bare);
        more.write(PLACE.getBytes(US_ASCII));

        assertThat(text(plain)).doesNotContain("GPS");
        assertThat(text(plain(more.toByteArray()))).doesNotContain("GPS");
        assertThat(pixels(plain)).isEqualTo(pixels(bare));
        assertThat(plain).endsWith(0xff, 0xd9);
    }

    @Test
    void what_is_none_is_refused() throws IOException {
        assertThat(reason("no picture".getBytes(US_ASCII))).isEqualTo("not a JPEG");
        assertThat(reason(new byte[PlainJpeg.BYTES_MAX + 1])).contains("more than");
        assertThat(reason(Arrays.copyOf(jpeg(), 40))).isNotEmpty();
    }

    /** Every byte of the head turned over, one at a time: a reason or a picture, no exception. */
    @Test
    void a_damaged_one_is_taken_or_refused() throws IOException {
        var bare = with(jpeg(), 0xe1, 2);
        for (int i = 0; i < Math.min(bare.length, 700); i++) {
            var damaged = bare.clone();
            damaged[i] ^= (byte) 0xff;
            assertThat(PlainJpeg.of(damaged)).isNotNull();
        }
    }

    private static byte[] plain(byte[] jpeg) {
        return switch (PlainJpeg.of(jpeg)) {
            case PlainJpeg.Plain(var picture) -> picture.bytes();
            case PlainJpeg.Refused(var reason) -> throw new AssertionError(reason);
        };
    }

    private static String reason(byte[] jpeg) {
        return switch (PlainJpeg.of(jpeg)) {
            case PlainJpeg.Plain _ -> throw new AssertionError("it was taken");
            case PlainJpeg.Refused(var reason) -> reason;
        };
    }

    private static byte[] jpeg() throws IOException {
        var image = new BufferedImage(160, 120, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 120; y++) {
            for (int x = 0; x < 160; x++) {
                image.setRGB(x, y, (x * 3) << 16 | (y * 2) << 8 | (x ^ y));
            }
        }
        var out = new ByteArrayOutputStream();
        ImageIO.write(image, "jpeg", out);
        return out.toByteArray();
    }

    /** The same with a segment that names a place. */
    private static byte[] with(byte[] jpeg, int marker, int at) {
        var words = PLACE.getBytes(US_ASCII);
        var out = new ByteArrayOutputStream();
        out.write(jpeg, 0, at);
        out.write(0xff);
        out.write(marker);
        out.write(0);
        out.write(words.length + 2);
        out.writeBytes(words);
        out.write(jpeg, at, jpeg.length - at);
        return out.toByteArray();
    }

    private static String text(byte[] jpeg) {
        return new String(jpeg, ISO_8859_1);
    }

    private static int[] pixels(byte[] jpeg) throws IOException {
        var image = ImageIO.read(new ByteArrayInputStream(jpeg));
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }
}
