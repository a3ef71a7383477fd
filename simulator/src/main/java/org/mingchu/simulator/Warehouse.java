package org.mingchu.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A food warehouse that behaves like a recording of one: two loading docks, two deep freezers, four
 * freezers in pairs, two coolers. Immutable.
 *
 * <p>Held against a band of ±2 K around what each unit aims at, it is out of it some eleven times a
 * day, though next to nothing is ever broken: goods come in, people turn the thermostat down after
 * them, cheap current is used at night, defrosts warm the deep freezers. {@code WarehouseTest}
 * holds the figures.
 *
 * @param seed of its weather and of all that happens in it
 * @param units two docks, two deep freezers, four freezers, two coolers
 * @param timeline all that happens, the failures among it
 * @param failures what is truly broken, in order of time
 */
public record Warehouse(long seed, List<Fridge> units, List<At> timeline, List<Failure> failures) {
    /** The length of the recording it stands for. */
    public static final int DAYS = 329;

    /** The interval of the recording it stands for. */
    public static final long PERIOD_MS = 15 * Calendar.MINUTE_MS;

    public Warehouse {
        units = List.copyOf(units);
        timeline = List.copyOf(timeline);
        failures = List.copyOf(failures);
    }

    /** The warehouse of a seed, over so many days. */
    public static Warehouse of(long seed, int days) {
        var units = new ArrayList<Fridge>();
        numbered(2).forEach(n -> units.add(WarehouseUnits.dock("dock-" + n)));
        numbered(2).forEach(n -> units.add(WarehouseUnits.deepFreezer("deep-" + n)));
        numbered(4).forEach(n -> units.add(WarehouseUnits.freezer("freezer-" + n)));
        numbered(2).forEach(n -> units.add(WarehouseUnits.cooler("cooler-" + n)));
        var life = new WarehouseLife(seed, days);
        units.forEach(life::live);
        return new Warehouse(seed, units, life.timeline(), life.failures());
    }

    private static IntStream numbered(int last) {
        return IntStream.rangeClosed(1, last);
    }

    /** Its weather at time 0. */
    public Weather weather() {
        return new Weather(seed, units, timeline);
    }
}
