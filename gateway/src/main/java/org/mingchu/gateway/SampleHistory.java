package org.mingchu.gateway;

import org.mingchu.gateway.keep.Answers;
import org.mingchu.gateway.keep.Curve;
import org.mingchu.gateway.keep.Limits;
import org.mingchu.gateway.keep.Window;
import org.mingchu.gateway.tend.Told;

import tools.jackson.core.JsonGenerator;

import java.util.ArrayList;
import java.util.List;

/** What happened to a sample while it lay where a sensor is, as it is told. Immutable. */
record SampleHistory(Curve curve, Limits limits, Window window, KitchenTime time) {
    Told told(Answers.Sample found, boolean json) {
        return json ? Told.well(JsonLine.of(out -> write(out, found))) : Told.well(lines(found));
    }

    private List<String> lines(Answers.Sample found) {
        var lines = new ArrayList<String>();
        lines.add(Excursions.title(limits, curve, window, time));
        lines.add("kept for: " + KitchenTime.length(window.lengthMs()));
        lines.add(
                found.figures()
                        .map(f ->
                                "least %s, mean %s, greatest %s, of %d values"
                                        .formatted(
                                                Shown.value(curve.measure(), f.min()),
                                                Shown.value(curve.measure(), f.mean()),
                                                Shown.value(curve.measure(), f.max()),
                                                f.count()))
                        .orElse("no value at all"));
        if (limits.low().isPresent()) {
            lines.add("below: " + Excursions.minutes(found.belowMs()) + " minutes");
        }
        if (limits.high().isPresent()) {
            lines.add("above: " + Excursions.minutes(found.aboveMs()) + " minutes");
        }
        found.worstHole()
                .ifPresent(hole ->
                        lines.add(
                                "worst hole: %s, from %s to %s"
                                        .formatted(
                                                KitchenTime.length(hole.lengthMs()),
                                                time.seconds(hole.fromMs()),
                                                time.seconds(hole.toMs()))));
        lines.addAll(Excursions.holes(found.holes(), time));
        lines.addAll(Excursions.thinned(found.byMinutes()));
        return lines;
    }

    private void write(JsonGenerator json, Answers.Sample found) {
        json.writeStringProperty("schema", "kfs/journal-sample/1");
        Excursions.head(json, limits, curve);
        JsonLine.window(json, window, time);
        json.writeNumberProperty("count", found.figures().map(Answers.Figures::count).orElse(0L));
        found.figures()
                .ifPresent(f ->
                        json.writeNumberProperty("min", Shown.decimal(f.min()))
                                .writeNumberProperty("mean", Shown.decimal(f.mean()))
                                .writeNumberProperty("max", Shown.decimal(f.max())));
        json.writeNumberProperty("belowMs", found.belowMs())
                .writeNumberProperty("aboveMs", found.aboveMs());
        found.worstHole()
                .ifPresent(hole -> json.writeNumberProperty("worstHoleMs", hole.lengthMs()));
        JsonLine.windows(json, "holes", found.holes(), time);
        json.writeBooleanProperty("byMinutes", found.byMinutes());
    }
}
