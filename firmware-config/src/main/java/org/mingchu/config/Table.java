package org.mingchu.config;

import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlKeyValue;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One table of a file, read key by key; what is missing or wrong goes to the problems and a
 * stand-in comes back. The keys that were asked for are the keys the table knows: {@link #end}
 * reports all others. One thread.
 */
final class Table {
    private final TomlTable toml;
    private final Spot header;
    private final Problems problems;
    private final Set<String> known = new LinkedHashSet<>();

    private Table(TomlTable toml, Spot header, Problems problems) {
        this.toml = toml;
        this.header = header;
        this.problems = problems;
    }

    static Table root(TomlTable toml, Problems problems) {
        return new Table(toml, new Spot(1, 1, "", "nothing"), problems);
    }

    /** A value that must be there. */
    <T> T need(String key, Form<T> form) {
        return ask(key, form).orElse(form.standIn());
    }

    /** A value that must be there, and that is looked at further only if it is right. */
    <T> Optional<T> ask(String key, Form<T> form) {
        if (!has(key)) {
            problems.missing(header.under(key), form.expected());
            return Optional.empty();
        }
        return may(key, form);
    }

    /** A value that may be left out. */
    <T> Optional<T> may(String key, Form<T> form) {
        return entry(key).flatMap(e -> parse(form, e.value().get(), spot(key)));
    }

    /** An array of values; empty when left out. */
    <T> List<T> list(String key, Form<T> form) {
        return entry(key).map(e -> list(e, form)).orElse(List.of());
    }

    /** A table that must be there; an empty one stands in for it. */
    Table needTable(String key, String expected) {
        if (!has(key)) {
            problems.missing(header.under(key), expected);
        }
        return mayTable(key).orElseGet(() -> absent(key));
    }

    /** A table that may be left out. */
    Optional<Table> mayTable(String key) {
        return entry(key).flatMap(this::asTable);
    }

    /** The tables of an array of tables, in order; empty when left out. */
    List<Table> tables(String key, int max) {
        return entry(key).map(e -> tables(e, max)).orElse(List.of());
    }

    /** Names of all keys, for a table whose keys are names. */
    Set<String> names() {
        return toml.keySet();
    }

    boolean has(String key) {
        return entry(key).isPresent();
    }

    /** Place of the value, or of the table's header where the key is missing. */
    Spot spot(String key) {
        return entry(key)
                .map(e -> spot(e.value().position(), path(key), e.value().get()))
                .orElse(header.under(key));
    }

    /** Place of the key itself. */
    Spot keySpot(String key) {
        return entry(key).map(e -> spot(e.position(), path(key), e.value().get())).orElse(header);
    }

    /** Place of the table's header. */
    Spot header() {
        return header;
    }

    Problems problems() {
        return problems;
    }

    /** To be called last: every key that was never asked for is an error. */
    void end() {
        var keys = List.copyOf(known);
        for (var key : toml.keySet()) {
            if (!keys.contains(key)) {
                unknown(key, keys);
            }
        }
    }

    private Optional<TomlKeyValue> entry(String key) {
        known.add(key);
        return Optional.ofNullable(toml.entry(List.of(key)));
    }

    /** Nothing more is said about what a missing table does not hold. */
    private Table absent(String key) {
        var unheard = new Problems("", Problems.Discretion.SECRET);
        return new Table(Toml.parse(""), header.under(key), unheard);
    }

    private <T> Optional<T> parse(Form<T> form, Object raw, Spot spot) {
        return switch (form.parse().apply(raw)) {
            case Parsed.Right<T>(var value) -> Optional.of(value);
            case Parsed.Wrong<T>(var expected, var hint) -> {
                problems.error(spot, expected, problems.isSecret() ? Optional.empty() : hint);
                yield Optional.empty();
            }
        };
    }

    private <T> List<T> list(TomlKeyValue entry, Form<T> form) {
        if (!(entry.value().get() instanceof TomlArray array)) {
            problems.error(spot(entry.key()), "an array of values in [ and ]");
            return List.of();
        }
        var values = new ArrayList<T>();
        for (int i = 0; i < array.size(); i++) {
            var value = array.entry(i).value();
            parse(form, value.get(), member(entry.key(), i, value.position(), value.get()))
                    .ifPresent(values::add);
        }
        return values;
    }

    private Optional<Table> asTable(TomlKeyValue entry) {
        if (entry.value().get() instanceof TomlTable table) {
            return Optional.of(child(table, at(entry.position(), path(entry.key()), "nothing")));
        }
        problems.error(spot(entry.key()), "a table [" + bare(entry.key()) + "]");
        return Optional.empty();
    }

    private List<Table> tables(TomlKeyValue entry, int max) {
        if (!(entry.value().get() instanceof TomlArray array)) {
            problems.error(
                    keySpot(entry.key()), "[[" + bare(entry.key()) + "]] in double brackets");
            return asTable(entry).stream().toList();
        }
        if (array.size() > max) {
            problems.error(spot(entry.key()), "at most " + max + " of them");
        }
        var tables = new ArrayList<Table>();
        for (int i = 0; i < array.size(); i++) {
            var value = array.entry(i).value();
            var spot = member(entry.key(), i, value.position(), value.get());
            if (value.get() instanceof TomlTable table) {
                tables.add(child(table, spot.showing("nothing")));
            } else {
                problems.error(spot, "a table in { and }");
            }
        }
        return tables;
    }

    private void unknown(String key, List<String> keys) {
        var expected = "one of the keys " + String.join(", ", keys);
        var meant = Guess.closest(key, keys);
        var spot = keySpot(key);
        // A stray word in a file of secrets may be the secret itself.
        var shown =
                problems.isSecret() && meant.isEmpty()
                        ? new Spot(spot.line(), spot.column(), header.key(), "a key not shown here")
                        : spot.showing("an unknown key");
        problems.error(shown, expected, meant);
    }

    private Table child(TomlTable table, Spot spot) {
        return new Table(table, spot, problems);
    }

    private Spot member(String key, int index, @Nullable TomlPosition position, Object raw) {
        return spot(position, path(key) + "[" + (index + 1) + "]", raw);
    }

    private Spot spot(@Nullable TomlPosition position, String path, Object raw) {
        return at(position, path, problems.show(raw));
    }

    /** The library knows no position of a table that is only implied, such as a in [a.b]. */
    private Spot at(@Nullable TomlPosition position, String path, String found) {
        return position == null
                ? new Spot(header.line(), header.column(), path, found)
                : new Spot(position.line(), position.column(), path, found);
    }

    private String path(String key) {
        return header.under(key).key();
    }

    /** As the header is written in the file: without the numbers. */
    private String bare(String key) {
        return path(key).replaceAll("\\[\\d+\\]", "");
    }
}
