package org.mingchu.gateway.judge;

import org.mingchu.config.Condition;
import org.mingchu.config.Plan;
import org.mingchu.config.Platform;
import org.mingchu.config.Unit;
import org.mingchu.config.Watch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The plan, bound: which watches look at a subject. Immutable.
 *
 * @param all in the order of the plan
 * @param bySubject every sensor and camera of the plan, also those that no rule looks at
 * @param courses how each temperature is followed
 * @param platforms ids of the platforms that must be reachable
 */
record Bounds(
        List<Bound> all,
        Map<String, List<Bound>> bySubject,
        Map<State.Key, Bound> byKey,
        Map<String, Course> courses,
        List<String> platforms) {

    static Bounds of(Plan plan) {
        var all = new ArrayList<Bound>();
        var bySubject = new HashMap<String, List<Bound>>();
        var byKey = new HashMap<State.Key, Bound>();
        plan.site().units().stream()
                .flatMap(unit -> unit.sensors().stream())
                .forEach(sensor -> bySubject.put(sensor.id(), List.of()));
        plan.site().video().eyes().forEach(eye -> bySubject.put(eye.subject(), List.of()));
        var courses = courses(plan);
        var limits = limits(plan);
        for (var watch : plan.watches()) {
            var bound =
                    Bound.of(
                            watch,
                            all.size(),
                            Optional.ofNullable(courses.get(watch.subject())),
                            foretold(watch, limits),
                            plan.pack().calls(),
                            cabinet(plan, watch),
                            Timed.of(plan, watch));
            all.add(bound);
            byKey.put(bound.key(), bound);
            bySubject.merge(watch.subject(), List.of(bound), Bounds::joined);
        }
        return new Bounds(
                List.copyOf(all),
                Map.copyOf(bySubject),
                Map.copyOf(byKey),
                courses,
                plan.site().platforms().stream().map(Platform::id).toList());
    }

    private static Map<String, Course> courses(Plan plan) {
        var courses = new HashMap<String, Course>();
        for (var unit : plan.site().units()) {
            for (var sensor : unit.sensors()) {
                Course.of(plan, unit, sensor).ifPresent(c -> courses.put(sensor.id(), c));
            }
        }
        return Map.copyOf(courses);
    }

    private static Map<State.Key, Long> limits(Plan plan) {
        var limits = new HashMap<State.Key, Long>();
        for (var watch : plan.watches()) {
            if (watch.rule().when() instanceof Condition.Above(var limit, _)) {
                limits.put(new State.Key(watch.subject(), watch.rule().id()), limit);
            }
        }
        return limits;
    }

    /** Units that stand in one cabinet fail together. */
    private static Set<String> cabinet(Plan plan, Watch watch) {
        var whole = watch.unit().map(unit -> unit.partOf().orElse(unit.id()));
        return plan.site().units().stream()
                .filter(unit ->
                        whole.isPresent() && whole.get().equals(unit.partOf().orElse(unit.id())))
                .map(Unit::id)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static OptionalLong foretold(Watch watch, Map<State.Key, Long> limits) {
        if (!(watch.rule().when() instanceof Condition.NotCooling(var rule, _))) {
            return OptionalLong.empty();
        }
        var limit = limits.get(new State.Key(watch.subject(), rule));
        return limit == null ? OptionalLong.empty() : OptionalLong.of(limit);
    }

    /** The watches that look at a subject, in the order of the plan. */
    List<Bound> at(String subject) {
        return bySubject.getOrDefault(subject, List.of());
    }

    private static List<Bound> joined(List<Bound> some, List<Bound> more) {
        var joined = new ArrayList<>(some);
        joined.addAll(more);
        return List.copyOf(joined);
    }
}
