package org.mingchu.gateway.judge;

import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * One trouble of one appliance over all seeds. Immutable.
 *
 * @param passed minutes to the legal limit, median; infinite when most never pass it
 * @param hurried percent of runs that pass it before anybody could tell them apart from a door and
 *     20 min ahead
 * @param marks by contender, in the order of {@link Contender#all}
 */
record Row(
        Appliance appliance,
        Trouble trouble,
        int runs,
        double passed,
        double hurried,
        List<Mark> marks) {
    /** A failure told so early leaves time to move the food. */
    private static final double AHEAD_MIN = 20;

    /** It takes so long to tell a machine that stands from a door that was open. */
    private static final double TOLD_APART_MIN = 20;

    private static final double MEDIAN = 0.5;
    private static final double MOST = 0.95;

    /**
     * How soon one contender was heard, in minutes; a run in which it was not counts as infinitely
     * late.
     *
     * @param toLimit median from the passing of the limit: negative is before it
     * @param toLimitMost the same, p95
     * @param ahead percent of runs heard 20 min before the limit and earlier
     */
    record Mark(
            double median,
            double most,
            double toLimit,
            double toLimitMost,
            double missedPercent,
            double ahead) {
        boolean behind(Mark other) {
            return median > other.median
                    || most > other.most
                    || missedPercent > other.missedPercent;
        }
    }

    /**
     * The row of a trouble.
     *
     * @param heeded by contender, {@link Calm#heeded}
     */
    static Row of(
            Appliance appliance,
            Trouble trouble,
            List<Set<String>> heeded,
            List<Trial.Outcome> all) {
        var runs =
                all.stream()
                        .filter(o -> o.appliance() == appliance && o.trouble() == trouble)
                        .toList();
        return new Row(
                appliance,
                trouble,
                runs.size(),
                rank(runs, MEDIAN, run -> orNever(run.passed())),
                percent(runs, run -> orNever(run.passed()) < TOLD_APART_MIN + AHEAD_MIN ? 1 : 0),
                IntStream.range(0, heeded.size())
                        .mapToObj(i -> mark(runs, run -> run.heard().get(i).known(heeded.get(i))))
                        .toList());
    }

    private static Mark mark(
            List<Trial.Outcome> runs, Function<Trial.Outcome, OptionalDouble> known) {
        ToDoubleFunction<Trial.Outcome> heard = run -> orNever(known.apply(run));
        ToDoubleFunction<Trial.Outcome> toLimit =
                run ->
                        run.passed().isEmpty()
                                ? Double.POSITIVE_INFINITY
                                : heard.applyAsDouble(run) - run.passed().getAsDouble();
        return new Mark(
                rank(runs, MEDIAN, heard),
                rank(runs, MOST, heard),
                rank(runs, MEDIAN, toLimit),
                rank(runs, MOST, toLimit),
                percent(runs, run -> known.apply(run).isEmpty() ? 1 : 0),
                percent(runs, run -> toLimit.applyAsDouble(run) <= -AHEAD_MIN ? 1 : 0));
    }

    private static double orNever(OptionalDouble minutes) {
        return minutes.orElse(Double.POSITIVE_INFINITY);
    }

    /** By nearest rank. */
    private static double rank(
            List<Trial.Outcome> runs, double share, ToDoubleFunction<Trial.Outcome> minutes) {
        var sorted = runs.stream().mapToDouble(minutes).sorted().toArray();
        return sorted[(int) Math.ceil(share * sorted.length) - 1];
    }

    private static double percent(
            List<Trial.Outcome> runs, ToDoubleFunction<Trial.Outcome> counts) {
        return 100 * runs.stream().mapToDouble(counts).sum() / runs.size();
    }
}
