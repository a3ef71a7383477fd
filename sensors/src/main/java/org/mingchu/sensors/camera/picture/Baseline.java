package org.mingchu.sensors.camera.picture;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * What one camera usually sees, by day and by night, as it is kept over a restart: at most 5 kB of
 * text. No picture can be made of it again: it holds how much edge lies in each of 1440 cells.
 * Immutable.
 */
public final class Baseline {
    private static final String HEAD = "mingchu-picture-baseline 1";

    /** Longest text that is looked at, in characters. */
    public static final int TEXT_MAX = 16 * 1024;

    private static final String NUMBER = "(0|[1-9][0-9]{0,8})";
    private static final String NUMBERS = " " + NUMBER + " " + NUMBER + " " + NUMBER + " " + NUMBER;
    private static final Pattern TEXT =
            Pattern.compile(
                    "("
                            + HEAD
                            + "\n"
                            + "size "
                            + NUMBER
                            + " "
                            + NUMBER
                            + "\n"
                            + "(?:time"
                            + NUMBERS
                            + "\n)?"
                            + "(?:colour"
                            + NUMBERS
                            + " ([A-Za-z0-9+/=]{1,4096})\n)?"
                            + "(?:grey"
                            + NUMBERS
                            + " ([A-Za-z0-9+/=]{1,4096})\n)?"
                            + ")check ([0-9a-f]{8})\n");
    private static final int TIME = 4;
    private static final int COLOUR = 8;
    private static final int GREY = 13;
    private static final int CHECK = 18;
    private static final double MILLI = 1000;

    private final Picture.Size size;
    private final Optional<Box> time;
    private final Map<Mode, View> views;

    Baseline(Picture.Size size, Optional<Box> time, Map<Mode, View> views) {
        this.size = size;
        this.time = time;
        var copy = new EnumMap<Mode, View>(Mode.class);
        copy.putAll(views);
        this.views = copy;
    }

    Picture.Size size() {
        return size;
    }

    /** Where the camera writes the time, when that was found. */
    Optional<Box> time() {
        return time;
    }

    Optional<View> view(Mode mode) {
        return Optional.ofNullable(views.get(mode));
    }

    /** As {@link #parse} reads it. */
    public String text() {
        var text = new StringBuilder(HEAD).append('\n');
        text.append("size ").append(size.width()).append(' ').append(size.height()).append('\n');
        time.ifPresent(box -> text.append(line(box)));
        for (var mode : Mode.values()) {
            view(mode).ifPresent(view -> text.append(line(mode, view)));
        }
        return text + "check " + check(text.toString()) + "\n";
    }

    private static String line(Box box) {
        return "time "
                + box.column()
                + " "
                + box.row()
                + " "
                + box.columns()
                + " "
                + box.rows()
                + "\n";
    }

    private static String line(Mode mode, View view) {
        return mode.word()
                + " "
                + view.pictures()
                + " "
                + milli(view.mean())
                + " "
                + milli(view.edges())
                + " "
                + milli(view.sharpness())
                + " "
                + view.structure().text()
                + "\n";
    }

    private static long milli(double value) {
        return Math.round(value * MILLI);
    }

    private static String check(String text) {
        var sum = new CRC32();
        sum.update(text.getBytes(StandardCharsets.US_ASCII));
        return String.format(Locale.ROOT, "%08x", sum.getValue());
    }

    /** Empty unless it is, to the letter, what {@link #text} writes. */
    public static Optional<Baseline> parse(String text) {
        if (text.length() > TEXT_MAX) {
            return Optional.empty();
        }
        var parts = TEXT.matcher(text);
        if (!parts.matches() || !check(parts.group(1)).equals(parts.group(CHECK))) {
            return Optional.empty();
        }
        try {
            return Optional.of(parse(parts)).filter(b -> b.text().equals(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Baseline parse(Matcher parts) {
        var size = new Picture.Size(number(parts, 2), number(parts, 3));
        var views = new EnumMap<Mode, View>(Mode.class);
        view(parts, COLOUR).ifPresent(view -> views.put(Mode.COLOUR, view));
        view(parts, GREY).ifPresent(view -> views.put(Mode.GREY, view));
        return new Baseline(size, box(parts), views);
    }

    private static Optional<Box> box(Matcher parts) {
        if (parts.group(TIME) == null) {
            return Optional.empty();
        }
        return Optional.of(
                new Box(
                        number(parts, TIME),
                        number(parts, TIME + 1),
                        number(parts, TIME + 2),
                        number(parts, TIME + 3)));
    }

    private static Optional<View> view(Matcher parts, int from) {
        if (parts.group(from) == null) {
            return Optional.empty();
        }
        return Optional.of(
                new View(
                        number(parts, from),
                        number(parts, from + 1) / MILLI,
                        number(parts, from + 2) / MILLI,
                        number(parts, from + 3) / MILLI,
                        Structure.parse(String.valueOf(parts.group(from + 4)))));
    }

    private static int number(Matcher parts, int group) {
        return Integer.parseInt(String.valueOf(parts.group(group)));
    }
}
