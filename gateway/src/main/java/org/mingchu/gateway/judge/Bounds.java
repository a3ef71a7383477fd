package org.mingchu.gateway.judge;

import org.mingchu.config.Plan;
import org.mingchu.config.Platform;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The plan, bound: which watches look at a subject. Immutable.
 *
 * @param all in the order of the plan
 * @param bySubject every sensor and camera of the plan, also those that no rule looks at
 * @param platforms ids of the platforms that must be reachable
 */
record Bounds(
        List<Bound> all,
        Map<String, List<Bound>> bySubject,
        Map<State.Key, Bound> byKey,
        List<String> platforms) {

    static Bounds of(Plan plan) {
        var all = new ArrayList<Bound>();
        var bySubject = new HashMap<String, List<Bound>>();
        var byKey = new HashMap<State.Key, Bound>();
        plan.site().units().stream()
                .flatMap(unit -> unit.sensors().stream())
                .forEach(sensor -> bySubject.put(sensor.id(), List.of()));
        plan.site().cameras().forEach(camera -> bySubject.put(camera.id(), List.of()));
        for (var watch : plan.watches()) {
            var bound = Bound.of(watch, all.size());
            all.add(bound);
            byKey.put(bound.key(), bound);
            bySubject.merge(watch.subject(), List.of(bound), Bounds::joined);
        }
        return new Bounds(
                List.copyOf(all),
                Map.copyOf(bySubject),
                Map.copyOf(byKey),
                plan.site().platforms().stream().map(Platform::id).toList());
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
