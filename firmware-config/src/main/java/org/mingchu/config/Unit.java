package org.mingchu.config;

import java.util.List;
import java.util.Optional;

/**
 * One piece of equipment: a cold store, a freezer, a sample fridge. Immutable.
 *
 * @param partOf the unit it shares door, mains or compressor with
 */
public record Unit(
        String id,
        String name,
        UnitKind kind,
        Optional<String> place,
        Optional<String> partOf,
        Optional<Defrost> defrost,
        List<SensorPlan> sensors,
        List<SiteLimit> overrides) {
    public Unit {
        sensors = List.copyOf(sensors);
        overrides = List.copyOf(overrides);
    }
}
