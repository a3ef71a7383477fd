package org.mingchu.config;

import java.util.List;

/** A value read from a file, or all that is wrong with it. Immutable. */
public sealed interface Checked<T> {
    /** Usable; the remarks are warnings and notes. */
    record Good<T>(T value, List<Problem> remarks) implements Checked<T> {
        public Good {
            remarks = List.copyOf(remarks);
        }
    }

    /** Not usable; at least one problem is an error. */
    record Bad<T>(List<Problem> problems) implements Checked<T> {
        public Bad {
            problems = List.copyOf(problems);
        }

        /** Those for which it cannot be used, without warnings and notes. */
        public List<Problem> errors() {
            return problems.stream()
                    .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                    .toList();
        }

        /** The first of them. */
        public Problem error() {
            return errors().getFirst();
        }
    }
}
