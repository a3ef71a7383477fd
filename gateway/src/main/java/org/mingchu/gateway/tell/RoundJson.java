package org.mingchu.gateway.tell;

import org.mingchu.config.Quantity;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.sensors.Flag;
import org.mingchu.sensors.Reading;

import tools.jackson.core.JsonGenerator;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Writes one round of readings: values, faults, flags and ages by subject. */
final class RoundJson {
    private RoundJson() {}

    /**
     * Writes a round.
     *
     * @param also flags that every value has beside its own
     */
    static void write(JsonGenerator json, Fact.Round round, Set<Flag> also) {
        values(json, round.readings());
        faults(json, round.readings());
        flags(json, round.readings(), also);
        ages(json, round.readings());
    }

    /** The word for a contact, which counts 0 or 1000. */
    static String contact(Quantity quantity, long milli) {
        return quantity == Quantity.DOOR
                ? milli == 0 ? "closed" : "open"
                : milli == 0 ? "off" : "on";
    }

    private static void values(JsonGenerator json, List<Reading> readings) {
        json.writeObjectPropertyStart("values");
        for (var reading : readings) {
            switch (reading) {
                case Reading.Measured measured -> value(json, measured);
                case Reading.Seen seen ->
                        json.writeStringProperty(seen.subject(), seen.verdict().word());
                case Reading.Silent _ -> {}
            }
        }
        json.writeEndObject();
    }

    private static void value(JsonGenerator json, Reading.Measured measured) {
        if (measured.quantity().contact()) {
            json.writeStringProperty(
                    measured.subject(), contact(measured.quantity(), measured.milli()));
        } else {
            Json.decimal(json, measured.subject(), measured.milli());
        }
    }

    private static void faults(JsonGenerator json, List<Reading> readings) {
        var some = false;
        for (var reading : readings) {
            if (reading instanceof Reading.Silent silent) {
                some = open(json, "faults", some);
                json.writeStringProperty(silent.subject(), silent.fault().word());
            }
        }
        close(json, some);
    }

    private static void flags(JsonGenerator json, List<Reading> readings, Set<Flag> also) {
        var some = false;
        for (var reading : readings) {
            if (reading instanceof Reading.Measured measured
                    && !(measured.flags().isEmpty() && also.isEmpty())) {
                some = open(json, "flags", some);
                json.writeArrayPropertyStart(measured.subject());
                // A set has no order; the same entry must be the same bytes.
                Stream.concat(measured.flags().stream(), also.stream())
                        .distinct()
                        .sorted()
                        .map(Flag::word)
                        .forEach(json::writeString);
                json.writeEndArray();
            }
        }
        close(json, some);
    }

    private static void ages(JsonGenerator json, List<Reading> readings) {
        var some = false;
        for (var reading : readings) {
            var ageMs =
                    switch (reading) {
                        case Reading.Measured measured -> Json.ms(measured.ageNs());
                        case Reading.Seen seen -> Json.ms(seen.ageNs());
                        case Reading.Silent _ -> 0;
                    };
            if (ageMs > 0) {
                some = open(json, "agesMs", some);
                json.writeNumberProperty(reading.subject(), ageMs);
            }
        }
        close(json, some);
    }

    private static boolean open(JsonGenerator json, String name, boolean already) {
        if (!already) {
            json.writeObjectPropertyStart(name);
        }
        return true;
    }

    private static void close(JsonGenerator json, boolean opened) {
        if (opened) {
            json.writeEndObject();
        }
    }
}
