package org.mingchu.gateway;

import org.mingchu.config.Hours;
import org.mingchu.gateway.keep.Window;
import org.mingchu.gateway.tend.Told;
import org.mingchu.sensors.camera.Uptime;

import tools.jackson.core.JsonGenerator;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * For how much of a time each level of each camera was up: over all of it and over the hours in
 * which the kitchen is open. Immutable.
 */
record UptimeReport(List<Row> rows, Window window, KitchenTime time) {
    /** Hundredths of a percent in one. */
    private static final int HUNDREDTHS = 100;

    /**
     * One level of one camera.
     *
     * @param open empty where the site file has no hours
     */
    record Row(String subject, Uptime.Share all, Optional<Uptime.Share> open) {
        static Row of(
                String subject,
                Uptime uptime,
                Window window,
                Optional<Hours> hours,
                KitchenTime time) {
            var from = Instant.ofEpochMilli(window.fromMs());
            var to = Instant.ofEpochMilli(window.toMs());
            return new Row(
                    subject,
                    uptime.share(from, to),
                    hours.map(h -> uptime.open(from, to, h, time.zone())));
        }
    }

    Told told(boolean json) {
        return json ? Told.well(JsonLine.of(this::write)) : Told.well(lines());
    }

    private List<String> lines() {
        if (rows.isEmpty()) {
            return List.of("the site file names no camera");
        }
        var sheet =
                new Sheet("camera", "up>", "while open>", "down>", "not known>", "planned off>");
        for (var row : rows) {
            sheet.row(
                    row.subject,
                    percent(row.all),
                    row.open.map(UptimeReport::percent).orElse("-"),
                    length(row.all.down()),
                    length(row.all.unknown()),
                    length(row.all.plannedOff()));
        }
        return sheet.lines();
    }

    private static String percent(Uptime.Share share) {
        return share.upHundredths()
                .map(h -> "%d.%02d %%".formatted(h / HUNDREDTHS, h % HUNDREDTHS))
                .orElse("not known");
    }

    private static String length(Duration time) {
        return time.isZero() ? "0" : KitchenTime.length(time.toMillis());
    }

    private void write(JsonGenerator json) {
        json.writeStringProperty("schema", "kfs/camera-uptime/1");
        JsonLine.window(json, window, time);
        json.writeArrayPropertyStart("cameras");
        for (var row : rows) {
            json.writeStartObject().writeStringProperty("subject", row.subject);
            share(json, "all", row.all);
            row.open.ifPresent(open -> share(json, "open", open));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void share(JsonGenerator json, String name, Uptime.Share share) {
        json.writeObjectPropertyStart(name);
        share.upHundredths().ifPresent(h -> json.writeNumberProperty("upHundredthsPercent", h));
        json.writeNumberProperty("upMs", share.up().toMillis())
                .writeNumberProperty("downMs", share.down().toMillis())
                .writeNumberProperty("unknownMs", share.unknown().toMillis())
                .writeNumberProperty("plannedOffMs", share.plannedOff().toMillis())
                .writeEndObject();
    }
}
