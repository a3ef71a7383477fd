package org.mingchu.gateway.tend.series;

import org.mingchu.config.Guess;
import org.mingchu.config.SensorPlan;
import org.mingchu.gateway.tend.series.Complaints.Expected;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the first line says of the others. Immutable.
 *
 * @param time the index of the time's field, from 0
 * @param width fields of each line, in number
 */
record Header(int time, List<Column> columns, int width) {
    private static final String TIME = "time";

    Header {
        columns = List.copyOf(columns);
    }

    /** The header, or empty when there is none; the complaints say why. */
    static Optional<Header> read(Line line, Map<String, SensorPlan> sensors, Complaints wrong) {
        var columns = new ArrayList<Column>();
        var seen = new HashSet<String>();
        var time = -1;
        for (var i = 0; i < line.cells().size(); i++) {
            var cell = line.cells().get(i);
            var name = cell.text().strip();
            if (!seen.add(name)) {
                complain(line, cell, "every column once: leave one of the two out", wrong);
            } else if (name.equalsIgnoreCase(TIME)) {
                time = i;
            } else {
                var index = i;
                Optional.ofNullable(sensors.get(name))
                        .ifPresentOrElse(
                                sensor -> columns.add(new Column(sensor, index)),
                                () -> unknown(line, cell, sensors, wrong));
            }
        }
        if (time < 0) {
            wrong.add(
                    line.number(),
                    1,
                    TIME,
                    "no such column",
                    new Expected(
                            "a first line such as time," + String.join(",", sensors.keySet())));
        } else if (columns.isEmpty() && wrong.none()) {
            wrong.add(
                    line.number(),
                    1,
                    "columns",
                    "no sensor",
                    new Expected("a column named after a sensor: " + names(sensors)));
        }
        return wrong.none()
                ? Optional.of(new Header(time, columns, line.cells().size()))
                : Optional.empty();
    }

    private static void unknown(
            Line line, Cell cell, Map<String, SensorPlan> sensors, Complaints wrong) {
        var name = cell.text().strip();
        var hint = Guess.closest(name, sensors.keySet());
        wrong.add(
                line.number(),
                cell.column(),
                "column",
                Complaints.quoted(name),
                new Expected(
                        hint.isPresent()
                                ? "the id of a sensor of the site file"
                                : "the id of a sensor of the site file ("
                                        + names(sensors)
                                        + "); rename the column, or leave it out",
                        hint.map(Complaints::quoted)));
    }

    private static void complain(Line line, Cell cell, String expected, Complaints wrong) {
        wrong.add(
                line.number(),
                cell.column(),
                "column",
                Complaints.quoted(cell.text()),
                new Expected(expected));
    }

    private static String names(Map<String, SensorPlan> sensors) {
        return String.join(", ", sensors.keySet());
    }
}
