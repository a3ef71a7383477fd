package org.mingchu.config;

import java.util.Locale;
import java.util.Optional;

/**
 * One thing wrong, or worth knowing, about a file. Immutable.
 *
 * @param line from 1; 0 where the whole file is meant
 * @param column from 1, in characters
 * @param key dotted path of the key; members of an array of tables are counted from 1, as in {@code
 *     unit[2].sensor[1].source}
 * @param found what stands there; never a secret's value
 * @param expected what should stand there, with its unit, and the remedy; of a note, what is to be
 *     known of it
 * @param hint what was likely meant, written as it would stand in the file
 */
public record Problem(
        Severity severity,
        String file,
        int line,
        int column,
        String key,
        String found,
        String expected,
        Optional<String> hint) {

    /** One line for a terminal, in the form that editors and compilers use. */
    public String text() {
        var where = line > 0 ? file + ":" + line + ":" + column : file;
        var meant = hint.map(h -> "; did you mean " + h + "?").orElse("");
        var body =
                switch (severity) {
                    case ERROR -> key + ": found " + found + ", expected " + expected;
                    case WARNING ->
                            "warning: " + key + ": found " + found + ", expected " + expected;
                    case NOTE -> "note: " + key + ": " + found + " " + expected;
                };
        return where + ": " + body + meant;
    }

    /** Whether the plan can be used in spite of it. */
    public enum Severity {
        ERROR,
        WARNING,
        NOTE;

        /** The word that messages use. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
