package org.mingchu.gateway.judge;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What was said of one appliance that was well, over all seeds, by contender. Immutable.
 *
 * @param days of units that were well and known
 * @param aYear calls per unit and year
 * @param foretoldAYear failures foretold that never came, per unit and year
 * @param firstWeek calls per unit in its first week, which are not in the others
 * @param heeded the rules that call so seldom for nothing that people come for them
 */
record Calm(
        Appliance appliance,
        double days,
        List<Double> aYear,
        List<Double> foretoldAYear,
        List<Double> firstWeek,
        List<Set<String>> heeded) {
    private static final double YEAR_DAYS = 365;

    /** Once a season, per unit: eight units call for nothing once in eleven days. */
    private static final double HEEDED_A_YEAR = 4;

    static Calm of(Appliance appliance, List<Contender> contenders, List<Trial.Quiet> all) {
        var units = all.stream().filter(quiet -> quiet.appliance() == appliance).toList();
        var days = units.stream().mapToDouble(Trial.Quiet::days).sum();
        return new Calm(
                appliance,
                days,
                each(contenders, i -> count(units, i, _ -> true) * YEAR_DAYS / days),
                each(
                        contenders,
                        i -> {
                            var foretelling = contenders.get(i).foretelling();
                            return count(units, i, foretelling::contains) * YEAR_DAYS / days;
                        }),
                each(contenders, i -> mean(units, unit -> unit.firstWeek().get(i).size())),
                each(
                        contenders,
                        i ->
                                contenders
                                        .get(i)
                                        .rules()
                                        .filter(rule ->
                                                count(units, i, rule::equals) * YEAR_DAYS / days
                                                        <= HEEDED_A_YEAR)
                                        .collect(Collectors.toSet())));
    }

    private static <T> List<T> each(List<Contender> contenders, Function<Integer, T> what) {
        return IntStream.range(0, contenders.size()).boxed().map(what).toList();
    }

    private static double count(List<Trial.Quiet> units, int contender, Predicate<String> rule) {
        return units.stream()
                .flatMap(unit -> unit.later().get(contender).stream())
                .map(Ear.Sound::rule)
                .filter(rule)
                .count();
    }

    private static double mean(List<Trial.Quiet> units, Function<Trial.Quiet, Integer> count) {
        return units.stream().mapToInt(count::apply).average().orElseThrow();
    }
}
