package org.mingchu.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the pieces of equipment. */
final class UnitReader {
    /** Most units of one site: the page and one round of readings are sized for them. */
    static final int UNITS_MAX = 64;

    /** Most sensors of one unit. */
    static final int SENSORS_MAX = 16;

    /** Most overrides of one unit. */
    private static final int OVERRIDES_MAX = 32;

    private static final Form<UnitKind> KIND =
            Form.oneOf(List.of(UnitKind.values()), UnitKind::word);

    private static final Form<Disinfection> METHOD =
            Form.oneOf(List.of(Disinfection.values()), Disinfection::word);

    private UnitReader() {}

    static List<Unit> units(Table root, Census census) {
        if (!root.has("unit")) {
            // So a first site file can be checked, and the board set up, before a probe hangs
            // there.
            root.problems()
                    .absent(
                            "unit",
                            "at least one [[unit]] with id, name, kind and a [[unit.sensor]]:"
                                    + " without one there is nothing to watch and the gateway does"
                                    + " not start; mingchu sensors name writes the first");
        }
        var tables = root.tables("unit", UNITS_MAX);
        var units = new ArrayList<Unit>();
        for (var table : tables) {
            units.add(unit(table, census));
        }
        checkParents(tables, units);
        return units;
    }

    private static Unit unit(Table table, Census census) {
        var id = table.ask("id", Form.ID);
        id.ifPresent(i -> census.claimId(i, table.spot("id")));
        var name = table.need("name", Form.TEXT);
        var kind = table.ask("kind", KIND);
        var place = table.may("place", Form.TEXT);
        var partOf = table.may("part_of", Form.ID);
        var defrost = table.mayTable("defrost").map(t -> DefrostReader.read(t, census));
        var method = method(table, kind);
        var sensors =
                table.tables("sensor", SENSORS_MAX).stream()
                        .map(t -> SensorReader.read(t, census))
                        .toList();
        checkSensors(table, kind, sensors);
        if (defrost.filter(Defrost.Signalled.class::isInstance).isPresent()) {
            id.ifPresent(unit -> claimSignal(unit, table, census));
        }
        var overrides = overrides(table, new OverrideReader(census.pack(), kind, defrost));
        table.end();
        return new Unit(
                id.orElse(""),
                name,
                kind.orElse(KIND.standIn()),
                place,
                partOf,
                defrost,
                withSignal(id.orElse(""), sensors, defrost),
                overrides,
                method);
    }

    private static void claimSignal(String unit, Table table, Census census) {
        var name = Defrost.Signalled.name(unit);
        census.claimId(name, table.spot("defrost"));
        if (name.length() > Identity.LENGTH_MAX) {
            table.problems()
                    .error(
                            table.spot("id"),
                            "a shorter id: its defrost contact is called \"" + name + "\"");
        }
    }

    private static List<SensorPlan> withSignal(
            String unit, List<SensorPlan> sensors, Optional<Defrost> defrost) {
        if (!(defrost.orElse(null) instanceof Defrost.Signalled signalled)) {
            return sensors;
        }
        var all = new ArrayList<>(sensors);
        all.add(signalled.contact(unit));
        return all;
    }

    /** Steam holds 100 ℃, infrared 120 ℃: nobody can tell from outside which a cabinet must. */
    private static Optional<Disinfection> method(Table unit, Optional<UnitKind> kind) {
        if (kind.filter(k -> k == UnitKind.DISINFECTION).isEmpty()) {
            return Optional.empty();
        }
        if (!unit.has("method")) {
            unit.problems()
                    .warning(
                            unit.header(),
                            "method = \"steam\", \"infrared\" or \"dishwasher\": without it no"
                                    + " cycle of this unit is recognised");
        }
        return unit.may("method", METHOD);
    }

    private static List<SiteLimit> overrides(Table unit, OverrideReader reader) {
        var rules = new HashSet<String>();
        var overrides = new ArrayList<SiteLimit>();
        for (var table : unit.tables("override", OVERRIDES_MAX)) {
            var override = reader.read(table);
            if (!override.rule().isEmpty() && !rules.add(override.rule())) {
                table.problems().error(table.spot("rule"), "one override of a rule in a unit");
            }
            overrides.add(override);
        }
        return overrides;
    }

    private static void checkSensors(
            Table unit, Optional<UnitKind> kind, List<SensorPlan> sensors) {
        if (!unit.has("sensor")) {
            unit.problems()
                    .missing(
                            unit.spot("sensor"),
                            "at least one [[unit.sensor]]: a unit without one is never watched");
        } else if (kind.isPresent()
                && sensors.stream().noneMatch(s -> s.measures() == Quantity.TEMPERATURE)) {
            unit.problems()
                    .warning(
                            unit.header(),
                            "a sensor with measures = \"temperature\": without one no limit of"
                                    + " this unit is watched");
        }
    }

    /** A unit shares its door, mains or compressor with another one, and never with itself. */
    private static void checkParents(List<Table> tables, List<Unit> units) {
        var parents = new HashMap<String, String>();
        var ids = units.stream().map(Unit::id).toList();
        units.forEach(unit -> unit.partOf().ifPresent(p -> parents.put(unit.id(), p)));
        for (int i = 0; i < tables.size(); i++) {
            var table = tables.get(i);
            var parent = units.get(i).partOf();
            if (parent.isEmpty()) {
                continue;
            }
            if (!ids.contains(parent.get())) {
                var hint = Guess.closest(parent.get(), ids);
                table.problems().unresolved(table.spot("part_of"), "the id of a unit", hint);
            } else if (leadsBack(units.get(i).id(), parents)) {
                table.problems().error(table.spot("part_of"), "a unit that is no part of this one");
            }
        }
    }

    private static boolean leadsBack(String id, Map<String, String> parents) {
        var seen = new HashSet<String>();
        for (var at = parents.get(id); at != null && seen.add(at); at = parents.get(at)) {
            if (at.equals(id)) {
                return true;
            }
        }
        return false;
    }
}
