package org.mingchu.simulator;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * The kitchen's units in virtual time: one seed and one timeline give the same bits on every
 * machine, however the time is cut into calls. Time 0 is the midnight before a Monday. One thread.
 */
public final class Weather {
    /** The inner step of the physics; all that happens, happens at its beginning. */
    public static final long STEP_MS = 5_000;

    /** Named, because the platform's default generator may change between releases. */
    public static final String CHANCE = "L64X128MixRandom";

    private final SequencedMap<String, Plant> plants = new LinkedHashMap<>();

    /** The plants once more, as the inner loop likes them. */
    private final Plant[] all;

    /** Which probe answers under a unit's name: its own, unless wires were swapped. */
    private final Map<String, ProbeLine> answering = new HashMap<>();

    private final Deque<At> timeline;
    private final Site site = new Site();
    private long timeMs;

    public Weather(long seed, List<? extends Watched> watched) {
        this(seed, watched, List.of());
    }

    /**
     * @throws IllegalArgumentException when two units share an id or the timeline does not fit them
     */
    public Weather(long seed, List<? extends Watched> watched, List<At> timeline) {
        for (var one : watched) {
            var plant = Plant.of(one, chance(seed, one.id()));
            if (plants.put(one.id(), plant) != null) {
                throw new IllegalArgumentException("two units are called " + one.id());
            }
            answering.put(one.id(), plant.probe());
        }
        all = plants.values().toArray(Plant[]::new);
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
            var hour = site.kitchenOpen() ? Hour.ofWork(timeMs) : Hour.ofClosure(timeMs);
            for (var plant : all) {
                plant.step(hour);
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
     * @throws IllegalArgumentException when it names a unit that is not here, or one that cannot
     */
    public void obey(Command command) {
        check(command);
        switch (command) {
            case Command.ForUnit change -> plant(change.unit()).obey(change);
            case Command.Swapped(var one, var other) -> swap(one, other);
            case Command.MainsLost() -> {
                site.loseMains();
                plants.values().forEach(Plant::loseMains);
            }
            case Command.MainsBack() -> {
                site.regainMains();
                plants.values().forEach(Plant::regainMains);
            }
            case Command.KitchenClosed() -> site.close();
            case Command.KitchenOpen() -> site.open();
            case Command.GatewayOff() -> site.switchGatewayOff();
            case Command.GatewayOn() -> site.switchGatewayOn();
            case Command.Detected(var contact) -> site.detect(contact);
            case Command.Quiet(var contact) -> site.quiet(contact);
        }
    }

    private void swap(String one, String other) {
        var probe = probeOf(one);
        answering.put(one, probeOf(other));
        answering.put(other, probe);
    }

    private void check(Command command) {
        if (command instanceof Command.Swapped(var one, var other)) {
            plant(one);
            plant(other);
        }
        if (command instanceof Command.ForUnit change) {
            var refusal = plant(change.unit()).watched().refusal(change);
            if (refusal.isPresent()) {
                throw new IllegalArgumentException(refusal.get());
            }
        }
    }

    private ProbeLine probeOf(String id) {
        plant(id);
        return Objects.requireNonNull(answering.get(id));
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
        return probeOf(id).shownMilli();
    }

    /** The air itself, without probe noise. */
    public long airMilliCelsius(String id) {
        return StrictMath.round(plant(id).air() * 1000);
    }

    /** The middle of the food. */
    public long foodMilliCelsius(String id) {
        return StrictMath.round(plant(id).food() * 1000);
    }

    public long ambientMilliCelsius() {
        double celsius = site.kitchenOpen() ? Ambient.at(timeMs) : Ambient.empty(timeMs);
        return StrictMath.round(celsius * 1000);
    }

    public boolean doorOpen(String id) {
        return plant(id).doorOpen(timeMs);
    }

    /** The machine takes heat out (or, in a hot holding, puts it in). */
    public boolean running(String id) {
        return plant(id).running();
    }

    public boolean defrosting(String id) {
        return plant(id).defrosting();
    }

    public ProbeState probe(String id) {
        return probeOf(id).state();
    }

    /** Somebody has switched the unit off, which looks like a failed machine and is none. */
    public boolean switchedOn(String id) {
        return plant(id).switchedOn();
    }

    /** The mains contact: there is power. */
    public boolean mains() {
        return site.mains();
    }

    /** The gateway has power. When it has none, nobody reads what this weather shows. */
    public boolean gatewayPowered() {
        return site.gatewayPowered();
    }

    /** A detector's contact shows what it is made to see. */
    public boolean detected(Contact contact) {
        return site.detected(contact);
    }
}
