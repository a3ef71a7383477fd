package org.mingchu.gateway;

import org.mingchu.config.Plan;
import org.mingchu.config.Unit;
import org.mingchu.gateway.keep.pack.Measure;
import org.mingchu.sensors.Reading;

import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is known of the kitchen beside its record: all of its plan in the agent; without an agent,
 * the plan that the command was given, or nothing. Immutable.
 *
 * @param zone whose days and hours are shown
 */
record Kitchen(ZoneId zone, Optional<Plan> plan) {
    /** As a plan says. */
    static Kitchen of(Plan plan) {
        return new Kitchen(plan.site().timeZone(), Optional.of(plan));
    }

    /** Nothing is known but the zone that was noted beside the record. */
    static Kitchen unknown(ZoneId zone) {
        return new Kitchen(zone, Optional.empty());
    }

    KitchenTime time() {
        return new KitchenTime(zone);
    }

    /** The ids of all units. */
    Set<String> units() {
        return plan.map(p -> p.site().units().stream().map(Unit::id).collect(Collectors.toSet()))
                .orElseGet(Set::of);
    }

    /** How long a probe that is not asked may buffer what it has measured. */
    static final Duration LATENESS_MAX = Reading.LATE_MAX;

    /**
     * A sensor or camera as the plan has it.
     *
     * @param lateness how long after it was taken a value may come
     */
    record Planned(Measure measure, Duration period, Duration lateness) {}

    /** All of them, in the order of the site file. */
    Map<String, Planned> planned() {
        var all = new LinkedHashMap<String, Planned>();
        plan.ifPresent(p -> {
            for (var unit : p.site().units()) {
                for (var sensor : unit.sensors()) {
                    all.put(
                            sensor.id(),
                            new Planned(
                                    Measure.of(sensor.measures()),
                                    sensor.period().orElse(p.site().samplingPeriod()),
                                    sensor.source().told() ? LATENESS_MAX : Duration.ZERO));
                }
            }
            for (var eye : p.site().video().eyes()) {
                all.put(
                        eye.subject(),
                        new Planned(Measure.CAMERA, eye.level().period(), Duration.ZERO));
            }
        });
        return all;
    }
}
