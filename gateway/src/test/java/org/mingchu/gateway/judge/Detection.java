package org.mingchu.gateway.judge;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * How soon each contender hears of each trouble, and how often it calls for nothing. All that is
 * compared hears the same probe. Immutable.
 */
record Detection(int seeds, List<String> contenders, List<Row> rows, List<Calm> calms) {
    private static final long FIRST_SEED = 101;

    private record Job(Appliance appliance, long seed) {}

    /** How many units {@link #measure} watches. */
    static int units(int seeds) {
        return seeds * Appliance.values().length;
    }

    /**
     * Measures on all cores.
     *
     * @param done is told of each unit that is finished, by any thread
     */
    static Detection measure(int seeds, IntConsumer done) {
        var contenders = Contender.all();
        var found =
                LongStream.range(FIRST_SEED, FIRST_SEED + seeds)
                        .boxed()
                        .flatMap(seed ->
                                Arrays.stream(Appliance.values()).map(a -> new Job(a, seed)))
                        .toList()
                        .parallelStream()
                        .map(job -> {
                            var trial = new Trial(job.appliance(), contenders, job.seed()).run();
                            done.accept(1);
                            return trial;
                        })
                        .toList();
        var outcomes = found.stream().flatMap(f -> f.outcomes().stream()).toList();
        var quiet = found.stream().map(Trial.Found::quiet).toList();
        var calms =
                Arrays.stream(Appliance.values())
                        .map(appliance -> Calm.of(appliance, contenders, quiet))
                        .toList();
        return new Detection(
                seeds,
                contenders.stream().map(Contender::name).toList(),
                calms.stream().flatMap(calm -> rows(calm, outcomes)).toList(),
                calms);
    }

    private static Stream<Row> rows(Calm calm, List<Trial.Outcome> outcomes) {
        return Arrays.stream(Trouble.values())
                .filter(trouble -> trouble.befalls(calm.appliance()))
                .map(trouble -> Row.of(calm.appliance(), trouble, calm.heeded(), outcomes));
    }

    List<Row> rows(Appliance appliance) {
        return rows.stream().filter(row -> row.appliance() == appliance).toList();
    }

    Calm calm(Appliance appliance) {
        return calms.stream()
                .filter(calm -> calm.appliance() == appliance)
                .findFirst()
                .orElseThrow();
    }

    /** The baselines before which ours is not on a row, by their place. */
    List<Integer> aheadOfOurs(Row row) {
        var ours = row.marks().getFirst();
        return IntStream.range(1, contenders.size())
                .filter(i -> ours.behind(row.marks().get(i)))
                .boxed()
                .toList();
    }

    /** Of those, the ones that call no more often for nothing than ours. */
    List<Integer> betterThanOurs(Row row) {
        var aYear = calm(row.appliance()).aYear();
        return aheadOfOurs(row).stream().filter(i -> aYear.get(i) <= aYear.getFirst()).toList();
    }
}
