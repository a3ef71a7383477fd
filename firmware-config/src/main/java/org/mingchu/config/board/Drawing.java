package org.mingchu.config.board;

import java.util.Locale;

/**
 * An SVG in the making: lines, boxes and texts that stay in the room they are given. One thread.
 */
final class Drawing {
    /** Of a letter, in em; a Chinese one is as wide as high. Measured on the common sans fonts. */
    private static final double LATIN_EM = 0.54;

    private final StringBuilder out = new StringBuilder();

    /** How a text stands to its place. */
    enum Anchor {
        START,
        MIDDLE,
        END
    }

    /**
     * How a text looks.
     *
     * @param size in pixels
     * @param room most width, in pixels
     */
    record Style(int size, String colour, Anchor anchor, int room) {
        static Style plain(int size, int room) {
            return new Style(size, "#222", Anchor.START, room);
        }

        Style at(Anchor other) {
            return new Style(size, colour, other, room);
        }

        Style in(String other) {
            return new Style(size, other, anchor, room);
        }
    }

    /** About how wide a text gets, in pixels. */
    static double width(String text, int size) {
        return text.codePoints().mapToDouble(c -> c < 0x2000 ? LATIN_EM : 1).sum() * size;
    }

    /**
     * Words of ours.
     *
     * @throws IllegalArgumentException when they do not fit: then they have to be put shorter
     */
    void words(double x, double y, Style style, String text) {
        if (width(text, style.size()) > style.room()) {
            throw new IllegalArgumentException("does not fit into " + style.room() + ": " + text);
        }
        text(x, y, style, text);
    }

    /** Words of the user's, which are shortened where they are too long. */
    void name(double x, double y, Style style, String text) {
        if (width(text, style.size()) <= style.room()) {
            text(x, y, style, text);
            return;
        }
        var cut = text.codePointCount(0, text.length());
        while (cut > 0 && width(head(text, cut) + "…", style.size()) > style.room()) {
            cut--;
        }
        text(x, y, style, head(text, cut) + "…");
    }

    private static String head(String text, int codePoints) {
        return text.substring(0, text.offsetByCodePoints(0, codePoints));
    }

    private void text(double x, double y, Style style, String text) {
        raw(
                "<text x=\"%s\" y=\"%s\" font-size=\"%d\" fill=\"%s\" text-anchor=\"%s\">%s</text>"
                        .formatted(
                                number(x),
                                number(y),
                                style.size(),
                                style.colour(),
                                style.anchor().name().toLowerCase(Locale.ROOT),
                                escaped(text)));
    }

    void line(double x1, double y1, double x2, double y2) {
        raw(
                "<path d=\"M%s %sL%s %s\" class=\"wire\"/>"
                        .formatted(number(x1), number(y1), number(x2), number(y2)));
    }

    void box(double x, double y, double width, double height, String looks) {
        raw(
                "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"4\" class=\"%s\"/>"
                        .formatted(number(x), number(y), number(width), number(height), looks));
    }

    void dot(double x, double y, double radius, String looks) {
        raw(
                "<circle cx=\"%s\" cy=\"%s\" r=\"%s\" class=\"%s\"/>"
                        .formatted(number(x), number(y), number(radius), looks));
    }

    /** A standing resistor of 30 pixels with its value beside it. */
    void resistor(double x, double y, String value) {
        box(x - 5, y, 10, 30, "part");
        words(x + 9, y + 19, Style.plain(11, 60), value);
    }

    /** Three bars below a point. */
    void ground(double x, double y) {
        line(x, y, x, y + 8);
        line(x - 9, y + 8, x + 9, y + 8);
        line(x - 6, y + 12, x + 6, y + 12);
        line(x - 3, y + 16, x + 3, y + 16);
    }

    /** A box with a word in it. */
    void part(double x, double y, double width, double height, String word) {
        box(x, y, width, height, "part");
        words(
                x + width / 2,
                y + height / 2 + 4,
                Style.plain(11, (int) width - 2).at(Anchor.MIDDLE),
                word);
    }

    void open(String attributes) {
        raw("<g " + attributes + ">");
    }

    void close() {
        raw("</g>");
    }

    void raw(String svg) {
        out.append(svg).append('\n');
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? String.valueOf((long) value)
                : String.format(Locale.ROOT, "%.1f", value);
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
