package org.mingchu.simulator;

import java.util.List;
import java.util.stream.Collectors;

/** Everything that is wrong in a scenario, one line of the message each. */
public final class BadScenario extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final transient List<Problem> problems;

    /**
     * One thing that is wrong.
     *
     * @param file the file's name
     * @param line from 1
     * @param column from 1, in characters
     * @param found what stands there
     * @param allowed what may stand there
     */
    public record Problem(String file, int line, int column, String found, String allowed) {
        @Override
        public String toString() {
            return "%s:%d:%d: found %s; allowed: %s".formatted(file, line, column, found, allowed);
        }
    }

    BadScenario(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}
