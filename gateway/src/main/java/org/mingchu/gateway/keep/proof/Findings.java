package org.mingchu.gateway.keep.proof;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Collects problems. Of one file only the first {@value #MAX_PER_FILE} are kept, so that a hostile
 * export fills no memory; checks go upwards by seq, so the first bad one is among them. One thread.
 */
final class Findings {
    private static final int MAX_PER_FILE = 50;
    private static final int MAX = 2_000;

    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, Integer> perFile = new HashMap<>();

    void add(Problem problem) {
        var count = perFile.merge(problem.file().orElse(""), 1, Integer::sum);
        if (count <= MAX_PER_FILE && problems.size() < MAX) {
            problems.add(problem);
        }
    }

    List<Problem> all() {
        return List.copyOf(problems);
    }

    /**
     * The first bad place: by epoch, then by seq. A problem that lies somewhere in a range gives
     * way to one that is known more closely.
     */
    Optional<Problem> first(List<Span> spans) {
        for (var span : spans) {
            var here =
                    problems.stream()
                            .filter(p -> p.epoch().filter(span.epoch()::equals).isPresent())
                            .filter(p -> p.seqs().isPresent())
                            .toList();
            var first =
                    here.stream()
                            .filter(p -> here.stream().noneMatch(other -> closer(other, p)))
                            .min(
                                    Comparator.comparingLong((Problem p) -> seqs(p).from())
                                            .thenComparingLong(p -> seqs(p).to()));
            if (first.isPresent()) {
                return first;
            }
        }
        return problems.stream().findFirst();
    }

    private static boolean closer(Problem one, Problem other) {
        var a = seqs(one);
        var b = seqs(other);
        return other.somewhere() && (one.somewhere() ? a.within(b) && !b.within(a) : a.startsIn(b));
    }

    private static Problem.Seqs seqs(Problem problem) {
        return problem.seqs().orElseThrow();
    }
}
