package org.mingchu.simulator;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * The kitchen's fridges in virtual time: one seed and one timeline give the same bits on every
 * machine, however the time is cut into calls. Time 0 is the midnight before a Monday. One thread.
 */
public final class Weather {
    /** The inner step of the physics; all that happens, happens at its beginning. */
    public static final long STEP_MS = 5_000;

    /** Named, because the platform's default generator may change between releases. */
    public static final String CHANCE = "L64X128MixRandom";

    private final SequencedMap<String, Plant> plants = new LinkedHashMap<>();
    private final Deque<At> timeline;
    private long timeMs;

    public Weather(long seed, List<Fridge> fridges) {
        this(seed, fridges, List.of());
    }

    /**
     * @throws IllegalArgumentException when two fridges share an id or the timeline names none
     */
    public Weather(long seed, List<Fridge> fridges, List<At> timeline) {
        for (var fridge : fridges) {
            if (plants.put(fridge.id(), new Plant(fridge, chance(seed, fridge.id()))) != null) {
                throw new IllegalArgumentException("two fridges are called " + fridge.id());
            }
        }
        timeline.forEach(at -> check(at.command()));
        this.timeline =
                new ArrayDeque<>(
                        timeline.stream().sorted(Comparator.comparingLong(At::timeMs)).toList());
    }

    /** Chance of its own for each unit, so that one more unit leaves the others as they were. */
    private static RandomGenerator chance(long seed, String id) {
        return RandomGeneratorFactory.of(CHANCE).create(seed * 0x9E3779B97F4A7C15L + id.hashCode());
    }

    /**
     * Lets the time pass in whole steps; what is left of a step waits for the next call.
     *
     * @throws IllegalArgumentException when the time runs backwards
     */
    public void advanceTo(long untilMs) {
        if (untilMs < timeMs) {
            throw new IllegalArgumentException("time runs from " + timeMs + " to " + untilMs);
        }
        while (timeMs + STEP_MS <= untilMs) {
            obeyTimeline();
            double ambient = Ambient.at(timeMs);
            for (var plant : plants.values()) {
                plant.step(timeMs, ambient);
            }
            timeMs += STEP_MS;
        }
    }

    private void obeyTimeline() {
        while (!timeline.isEmpty() && timeline.getFirst().timeMs() <= timeMs) {
            obey(timeline.removeFirst().command());
        }
    }

    /**
     * Something happens now; the physics feel it from the next step on.
     *
     * @throws IllegalArgumentException when it names a unit that is not here
     */
    public void obey(Command command) {
        check(command);
        switch (command) {
            case Command.CompressorOff(var id) -> plant(id).machineFails();
            case Command.CompressorOn(var id) -> plant(id).machineWorks();
            case Command.DoorAjar(var id) -> plant(id).door().leaveAjar();
            case Command.DoorShut(var id) -> plant(id).door().shut();
            case Command.Probe(var id, var state) -> plant(id).probe(state);
            case Command.MainsLost() -> plants.values().forEach(Plant::mainsLost);
            case Command.MainsBack() -> plants.values().forEach(Plant::mainsBack);
        }
    }

    private void check(Command command) {
        switch (command) {
            case Command.CompressorOff(var id) -> plant(id);
            case Command.CompressorOn(var id) -> plant(id);
            case Command.DoorAjar(var id) -> plant(id);
            case Command.DoorShut(var id) -> plant(id);
            case Command.Probe(var id, _) -> plant(id);
            case Command.MainsLost(), Command.MainsBack() -> {}
        }
    }

    private Plant plant(String id) {
        var plant = plants.get(id);
        if (plant == null) {
            throw new IllegalArgumentException(
                    "no unit is called " + id + "; there are " + plants.keySet());
        }
        return plant;
    }

    /** The end of the last whole step, in ms since the midnight before a Monday. */
    public long timeMs() {
        return timeMs;
    }

    /** The units, in the order they were given. */
    public List<String> ids() {
        return List.copyOf(plants.keySet());
    }

    /** What the unit's probe shows when it works: sixteenths of a kelvin, as the kernel rounds. */
    public long temperatureMilliCelsius(String id) {
        return plant(id).shownMilli();
    }

    /** The air itself, without probe noise. */
    public long airMilliCelsius(String id) {
        return plant(id).airMilli();
    }

    /** The middle of the food. */
    public long foodMilliCelsius(String id) {
        return plant(id).foodMilli();
    }

    public long ambientMilliCelsius() {
        return StrictMath.round(Ambient.at(timeMs) * 1000);
    }

    public boolean doorOpen(String id) {
        return plant(id).door().open(timeMs);
    }

    /** The machine takes heat out (or, in a hot holding, puts it in). */
    public boolean running(String id) {
        return plant(id).running();
    }

    public boolean defrosting(String id) {
        return plant(id).defrosting();
    }

    public ProbeState probe(String id) {
        return plant(id).probe();
    }
}
