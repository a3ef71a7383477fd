package org.mingchu.sensors.fuzz;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a run of Jazzer came to. Immutable.
 *
 * @param log all that it printed
 */
record Outcome(int status, Path log, List<String> lines) {
    /** The last line of progress: {@code #123 DONE cov: 5 ft: 6 corp: 4/81b … rss: 300Mb}. */
    private static final Pattern COVERED =
            Pattern.compile("#\\d+\\s.*\\bcov: (\\d+) ft: (\\d+) .*");

    private static final Pattern CORPUS = Pattern.compile("#\\d+\\s.*\\bcorp: (\\d+)/.*");
    private static final Pattern STATISTIC = Pattern.compile("stat::(\\w+): +(\\d+)");
    private static final int FAULT_LINES_MAX = 25;

    Outcome {
        lines = List.copyOf(lines);
    }

    /** Branches of ours that were gone through; none is what a fuzzer without eyes reports. */
    long covered() {
        return last(COVERED, 1);
    }

    /** The same with how often, and with values compared. */
    long features() {
        return last(COVERED, 2);
    }

    long inputs() {
        return last(CORPUS, 1);
    }

    long executed() {
        return statistic("number_of_executed_units");
    }

    long peakRssMb() {
        return statistic("peak_rss_mb");
    }

    /** What went wrong, as it was told; the first lines of it. */
    String fault() {
        return lines.stream()
                .dropWhile(l -> !l.startsWith("== "))
                .limit(FAULT_LINES_MAX)
                .collect(Collectors.joining("\n", log + "\n", ""));
    }

    private long statistic(String name) {
        return lines.stream()
                .map(STATISTIC::matcher)
                .filter(m -> m.matches() && m.group(1).equals(name))
                .mapToLong(m -> Long.parseLong(m.group(2)))
                .reduce((_, last) -> last)
                .orElse(0);
    }

    private long last(Pattern pattern, int group) {
        return lines.stream()
                .map(pattern::matcher)
                .filter(Matcher::matches)
                .map(m -> OptionalLong.of(Long.parseLong(m.group(group))))
                .reduce((_, last) -> last)
                .orElse(OptionalLong.empty())
                .orElse(0);
    }
}
