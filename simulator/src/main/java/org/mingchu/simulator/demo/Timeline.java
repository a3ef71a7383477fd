package org.mingchu.simulator.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** When each step of the film happened. One thread. */
final class Timeline {
    /**
     * Times come from two places: seen here to 5 ms, and said by the gateway to 1 ms on the wall
     * clock. Two that lie closer than this are not in a wrong order.
     */
    static final Duration RESOLUTION = Duration.ofMillis(50);

    private final Map<Step, Mark> marks = new EnumMap<>(Step.class);

    /** A step and what there is to say about it. */
    private record Mark(Step step, long upNs, String detail) {}

    /** A step happened; only the first time counts. */
    void mark(Step step, long upNs, String detail) {
        marks.putIfAbsent(step, new Mark(step, upNs, detail));
    }

    Optional<Long> at(Step step) {
        return Optional.ofNullable(marks.get(step)).map(Mark::upNs);
    }

    /** What is missing or came too early or too late; nothing when the film is whole. */
    List<String> problems(Duration delay, Duration tolerance) {
        var problems = new ArrayList<String>();
        for (var step : Step.values()) {
            if (!marks.containsKey(step)) {
                problems.add("missing: " + step.words());
                return List.copyOf(problems);
            }
            step.after().forEach(before -> order(before, step, problems));
        }
        delay(delay, tolerance, problems);
        return List.copyOf(problems);
    }

    private void order(Step before, Step step, List<String> problems) {
        long gapNs = upNs(step) - upNs(before);
        if (gapNs < -RESOLUTION.toNanos()) {
            problems.add(
                    "out of order: %s came %.2f s before %s"
                            .formatted(step.words(), -gapNs / 1e9, before.words()));
        }
    }

    private void delay(Duration delay, Duration tolerance, List<String> problems) {
        long tookNs = upNs(Step.RAISED) - upNs(Step.ABOVE_LIMIT);
        boolean tooEarly = tookNs < delay.minus(RESOLUTION).toNanos();
        if (tooEarly || tookNs > delay.plus(tolerance).toNanos()) {
            problems.add(
                    "raised %.2f s after the limit was crossed; the rule's delay is %.2f s"
                            .formatted(tookNs / 1e9, delay.toMillis() / 1e3));
        }
    }

    private long upNs(Step step) {
        return at(step).orElseThrow();
    }

    /** The steps in the order they happened, one line each, in seconds after the first. */
    List<String> lines() {
        var sorted =
                marks.values().stream()
                        .sorted(Comparator.comparingLong(this::notBeforeItsCause))
                        .toList();
        if (sorted.isEmpty()) {
            return List.of();
        }
        long startNs = sorted.getFirst().upNs();
        return sorted.stream().map(mark -> line(mark, startNs)).toList();
    }

    /** Within the resolution a step may seem to come before its cause; it is told behind it. */
    private long notBeforeItsCause(Mark mark) {
        return mark.step().after().stream()
                .flatMap(cause -> Optional.ofNullable(marks.get(cause)).stream())
                .mapToLong(this::notBeforeItsCause)
                .reduce(mark.upNs(), Math::max);
    }

    private static String line(Mark mark, long startNs) {
        double seconds = (mark.upNs() - startNs) / 1e9;
        return "%7.2f s  %-22s %s"
                .formatted(seconds, mark.step().words(), mark.detail())
                .stripTrailing();
    }
}
