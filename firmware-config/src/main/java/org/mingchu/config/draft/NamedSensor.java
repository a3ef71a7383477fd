package org.mingchu.config.draft;

import org.mingchu.config.Quantity;
import org.mingchu.config.SensorPlan;
import org.mingchu.config.SiteTables;
import org.mingchu.config.UnitKind;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A sensor as a technician names it. Immutable.
 *
 * @param unit the id of the unit it belongs to
 * @param fresh what that unit is, where the file does not have it yet
 * @param id of the sensor
 * @param source as the site file writes it
 * @param inverted of a contact: open means a closed door
 */
public record NamedSensor(
        String unit,
        Optional<FreshUnit> fresh,
        String id,
        Quantity measures,
        String source,
        boolean inverted) {

    /**
     * A unit that is not in the file yet.
     *
     * @param place where it stands, for people
     */
    public record FreshUnit(UnitKind kind, String name, Optional<String> place) {}

    /**
     * The text with this sensor behind the last one of its unit; the rest byte for byte. Empty when
     * the text cannot be read, the unit is not there, or is not to be there and is.
     */
    Optional<String> into(String text) {
        return SiteTables.of(text)
                .filter(tables -> tables.hasUnit(unit) != fresh.isPresent())
                .map(tables ->
                        put(
                                text,
                                fresh.isPresent()
                                        ? tables.afterUnits()
                                        : tables.afterSensors(unit).orElseThrow()));
    }

    private String put(String text, int line) {
        var end = text.contains("\r\n") ? "\r\n" : "\n";
        var at = offset(text, line);
        var head = text.substring(0, at);
        var whole = head.isEmpty() || head.endsWith("\n") ? head : head + end;
        return whole + end + String.join(end, lines()) + end + text.substring(at);
    }

    private static int offset(String text, int line) {
        var at = 0;
        for (int i = 0; i < line; i++) {
            var next = text.indexOf('\n', at);
            if (next < 0) {
                return text.length();
            }
            at = next + 1;
        }
        return at;
    }

    private List<String> lines() {
        var lines = new ArrayList<String>();
        fresh.ifPresent(f -> {
            lines.add("[[unit]]");
            var gap = f.place().isPresent() ? "  = " : " = ";
            lines.add("id  " + gap + Toml.quoted(unit));
            lines.add("name" + gap + Toml.quoted(f.name()));
            lines.add("kind" + gap + Toml.quoted(f.kind().word()));
            f.place().ifPresent(place -> lines.add("place = " + Toml.quoted(place)));
            lines.add("");
        });
        lines.add("  [[unit.sensor]]");
        lines.add("  id       = " + Toml.quoted(id));
        lines.add("  measures = " + Toml.quoted(measures.word()));
        lines.add("  source   = " + Toml.quoted(source));
        if (inverted) {
            lines.add("  inverted = true");
        }
        return lines;
    }

    /** Whether the plan has it as it was named. */
    boolean is(SensorPlan plan) {
        return plan.id().equals(id)
                && plan.measures() == measures
                && plan.source().written().equals(source)
                && plan.inverted() == inverted;
    }
}
