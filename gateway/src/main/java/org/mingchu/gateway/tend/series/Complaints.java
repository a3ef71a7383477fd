package org.mingchu.gateway.tend.series;

import org.mingchu.config.Problem;
import org.mingchu.config.Problem.Severity;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects what is wrong with a file, so that all of it can be said at once. One thread. */
final class Complaints {
    /** Problems named one by one; a file with more of them is wrong in the same way each time. */
    static final int NAMED_MAX = 50;

    /** Longest piece of a value that is repeated, in characters. */
    private static final int SHOWN_MAX = 40;

    private final String file;
    private final List<Problem> problems = new ArrayList<>();
    private long more;

    Complaints(String file) {
        this.file = file;
    }

    /** Something is wrong with a field, or with what is missing there. */
    void add(long line, int column, String key, String found, Expected expected) {
        if (problems.size() == NAMED_MAX) {
            more++;
            return;
        }
        problems.add(
                new Problem(
                        Severity.ERROR,
                        file,
                        (int) Math.min(line, Integer.MAX_VALUE),
                        column,
                        key,
                        found,
                        expected.text(),
                        expected.hint()));
    }

    /** Something is wrong with the file as a whole. */
    void add(String found, String expected) {
        add(0, 0, "file", found, new Expected(expected));
    }

    boolean none() {
        return problems.isEmpty();
    }

    List<Problem> all() {
        var all = new ArrayList<>(problems);
        if (more > 0) {
            all.add(
                    new Problem(
                            Severity.NOTE,
                            file,
                            0,
                            0,
                            "rows",
                            more + " more problems",
                            "are not shown; mend these first",
                            Optional.empty()));
        }
        return all;
    }

    static String quoted(String text) {
        var shown = text.length() <= SHOWN_MAX ? text : text.substring(0, SHOWN_MAX) + "…";
        return '"' + shown.replace("\n", "\\n") + '"';
    }

    /**
     * What should stand there. Immutable.
     *
     * @param hint what was likely meant, as it would stand in the file
     */
    record Expected(String text, Optional<String> hint) {
        Expected(String text) {
            this(text, Optional.empty());
        }
    }
}
