package org.mingchu.gateway;

import org.mingchu.gateway.keep.Answers;
import org.mingchu.gateway.tend.Told;

import tools.jackson.core.JsonGenerator;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** How much came, by sensor and day, as it is told. Immutable. */
record Completeness(List<Row> rows, KitchenTime time) {
    /** One day of one sensor. */
    record Row(String subject, LocalDate day, Answers.Completeness of) {
        /** Whether the sensor said anything, be it only why it has no value. */
        boolean says() {
            return of.received() > 0 || !of.faults().isEmpty();
        }
    }

    Told told(boolean json) {
        return json ? Told.well(JsonLine.of(this::write)) : Told.well(lines());
    }

    private List<String> lines() {
        if (rows.isEmpty()) {
            return List.of("no sensor said anything on that day");
        }
        var sheet = new Sheet("sensor", "day", "came>", "of", "missing because");
        for (var row : rows) {
            sheet.row(
                    row.subject,
                    row.day.toString(),
                    row.of.expected() == 0 ? "-" : Shown.perCent(row.of.basisPoints()),
                    row.of.received() + " of " + row.of.expected() + until(row),
                    reasons(row.of));
        }
        return sheet.lines();
    }

    /** A day that is not over counts as far as it has come. */
    private String until(Row row) {
        return row.of.window().toMs() < time.begin(row.day.plusDays(1))
                ? " by " + time.minutes(row.of.window().toMs()).substring("2026-11-01 ".length())
                : "";
    }

    private static String reasons(Answers.Completeness of) {
        var reasons = new ArrayList<String>();
        of.faults().entrySet().stream()
                .sorted(Comparator.comparingLong(fault -> -fault.getValue()))
                .forEach(fault -> reasons.add(fault.getValue() + " " + fault.getKey().word()));
        if (of.absent() > 0) {
            reasons.add(of.absent() + " not said (gateway off, or the reason is thinned)");
        }
        return String.join(", ", reasons);
    }

    private void write(JsonGenerator json) {
        json.writeStringProperty("schema", "kfs/journal-completeness/1")
                .writeArrayPropertyStart("days");
        for (var row : rows) {
            json.writeStartObject()
                    .writeStringProperty("subject", row.subject)
                    .writeStringProperty("day", row.day.toString());
            JsonLine.window(json, row.of.window(), time);
            json.writeNumberProperty("expected", row.of.expected())
                    .writeNumberProperty("received", row.of.received());
            if (row.of.expected() > 0) {
                json.writeNumberProperty("perCent", BigDecimal.valueOf(row.of.basisPoints(), 2));
            }
            json.writeObjectPropertyStart("faults");
            row.of.faults().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(fault ->
                            json.writeNumberProperty(fault.getKey().word(), fault.getValue()));
            json.writeEndObject().writeNumberProperty("absent", row.of.absent()).writeEndObject();
        }
        json.writeEndArray();
    }
}
