package org.mingchu.gateway.tend;

import io.nayuki.qrcodegen.QrCode;

import java.util.ArrayList;
import java.util.List;

/** A text as a QR code, to be read with a telephone instead of typed. Immutable. */
public final class Qr {
    /** Light modules around it, in number: ISO/IEC 18004 asks for four. */
    private static final int QUIET = 4;

    private final QrCode code;

    private Qr(QrCode code) {
        this.code = code;
    }

    public static Qr of(String text) {
        return new Qr(QrCode.encodeText(text, QrCode.Ecc.MEDIUM));
    }

    /**
     * For a terminal of light letters on dark ground: two modules, one above the other, a letter.
     */
    List<String> lines() {
        var lines = new ArrayList<String>();
        for (var y = -QUIET; y < code.size + QUIET; y += 2) {
            var line = new StringBuilder();
            for (var x = -QUIET; x < code.size + QUIET; x++) {
                line.append(letter(isLight(x, y), isLight(x, y + 1)));
            }
            lines.add(line.toString());
        }
        return lines;
    }

    /** Below the last row there is nothing, which is dark ground. */
    private boolean isLight(int x, int y) {
        return y < code.size + QUIET && !code.getModule(x, y);
    }

    private static char letter(boolean above, boolean below) {
        if (above) {
            return below ? '█' : '▀';
        }
        return below ? '▄' : ' ';
    }

    /** For paper and screens: one path, black on white. */
    public String svg() {
        var side = code.size + 2 * QUIET;
        var path = new StringBuilder();
        for (var y = 0; y < code.size; y++) {
            for (var x = 0; x < code.size; x++) {
                if (code.getModule(x, y)) {
                    path.append("M%d,%dh1v1h-1z".formatted(x + QUIET, y + QUIET));
                }
            }
        }
        return """
        <?xml version="1.0" encoding="UTF-8"?>
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%dmm" height="%dmm">
        <rect width="100%%" height="100%%" fill="#fff"/><path d="%s" fill="#000"/>
        </svg>
        """
                .formatted(side, side, side, side, path);
    }
}
