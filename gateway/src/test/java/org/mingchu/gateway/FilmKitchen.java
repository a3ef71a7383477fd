package org.mingchu.gateway;

import org.mingchu.config.Plan;
import org.mingchu.config.Quantity;
import org.mingchu.config.SensorPlan;
import org.mingchu.config.Unit;
import org.mingchu.sensors.Fault;
import org.mingchu.sensors.Flag;
import org.mingchu.sensors.Reading;
import org.mingchu.simulator.At;
import org.mingchu.simulator.Command;
import org.mingchu.simulator.Contact;
import org.mingchu.simulator.Fridge;
import org.mingchu.simulator.ProbeState;
import org.mingchu.simulator.Weather;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** The weather as sensors would tell it, with a month's share of bad luck from the seed. */
final class FilmKitchen {
    private static final Duration FIRST_TROUBLE = Duration.ofHours(6);
    private static final Duration BETWEEN_TROUBLES = Duration.ofHours(31);
    private static final Duration TROUBLE = Duration.ofHours(3);

    private final Plan plan;
    private final Weather weather;

    /** Units whose doors stood open when they were last asked. */
    private final Set<String> openDoors = new HashSet<>();

    FilmKitchen(Plan plan, long seed, Duration length) {
        this(plan, new Weather(seed, fridges(plan), troubles(plan, seed, length)));
    }

    FilmKitchen(Plan plan, Weather weather) {
        this.plan = plan;
        this.weather = weather;
    }

    /** What the contacts of doors tell by themselves: those that have changed since. */
    List<Reading> announced(long timeMs) {
        weather.advanceTo(timeMs);
        var readings = new ArrayList<Reading>();
        for (var unit : plan.site().units()) {
            var open = weather.doorOpen(unit.id());
            if (open != openDoors.contains(unit.id())) {
                unit.sensors().stream()
                        .filter(sensor -> sensor.measures() == Quantity.DOOR)
                        .forEach(sensor -> readings.add(read(unit, sensor)));
            }
            if (open) {
                openDoors.add(unit.id());
            } else {
                openDoors.remove(unit.id());
            }
        }
        return readings;
    }

    /** What every sensor says at a time since the film's beginning. */
    List<Reading> round(long timeMs) {
        weather.advanceTo(timeMs);
        var readings = new ArrayList<Reading>();
        for (var unit : plan.site().units()) {
            for (var sensor : unit.sensors()) {
                readings.add(read(unit, sensor));
            }
        }
        return readings;
    }

    private Reading read(Unit unit, SensorPlan sensor) {
        if (sensor.measures() == Quantity.DOOR) {
            var open = weather.doorOpen(unit.id()) ? 1000 : 0;
            return measured(sensor, open, open);
        }
        if (sensor.measures() == Quantity.MAINS) {
            var lost = weather.mains() ? 0 : 1000;
            return measured(sensor, lost, lost);
        }
        if (sensor.measures() == Quantity.SMOKE) {
            var smoke = weather.detected(Contact.SMOKE) ? 1000 : 0;
            return measured(sensor, smoke, smoke);
        }
        return switch (weather.probe(unit.id())) {
            case WORKING, STUCK -> {
                var raw = weather.temperatureMilliCelsius(unit.id());
                yield measured(sensor, raw, raw + sensor.calibration().offsetMilli());
            }
            case UNPLUGGED, ALL_ZERO -> silent(sensor, Fault.DISCONNECTED);
            case CRC_NOISE -> silent(sensor, Fault.CRC);
            case POWER_ON -> silent(sensor, Fault.POWER_ON);
            case WEAK_POWER, EMPTY -> silent(sensor, Fault.BUS);
            case HUNG -> silent(sensor, Fault.SILENT);
        };
    }

    private static Reading measured(SensorPlan sensor, long raw, long milli) {
        return new Reading.Measured(
                sensor.id(), sensor.measures(), raw, milli, 0, Set.of(Flag.SIMULATED));
    }

    private static Reading silent(SensorPlan sensor, Fault fault) {
        return new Reading.Silent(sensor.id(), fault, "");
    }

    private static List<Fridge> fridges(Plan plan) {
        return plan.site().units().stream().map(FilmKitchen::fridge).toList();
    }

    private static Fridge fridge(Unit unit) {
        return switch (unit.kind()) {
            case FREEZER ->
                    unit.id().startsWith("upright")
                            ? Fridge.uprightFreezer(unit.id())
                            : Fridge.freezer(unit.id());
            case SAMPLE_FRIDGE -> Fridge.sampleFridge(unit.id());
            case HOT_HOLDING -> Fridge.hotHolding(unit.id());
            case CHILLED, DISINFECTION, TRANSIT_BOX, AMBIENT -> Fridge.chilled(unit.id());
        };
    }

    private static List<At> troubles(Plan plan, long seed, Duration length) {
        var chance = new Random(seed);
        var troubles = new ArrayList<At>();
        for (var at = FIRST_TROUBLE;
                at.plus(TROUBLE).compareTo(length) < 0;
                at = at.plus(BETWEEN_TROUBLES)) {
            var unit = plan.site().units().get(chance.nextInt(plan.site().units().size())).id();
            var mended = at.plus(TROUBLE);
            switch (chance.nextInt(4)) {
                case 0 -> {
                    troubles.add(new At(at.toMillis(), new Command.CompressorOff(unit)));
                    troubles.add(new At(mended.toMillis(), new Command.CompressorOn(unit)));
                }
                case 1 -> {
                    troubles.add(new At(at.toMillis(), new Command.DoorAjar(unit)));
                    troubles.add(new At(mended.toMillis(), new Command.DoorShut(unit)));
                }
                default -> {
                    var states = ProbeState.values();
                    var state = states[1 + chance.nextInt(states.length - 1)];
                    troubles.add(new At(at.toMillis(), new Command.Probe(unit, state)));
                    troubles.add(
                            new At(mended.toMillis(), new Command.Probe(unit, ProbeState.WORKING)));
                }
            }
        }
        return troubles;
    }
}
