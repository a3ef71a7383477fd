package org.mingchu.gateway;

import org.mingchu.gateway.keep.Answers;
import org.mingchu.gateway.keep.Curve;
import org.mingchu.gateway.keep.Window;
import org.mingchu.gateway.tend.Told;

import tools.jackson.core.JsonGenerator;

import java.util.ArrayList;
import java.util.List;

/**
 * A curve as a line of text for each stretch, with a bar from its least to its greatest value.
 * Immutable.
 */
record Chart(Curve curve, List<Bucket> buckets, boolean byDay, KitchenTime time) {
    private static final int WIDTH = 40;

    /** Least and greatest of all. */
    private record Scale(long min, long max) {
        /** Where a value stands, in characters from the left. */
        int column(long milli) {
            return max == min
                    ? WIDTH / 2
                    : Math.toIntExact((milli - min) * (WIDTH - 1) / (max - min));
        }
    }

    /** One line. */
    record Bucket(Window window, Answers.Sample of) {
        long missingMs() {
            return of.holes().stream().mapToLong(Window::lengthMs).sum();
        }
    }

    Told told(boolean json) {
        return json ? Told.well(JsonLine.of(this::write)) : Told.well(lines());
    }

    private List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add(
                "%s, %s; %s to %s %s"
                        .formatted(
                                curve.subject(),
                                Shown.of(curve.measure()),
                                time.minutes(buckets.getFirst().window.fromMs()),
                                time.minutes(buckets.getLast().window.toMs()),
                                time.zone()));
        var scale = scale();
        var sheet =
                new Sheet(
                        byDay ? "day" : "from",
                        "least>",
                        "mean>",
                        "greatest>",
                        "no value for>",
                        axis(scale));
        for (var bucket : buckets) {
            row(sheet, bucket, scale);
        }
        lines.addAll(sheet.lines());
        if (buckets.stream().anyMatch(bucket -> bucket.of.byMinutes())) {
            lines.add("m  made of minutes: its readings were thinned");
        }
        return lines;
    }

    private void row(Sheet sheet, Bucket bucket, Scale scale) {
        var from = bucket.window.fromMs();
        var label = byDay ? time.day(from).toString() : time.minutes(from);
        var missing = bucket.missingMs() == 0 ? "" : KitchenTime.length(bucket.missingMs());
        if (bucket.of.figures().isEmpty()) {
            sheet.row(label, "-", "-", "-", missing, "");
            return;
        }
        var figures = bucket.of.figures().get();
        sheet.row(
                label,
                Shown.number(figures.min()),
                Shown.number(figures.mean()),
                Shown.number(figures.max()),
                missing,
                bar(figures, scale) + (bucket.of.byMinutes() ? " m" : ""));
    }

    private Scale scale() {
        var all = buckets.stream().flatMap(b -> b.of.figures().stream()).toList();
        return new Scale(
                all.stream().mapToLong(Answers.Figures::min).min().orElse(0),
                all.stream().mapToLong(Answers.Figures::max).max().orElse(0));
    }

    private static String axis(Scale scale) {
        var from = Shown.number(scale.min);
        var to = Shown.number(scale.max);
        return from + " ".repeat(Math.max(1, WIDTH - from.length() - to.length())) + to;
    }

    /** From the least to the greatest, a dot at the mean. */
    private static String bar(Answers.Figures figures, Scale scale) {
        var cells = new StringBuilder(" ".repeat(WIDTH));
        var from = scale.column(figures.min());
        var to = scale.column(figures.max());
        for (var i = from; i <= to; i++) {
            cells.setCharAt(i, '─');
        }
        cells.setCharAt(from, '├');
        cells.setCharAt(to, '┤');
        cells.setCharAt(scale.column(figures.mean()), '●');
        return cells.toString();
    }

    private void write(JsonGenerator json) {
        json.writeStringProperty("schema", "kfs/journal-chart/1")
                .writeStringProperty("subject", curve.subject())
                .writeStringProperty("measure", Excursions.word(curve))
                .writeArrayPropertyStart("buckets");
        for (var bucket : buckets) {
            json.writeStartObject();
            JsonLine.window(json, bucket.window, time);
            var figures = bucket.of.figures();
            json.writeNumberProperty("count", figures.map(Answers.Figures::count).orElse(0L));
            figures.ifPresent(f ->
                    json.writeNumberProperty("min", Shown.decimal(f.min()))
                            .writeNumberProperty("mean", Shown.decimal(f.mean()))
                            .writeNumberProperty("max", Shown.decimal(f.max())));
            json.writeNumberProperty("missingMs", bucket.missingMs())
                    .writeBooleanProperty("byMinutes", bucket.of.byMinutes())
                    .writeEndObject();
        }
        json.writeEndArray();
    }
}
