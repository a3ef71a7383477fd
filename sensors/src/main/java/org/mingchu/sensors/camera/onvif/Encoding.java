package org.mingchu.sensors.camera.onvif;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Decodes a document as it declares itself, byte for byte where it errs: a camera whose name is not
 * in the encoding it claims still has a clock. Java's XML reader would write such errors to
 * standard error, as often as anybody on the network likes.
 */
final class Encoding {
    private static final Pattern DECLARED =
            Pattern.compile("^\\s*<\\?xml[^>]{0,100}?encoding\\s*=\\s*[\"']([\\w.-]{1,20})[\"']");

    private static final int DECLARATION_BYTES = 200;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private Encoding() {}

    static String text(byte[] document) {
        var text = new String(document, declared(document));
        return text.indexOf(BYTE_ORDER_MARK) == 0 ? text.substring(1) : text;
    }

    private static Charset declared(byte[] document) {
        var length = Math.min(document.length, DECLARATION_BYTES);
        var start = new String(document, 0, length, StandardCharsets.ISO_8859_1);
        var declared = DECLARED.matcher(start);
        return declared.find() ? charset(declared.group(1)) : StandardCharsets.UTF_8;
    }

    /** GB 18030 holds all that GB 2312 and GBK hold. */
    private static Charset charset(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "gb2312", "gbk", "gb18030" -> Charset.forName("GB18030");
            case "iso-8859-1" -> StandardCharsets.ISO_8859_1;
            default -> StandardCharsets.UTF_8;
        };
    }
}
