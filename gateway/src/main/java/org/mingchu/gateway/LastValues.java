package org.mingchu.gateway;

import org.mingchu.gateway.keep.Answers;
import org.mingchu.gateway.tend.Told;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.Reading;

import tools.jackson.core.JsonGenerator;

import java.util.List;
import java.util.Optional;

/** Everybody's last value, as it is told. Immutable. */
record LastValues(List<Row> rows, KitchenTime time) {
    /**
     * One sensor or camera.
     *
     * @param last the last value of the last days
     * @param newest the newest reading, which may only say why there is no value
     */
    record Row(String subject, Optional<Answers.Last> last, Optional<Reading> newest) {}

    Told told(boolean json) {
        return json ? Told.well(JsonLine.of(this::write)) : Told.well(lines());
    }

    private List<String> lines() {
        if (rows.isEmpty()) {
            return List.of("nothing was measured yet");
        }
        var sheet = new Sheet("sensor", "value>", "age>", "± of it>", "at", "now");
        for (var row : rows) {
            if (row.last.isEmpty()) {
                sheet.row(row.subject, "-", "-", "-", "none in the last week", silence(row));
                continue;
            }
            var last = row.last.get();
            sheet.row(
                    row.subject,
                    Shown.value(last.said().reading()),
                    KitchenTime.length(last.ageMs()),
                    error(last.errorMs()),
                    time.seconds(last.said().when().wallMs()),
                    silence(row));
        }
        return sheet.lines();
    }

    private static String error(long ms) {
        if (ms == Moment.ERROR_UNKNOWN_MS) {
            return "unknown";
        }
        return ms == 0 ? "0" : KitchenTime.length(ms);
    }

    private static String silence(Row row) {
        return row.newest
                .filter(Reading.Silent.class::isInstance)
                .map(Reading.Silent.class::cast)
                .map(silent -> "silent: " + silent.fault().word())
                .orElse("");
    }

    private void write(JsonGenerator json) {
        json.writeStringProperty("schema", "kfs/journal-last/1").writeArrayPropertyStart("last");
        for (var row : rows) {
            json.writeStartObject().writeStringProperty("subject", row.subject);
            row.last.ifPresent(last -> write(json, last));
            row.newest
                    .filter(Reading.Silent.class::isInstance)
                    .map(Reading.Silent.class::cast)
                    .ifPresent(s -> json.writeStringProperty("silent", s.fault().word()));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void write(JsonGenerator json, Answers.Last last) {
        var said = last.said();
        json.writeStringProperty("at", time.offset(said.when().wallMs()))
                .writeNumberProperty("ageMs", last.ageMs());
        if (last.errorMs() != Moment.ERROR_UNKNOWN_MS) {
            json.writeNumberProperty("ageErrorMs", last.errorMs());
        }
        switch (said.reading()) {
            case Reading.Measured m ->
                    json.writeStringProperty("unit", m.quantity().senmlUnit())
                            .writeNumberProperty("value", Shown.decimal(m.milli()));
            case Reading.Seen seen -> json.writeStringProperty("verdict", seen.verdict().word());
            case Reading.Silent _ -> throw new IllegalArgumentException("silence is no value");
        }
        json.writeStringProperty("epoch", said.epoch()).writeNumberProperty("seq", said.seq());
    }
}
