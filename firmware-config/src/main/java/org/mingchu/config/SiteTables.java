package org.mingchu.config;

import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlTable;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Where the tables of a site file stand in its text, so that one can be added and the rest stays
 * byte for byte. Lines are counted from 0. Immutable.
 */
public final class SiteTables {
    /** What {@code [a]} and {@code [[a.b]]} look like; a value never stands alone on a line so. */
    private static final Pattern HEADER =
            Pattern.compile("\\s*\\[\\[?\\s*[A-Za-z0-9_.\"' -]+]]?\\s*(#.*)?");

    private static final String UNIT = "unit";
    private static final String SENSOR = "sensor";

    private final List<String> lines;
    private final TomlTable root;

    private SiteTables(List<String> lines, TomlTable root) {
        this.lines = lines;
        this.root = root;
    }

    /** The tables of a text; empty where it has syntax errors. */
    public static Optional<SiteTables> of(String text) {
        var root = Toml.parse(text.startsWith("\uFEFF") ? text.substring(1) : text);
        return root.hasErrors()
                ? Optional.empty()
                : Optional.of(new SiteTables(List.of(text.split("\n", -1)), root));
    }

    /** Whether there is a unit of this id. */
    public boolean hasUnit(String unit) {
        return unit(unit).isPresent();
    }

    /**
     * Before which line a further sensor of this unit goes: behind its last one, or behind its own
     * keys where it has none; empty when there is no such unit.
     */
    public OptionalInt afterSensors(String unit) {
        return unit(unit)
                .map(at -> sensors(at.table()).orElse(at.line()))
                .map(line -> OptionalInt.of(endOf(line)))
                .orElse(OptionalInt.empty());
    }

    /** Before which line a further unit goes: behind the last one, or at the end of the file. */
    public int afterUnits() {
        var units = array(root, UNIT);
        if (units.isEmpty() || units.get().isEmpty()) {
            return before(lines.size(), String::isBlank);
        }
        var line = line(units.get(), units.get().size() - 1);
        var end = endOf(line);
        for (var next = nextHeader(line); next < lines.size() && ofUnit(next); ) {
            end = endOf(next);
            next = nextHeader(next);
        }
        return end;
    }

    /** A unit, and the line of its header. */
    private record At(TomlTable table, int line) {}

    private Optional<At> unit(String id) {
        var units = array(root, UNIT);
        for (int i = 0; i < units.map(TomlArray::size).orElse(0); i++) {
            if (units.orElseThrow().get(i) instanceof TomlTable table
                    && table.get(List.of("id")) instanceof String word
                    && word.equals(id)) {
                return Optional.of(new At(table, line(units.get(), i)));
            }
        }
        return Optional.empty();
    }

    private static Optional<Integer> sensors(TomlTable unit) {
        return array(unit, SENSOR)
                .filter(all -> !all.isEmpty())
                .map(all -> line(all, all.size() - 1));
    }

    private static Optional<TomlArray> array(TomlTable table, String key) {
        return table.get(List.of(key)) instanceof TomlArray array
                ? Optional.of(array)
                : Optional.empty();
    }

    private static int line(TomlArray tables, int index) {
        var position = tables.entry(index).value().position();
        return position == null ? 0 : position.line() - 1;
    }

    private boolean ofUnit(int line) {
        return lines.get(line).strip().matches("\\[\\[?\\s*" + UNIT + "\\..*");
    }

    /** Behind the last line that says something before the next header. */
    private int endOf(int header) {
        return before(nextHeader(header), SiteTables::isAside);
    }

    private int before(int line, Predicate<String> passed) {
        var end = line;
        while (end > 0 && passed.test(lines.get(end - 1))) {
            end--;
        }
        return end;
    }

    /** What stands above the next header belongs to it. */
    private static boolean isAside(String line) {
        return line.isBlank() || line.strip().startsWith("#");
    }

    private int nextHeader(int line) {
        var next = line + 1;
        while (next < lines.size() && !HEADER.matcher(lines.get(next)).matches()) {
            next++;
        }
        return next;
    }
}
