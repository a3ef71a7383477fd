package org.mingchu.config;

import java.util.List;
import java.util.Optional;

/**
 * One piece of equipment: a cold store, a freezer, a sample fridge. Immutable.
 *
 * @param partOf the unit it shares door, mains or compressor with
 * @param method how it disinfects, when it does
 */
public record Unit(
        String id,
        String name,
        UnitKind kind,
        Optional<String> place,
        Optional<String> partOf,
        Optional<Defrost> defrost,
        List<SensorPlan> sensors,
        List<SiteLimit> overrides,
        Optional<Disinfection> method) {
    public Unit {
        sensors = List.copyOf(sensors);
        overrides = List.copyOf(overrides);
    }

    /** A unit that disinfects nothing. */
    public Unit(
            String id,
            String name,
            UnitKind kind,
            Optional<String> place,
            Optional<String> partOf,
            Optional<Defrost> defrost,
            List<SensorPlan> sensors,
            List<SiteLimit> overrides) {
        this(id, name, kind, place, partOf, defrost, sensors, overrides, Optional.empty());
    }
}
