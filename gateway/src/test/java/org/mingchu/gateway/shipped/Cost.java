package org.mingchu.gateway.shipped;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What an agent cost within a measured time. Immutable.
 *
 * @param looks at it, evenly in that time
 * @param heapKb after a collection at the end
 */
record Cost(List<Footprint> looks, Duration time, long heapKb) {
    Cost {
        looks = List.copyOf(looks);
    }

    double processorMsPerSecond() {
        var spent = looks.getLast().processor().minus(looks.getFirst().processor());
        return spent.toNanos() / 1e6 / (time.toNanos() / 1e9);
    }

    double residentMb(int third) {
        var length = looks.size() / 3;
        return looks.subList(third * length, (third + 1) * length).stream()
                        .mapToLong(Footprint::residentKb)
                        .average()
                        .orElseThrow()
                / 1024;
    }

    /** The one that has what is measured beside the one that has not. */
    static void print(List<Cost> withAndWithout) {
        row("", "with them", "without");
        row("processor, ms a second", withAndWithout, "%.1f", Cost::processorMsPerSecond);
        row("processor, % of a core", withAndWithout, "%.2f", c -> c.processorMsPerSecond() / 10);
        row("memory (RSS), MB, last third", withAndWithout, "%.1f", c -> c.residentMb(2));
        row(
                "growth since the first third, MB",
                withAndWithout,
                "%.1f",
                c -> c.residentMb(2) - c.residentMb(0));
        row("heap after a collection, MB", withAndWithout, "%.1f", c -> c.heapKb() / 1024.0);
    }

    private static void row(
            String what, List<Cost> costs, String format, ToDoubleFunction<Cost> figure) {
        var words =
                costs.stream()
                        .map(cost -> String.format(Locale.ROOT, format, figure.applyAsDouble(cost)))
                        .toList();
        row(what, words.get(0), words.get(1));
    }

    private static void row(String what, String with, String without) {
        System.out.printf("%-34s %12s %12s%n", what, with, without);
    }
}
