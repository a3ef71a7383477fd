package org.mingchu.config;

import org.mingchu.config.Problem.Severity;
import org.tomlj.TomlArray;
import org.tomlj.TomlTable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Collects all that is wrong with one file, so that it can be said at once. One thread. */
final class Problems {
    /** Longest piece of a value that a message repeats, in characters. */
    private static final int SHOWN_MAX = 60;

    /** Whether messages may repeat what the file says. */
    enum Discretion {
        OPEN,
        /** A file of secrets: not a character of a value leaves it. */
        SECRET
    }

    private final String file;
    private final Discretion discretion;
    private final List<Problem> problems = new ArrayList<>();
    private boolean damaged;

    Problems(String file, Discretion discretion) {
        this.file = file;
        this.discretion = discretion;
    }

    void error(Spot spot, String expected) {
        add(Severity.ERROR, spot, expected, Optional.empty());
    }

    void error(Spot spot, String expected, Optional<String> hint) {
        add(Severity.ERROR, spot, expected, hint);
    }

    void warning(Spot spot, String expected) {
        add(Severity.WARNING, spot, expected, Optional.empty());
    }

    void note(Spot spot, String expected) {
        add(Severity.NOTE, spot, expected, Optional.empty());
    }

    /**
     * Something is not there. In a file with syntax errors that is likely a line that could not be
     * read, so nothing is said.
     */
    void missing(Spot spot, String expected) {
        if (!damaged) {
            error(spot, expected);
        }
    }

    /** Something refers to what is not there; in a damaged file nothing is said either. */
    void unresolved(Spot spot, String expected, Optional<String> hint) {
        if (!damaged) {
            error(spot, expected, hint.map(Problems::quoted));
        }
    }

    /**
     * A capability of a later version.
     *
     * @param meanwhile what that means until then
     */
    void later(Spot spot, String meanwhile) {
        note(spot, "is accepted, not yet used by this version: " + meanwhile);
    }

    /** A whole section is left out, with a consequence that somebody should know. */
    void absent(String key, String expected) {
        if (!damaged) {
            warning(Spot.wholeFile(key), expected);
        }
    }

    /** The file has syntax errors: lines of it are unread. */
    void damaged() {
        damaged = true;
    }

    boolean isDamaged() {
        return damaged;
    }

    boolean isSecret() {
        return discretion == Discretion.SECRET;
    }

    /** In the order of the file. */
    List<Problem> inOrder() {
        return problems.stream()
                .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
                .toList();
    }

    boolean hasErrors() {
        return problems.stream().anyMatch(p -> p.severity() == Severity.ERROR);
    }

    /** The value as a message may repeat it: short, and never with a password in it. */
    String show(Object raw) {
        if (isSecret()) {
            return "a value that is not shown";
        }
        return switch (raw) {
            case String text when IdNumbers.in(text) -> "a text that looks like an ID number";
            case String text -> quoted(shortened(withoutPassword(text)));
            case TomlArray array -> "an array of " + array.size();
            case TomlTable _ -> "a table";
            default -> shortened(raw.toString());
        };
    }

    /** Of an address, user and password in front of the host or among the parameters. */
    private static String withoutPassword(String text) {
        return text.replaceAll("//.*@", "//…@")
                .replaceAll("(?i)(pass(word|wd)?|pwd)=[^&_\\s]*", "$1=…");
    }

    static String quoted(String text) {
        return '"' + text.replace("\n", "\\n") + '"';
    }

    static String quoted(Collection<String> words) {
        return words.stream().map(Problems::quoted).collect(Collectors.joining(", "));
    }

    private static String shortened(String text) {
        return text.codePointCount(0, text.length()) <= SHOWN_MAX
                ? text
                : text.substring(0, text.offsetByCodePoints(0, SHOWN_MAX)) + "…";
    }

    private void add(Severity severity, Spot spot, String expected, Optional<String> hint) {
        problems.add(
                new Problem(
                        severity,
                        file,
                        spot.line(),
                        spot.column(),
                        spot.key(),
                        spot.found(),
                        expected,
                        hint));
    }
}
