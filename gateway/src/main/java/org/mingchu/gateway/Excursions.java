package org.mingchu.gateway;

import org.mingchu.gateway.keep.Answers;
import org.mingchu.gateway.keep.Answers.Side;
import org.mingchu.gateway.keep.Curve;
import org.mingchu.gateway.keep.Limits;
import org.mingchu.gateway.keep.Window;
import org.mingchu.gateway.tend.Told;

import tools.jackson.core.JsonGenerator;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** When a curve was outside of its limits, as it is told. Immutable. */
record Excursions(Curve curve, Limits limits, Window window, KitchenTime time) {
    /** Holes that people are shown; machines get all. */
    private static final int HOLES_SHOWN = 30;

    private static final double MS_PER_MINUTE = 60_000;

    Told told(Answers.Excursions found, boolean json) {
        return json ? Told.well(JsonLine.of(out -> write(out, found))) : Told.well(lines(found));
    }

    private List<String> lines(Answers.Excursions found) {
        var lines = new ArrayList<String>();
        lines.add(title(limits, curve, window, time));
        if (found.excursions().isEmpty()) {
            lines.add("never outside while there were values");
        } else {
            var sheet = new Sheet("from", "to", "minutes>", "side", "farthest>");
            for (var one : found.excursions()) {
                sheet.row(
                        time.seconds(one.fromMs()),
                        time.seconds(one.toMs()),
                        minutes(one.lengthMs()),
                        word(one.side()),
                        Shown.value(curve.measure(), one.peakMilli()));
            }
            lines.addAll(sheet.lines());
        }
        for (var side : Side.values()) {
            if (side == Side.ABOVE ? limits.high().isPresent() : limits.low().isPresent()) {
                lines.add(
                        "%s: %s minutes in all"
                                .formatted(word(side), minutes(found.totalMs(side))));
            }
        }
        lines.addAll(holes(found.holes(), time));
        lines.addAll(thinned(found.byMinutes()));
        return lines;
    }

    /** What was asked. */
    static String title(Limits limits, Curve curve, Window window, KitchenTime time) {
        var bounds = new ArrayList<String>();
        limits.low().ifPresent(low -> bounds.add("below " + Shown.value(curve.measure(), low)));
        limits.high().ifPresent(high -> bounds.add("above " + Shown.value(curve.measure(), high)));
        return "%s%s; %s to %s %s"
                .formatted(
                        curve.subject(),
                        bounds.isEmpty() ? "" : " " + String.join(" or ", bounds),
                        time.minutes(window.fromMs()),
                        time.minutes(window.toMs()),
                        time.zone());
    }

    /** Each stretch without a value, by name: nothing is said of it. */
    static List<String> holes(List<Window> holes, KitchenTime time) {
        if (holes.isEmpty()) {
            return List.of("no holes: there were values all the time");
        }
        var lines = new ArrayList<String>();
        var ms = holes.stream().mapToLong(Window::lengthMs).sum();
        lines.add(
                "%d %s without values, %s minutes in all, of which nothing is said:"
                        .formatted(
                                holes.size(), holes.size() == 1 ? "hole" : "holes", minutes(ms)));
        var sheet = new Sheet("from", "to", "minutes>");
        holes.stream()
                .limit(HOLES_SHOWN)
                .forEach(hole ->
                        sheet.row(
                                time.seconds(hole.fromMs()),
                                time.seconds(hole.toMs()),
                                minutes(hole.lengthMs())));
        lines.addAll(sheet.lines());
        if (holes.size() > HOLES_SHOWN) {
            lines.add("and %d more; --json names all".formatted(holes.size() - HOLES_SHOWN));
        }
        return lines;
    }

    static List<String> thinned(boolean byMinutes) {
        return byMinutes
                ? List.of(
                        "some of it was thinned to minutes: an excursion may be a minute too long"
                                + " at either end, never too short")
                : List.of();
    }

    static String minutes(long ms) {
        return String.format(Locale.ROOT, "%.1f", ms / MS_PER_MINUTE);
    }

    static String word(Side side) {
        return side.name().toLowerCase(Locale.ROOT);
    }

    static String word(Curve curve) {
        return curve.measure().name().toLowerCase(Locale.ROOT);
    }

    private void write(JsonGenerator json, Answers.Excursions found) {
        json.writeStringProperty("schema", "kfs/journal-excursions/1");
        head(json, limits, curve);
        JsonLine.window(json, window, time);
        json.writeArrayPropertyStart("excursions");
        for (var one : found.excursions()) {
            json.writeStartObject().writeStringProperty("side", word(one.side()));
            JsonLine.window(json, new Window(one.fromMs(), one.toMs()), time);
            json.writeNumberProperty("ms", one.lengthMs())
                    .writeNumberProperty("farthest", Shown.decimal(one.peakMilli()))
                    .writeEndObject();
        }
        json.writeEndArray()
                .writeNumberProperty("belowMs", found.totalMs(Side.BELOW))
                .writeNumberProperty("aboveMs", found.totalMs(Side.ABOVE));
        JsonLine.windows(json, "holes", found.holes(), time);
        json.writeBooleanProperty("byMinutes", found.byMinutes());
    }

    static void head(JsonGenerator json, Limits limits, Curve curve) {
        json.writeStringProperty("subject", curve.subject())
                .writeStringProperty("measure", word(curve));
        limits.low().ifPresent(low -> json.writeNumberProperty("below", Shown.decimal(low)));
        limits.high().ifPresent(high -> json.writeNumberProperty("above", Shown.decimal(high)));
    }
}
