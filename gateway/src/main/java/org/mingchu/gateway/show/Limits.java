package org.mingchu.gateway.show;

import static java.util.stream.Collectors.groupingBy;

import org.mingchu.config.Condition;
import org.mingchu.config.Plan;
import org.mingchu.config.Watch;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The limits that bind each sensor and the rule behind each alarm, by the plan. Immutable. */
final class Limits {
    private final Map<String, List<Watch>> bySubject;

    Limits(Plan plan) {
        this.bySubject = plan.watches().stream().collect(groupingBy(Watch::subject));
    }

    /** The lowest upper limit of a sensor, in thousandths. */
    OptionalLong above(String subject) {
        return of(subject).flatMapToLong(Limits::upper).min();
    }

    /** The highest lower limit of a sensor, in thousandths. */
    OptionalLong below(String subject) {
        return of(subject).flatMapToLong(Limits::lower).max();
    }

    /** The rules that are limits of this sensor's value. */
    List<String> limitRules(String subject) {
        return of(subject)
                .filter(w -> upper(w).findAny().isPresent() || lower(w).findAny().isPresent())
                .map(w -> w.rule().id())
                .toList();
    }

    /** The watch behind an alarm; empty when the plan no longer has it. */
    Optional<Watch> watch(String subject, String rule) {
        return of(subject).filter(w -> w.rule().id().equals(rule)).findFirst();
    }

    private Stream<Watch> of(String subject) {
        return bySubject.getOrDefault(subject, List.of()).stream();
    }

    private static LongStream upper(Watch watch) {
        return watch.rule().when() instanceof Condition.Above above
                ? LongStream.of(above.limitMilli())
                : LongStream.empty();
    }

    private static LongStream lower(Watch watch) {
        return watch.rule().when() instanceof Condition.Below below
                ? LongStream.of(below.limitMilli())
                : LongStream.empty();
    }
}
