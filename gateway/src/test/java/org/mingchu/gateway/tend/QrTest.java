package org.mingchu.gateway.tend;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.LuminanceSource;
import com.google.zxing.MultiFormatReader;
import com.google.zxing.NotFoundException;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What is drawn is what another library reads. */
final class QrTest {
    private static final String FINGERPRINT =
            "9f86 d081 884c 7d65 9a2f eaa0 c55a d015 a3bf 4f1b 2b0b 822c d15d 6c15 b0f0 0a08";

    private static final int SCALE = 6;
    private static final int WHITE = 0xffffff;

    @Test
    void the_letters_on_a_dark_terminal_are_read_as_the_fingerprint() throws NotFoundException {
        var lines = Qr.of(FINGERPRINT).lines();
        var side = lines.getFirst().length();
        assertThat(side).isLessThan(80);
        var light = new boolean[side][side];
        for (var y = 0; y < side; y++) {
            for (var x = 0; x < side; x++) {
                var letter = lines.get(y / 2).charAt(x);
                light[y][x] = letter == '█' || letter == (y % 2 == 0 ? '▀' : '▄');
            }
        }
        assertThat(read(light)).isEqualTo(FINGERPRINT);
    }

    @Test
    void the_drawing_for_paper_is_read_as_the_fingerprint() throws NotFoundException {
        var svg = Qr.of(FINGERPRINT).svg();
        var box = Pattern.compile("viewBox=\"0 0 (\\d+) ").matcher(svg);
        assertThat(box.find()).isTrue();
        var side = Integer.parseInt(box.group(1));
        var light = new boolean[side][side];
        for (var row : light) {
            Arrays.fill(row, true);
        }
        for (var square : Pattern.compile("M(\\d+),(\\d+)h1").matcher(svg).results().toList()) {
            light[Integer.parseInt(square.group(2))][Integer.parseInt(square.group(1))] = false;
        }
        assertThat(read(light)).isEqualTo(FINGERPRINT);
    }

    private static String read(boolean[][] light) throws NotFoundException {
        var side = light.length * SCALE;
        var pixels = new int[side * side];
        for (var i = 0; i < pixels.length; i++) {
            pixels[i] = light[i / side / SCALE][i % side / SCALE] ? WHITE : 0;
        }
        LuminanceSource picture = new RGBLuminanceSource(side, side, pixels);
        return new MultiFormatReader()
                .decode(
                        new BinaryBitmap(new HybridBinarizer(picture)),
                        Map.of(DecodeHintType.POSSIBLE_FORMATS, List.of(BarcodeFormat.QR_CODE)))
                .getText();
    }
}
