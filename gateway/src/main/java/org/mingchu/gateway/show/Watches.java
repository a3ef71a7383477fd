package org.mingchu.gateway.show;

import static java.util.stream.Collectors.groupingBy;

import org.mingchu.config.Condition;
import org.mingchu.config.Plan;
import org.mingchu.config.Watch;
import org.mingchu.gateway.judge.State;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The rule behind each alarm, by the plan. Immutable. */
final class Watches {
    private final Map<String, List<Watch>> bySubject;

    Watches(Plan plan) {
        this.bySubject = plan.watches().stream().collect(groupingBy(Watch::subject));
    }

    /** The rules that are limits of this sensor's value. */
    List<String> limitRules(String subject) {
        return of(subject).filter(Watches::isLimit).map(w -> w.rule().id()).toList();
    }

    /** The watch behind an alarm; empty when the plan no longer has it. */
    Optional<Watch> of(String subject, String rule) {
        return of(subject).filter(w -> w.rule().id().equals(rule)).findFirst();
    }

    /** The key of an alarm's cause in plain words. */
    String cause(State.Key alarm) {
        return of(alarm.subject(), alarm.rule()).map(OpenAlarms::cause).orElse("other");
    }

    private Stream<Watch> of(String subject) {
        return bySubject.getOrDefault(subject, List.of()).stream();
    }

    private static boolean isLimit(Watch watch) {
        return switch (watch.rule().when()) {
            case Condition.Above _, Condition.Below _ -> true;
            case Condition.OfCourse _,
                    Condition.OfTime _,
                    Condition.Silent _,
                    Condition.Faulty _,
                    Condition.Open _,
                    Condition.Contact _,
                    Condition.Camera _,
                    Condition.OfGateway _ ->
                    false;
        };
    }
}
