package org.mingchu.gateway.show.paper;

import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Pages of A4 and the place on them: text from the top down, a new page where one is full. Points
 * (1/72 inch); y counts from the top. One thread.
 */
final class Sheet implements AutoCloseable {
    static final float MARGIN = 50;
    static final float WIDTH = PDRectangle.A4.getWidth() - 2 * MARGIN;

    private static final float HEIGHT = PDRectangle.A4.getHeight();
    private static final float FOOT = 56;

    /** Of the size of the letters. */
    private static final float LEADING = 1.4f;

    private final PDDocument document;
    private final Face face;
    private PDPageContentStream page;
    private float y = MARGIN;

    Sheet(PDDocument document, Face face) throws IOException {
        this.document = document;
        this.face = face;
        this.page = next();
    }

    /** Shades of what is drawn, red, green and blue of 255. */
    enum Ink {
        BLACK(0x1f, 0x24, 0x2b),
        GREY(0x66, 0x6f, 0x7b),
        LIGHT(0xd5, 0xda, 0xe0),
        PALE(0xf1, 0xf3, 0xf6),
        GREEN(0x1f, 0x7a, 0x4d),
        RED(0xb4, 0x23, 0x18),
        AMBER(0xa8, 0x62, 0x00);

        private final float red;
        private final float green;
        private final float blue;

        Ink(int red, int green, int blue) {
            this.red = red / 255f;
            this.green = green / 255f;
            this.blue = blue / 255f;
        }
    }

    float y() {
        return y;
    }

    void down(float points) {
        y += points;
    }

    /** So much stays together: on a new page where it does not fit on this one. */
    void keepTogether(float height) throws IOException {
        if (y + height > HEIGHT - FOOT) {
            page.close();
            page = next();
            y = MARGIN;
        }
    }

    private PDPageContentStream next() throws IOException {
        var fresh = new PDPage(PDRectangle.A4);
        document.addPage(fresh);
        return new PDPageContentStream(document, fresh);
    }

    static float lineHeight(float size) {
        return size * LEADING;
    }

    /** Text whose upper edge is {@code top}. */
    void text(String text, float x, float top, float size, Ink ink) throws IOException {
        write(page, text, x, top, size, ink);
    }

    private void write(PDPageContentStream to, String text, float x, float top, float size, Ink ink)
            throws IOException {
        to.beginText();
        to.setFont(face.font(), size);
        to.setNonStrokingColor(ink.red, ink.green, ink.blue);
        to.newLineAtOffset(MARGIN + x, HEIGHT - top - size);
        to.showText(face.known(text));
        to.endText();
    }

    void rule(float x1, float x2, float top, float thickness, Ink ink) throws IOException {
        page.setStrokingColor(ink.red, ink.green, ink.blue);
        page.setLineWidth(thickness);
        page.moveTo(MARGIN + x1, HEIGHT - top);
        page.lineTo(MARGIN + x2, HEIGHT - top);
        page.stroke();
    }

    void stem(float x, float top, float bottom, float thickness, Ink ink) throws IOException {
        page.setStrokingColor(ink.red, ink.green, ink.blue);
        page.setLineWidth(thickness);
        page.moveTo(MARGIN + x, HEIGHT - top);
        page.lineTo(MARGIN + x, HEIGHT - bottom);
        page.stroke();
    }

    void box(float x, float top, float width, float height, Ink ink) throws IOException {
        page.setNonStrokingColor(ink.red, ink.green, ink.blue);
        page.addRect(MARGIN + x, HEIGHT - top - height, width, height);
        page.fill();
    }

    void cross(float x, float middle, float arm, Ink ink) throws IOException {
        page.setStrokingColor(ink.red, ink.green, ink.blue);
        page.setLineWidth(1.4f);
        page.moveTo(MARGIN + x - arm, HEIGHT - middle - arm);
        page.lineTo(MARGIN + x + arm, HEIGHT - middle + arm);
        page.moveTo(MARGIN + x - arm, HEIGHT - middle + arm);
        page.lineTo(MARGIN + x + arm, HEIGHT - middle - arm);
        page.stroke();
    }

    void ring(float x, float middle, float radius, Ink ink) throws IOException {
        circle(x, middle, radius);
        page.setStrokingColor(ink.red, ink.green, ink.blue);
        page.setLineWidth(1.2f);
        page.stroke();
    }

    void dot(float x, float middle, float radius, Ink ink) throws IOException {
        page.setNonStrokingColor(ink.red, ink.green, ink.blue);
        circle(x, middle, radius);
        page.fill();
    }

    private void circle(float x, float middle, float radius) throws IOException {
        // Four Bézier curves; the handle's length is the usual approximation.
        var handle = radius * 0.5523f;
        var cx = MARGIN + x;
        var cy = HEIGHT - middle;
        page.moveTo(cx - radius, cy);
        page.curveTo(cx - radius, cy + handle, cx - handle, cy + radius, cx, cy + radius);
        page.curveTo(cx + handle, cy + radius, cx + radius, cy + handle, cx + radius, cy);
        page.curveTo(cx + radius, cy - handle, cx + handle, cy - radius, cx, cy - radius);
        page.curveTo(cx - handle, cy - radius, cx - radius, cy - handle, cx - radius, cy);
        page.closePath();
    }

    /** A text in lines that are not wider: Chinese breaks anywhere, the rest between words. */
    List<String> wrapped(String text, float width, float size) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        for (var word : words(text)) {
            if (face.width(line + word.stripTrailing(), size) <= width) {
                line.append(word);
                continue;
            }
            if (!line.isEmpty()) {
                lines.add(line.toString().stripTrailing());
                line.setLength(0);
            }
            line.append(broken(word, width, size, lines));
        }
        lines.add(line.toString().stripTrailing());
        return lines;
    }

    /** What is longer than a line by itself, such as a hash, breaks anywhere; returns its rest. */
    private String broken(String word, float width, float size, List<String> lines) {
        var rest = word;
        while (face.width(rest.stripTrailing(), size) > width && rest.length() > 1) {
            var end = rest.length();
            while (end > 1 && face.width(rest.substring(0, end), size) > width) {
                end = rest.offsetByCodePoints(end, -1);
            }
            lines.add(rest.substring(0, end));
            rest = rest.substring(end);
        }
        return rest;
    }

    private static List<String> words(String text) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        text.codePoints()
                .forEach(sign -> {
                    // A closing sign stays with what it closes.
                    var breaks = sign > 0x2e80 && "，。；：、）》！？".indexOf(sign) < 0;
                    if (breaks && !word.isEmpty()) {
                        words.add(word.toString());
                        word.setLength(0);
                    }
                    word.appendCodePoint(sign);
                    if (sign == ' ') {
                        words.add(word.toString());
                        word.setLength(0);
                    }
                });
        words.add(word.toString());
        return words;
    }

    float width(String text, float size) {
        return face.width(text, size);
    }

    /** Writes the foot of every page, now that it is known how many there are. */
    void finish(String foot) throws IOException {
        page.close();
        var many = document.getNumberOfPages();
        for (var i = 0; i < many; i++) {
            var append = PDPageContentStream.AppendMode.APPEND;
            try (var to = new PDPageContentStream(document, document.getPage(i), append, true)) {
                var number = (i + 1) + " / " + many;
                write(to, foot, 0, HEIGHT - 38, 7.5f, Ink.GREY);
                write(to, number, WIDTH - face.width(number, 7.5f), HEIGHT - 38, 7.5f, Ink.GREY);
            }
        }
    }

    @Override
    public void close() throws IOException {
        page.close();
    }
}
