package org.mingchu.simulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * One case as a plain-text file tells it. Immutable.
 *
 * <pre>
 * # The compressor of the freezer dies on a quiet evening
 * seed    7
 * length  3d
 * period  1m
 * unit    freezer-1 freezer
 * unit    cold-1    chilled unopened
 * at 2d19:00  freezer-1 compressor off
 * do 2d19:40  p-03 acknowledge
 * </pre>
 *
 * Times count from the midnight before a Monday: {@code [Nd]HH:MM[:SS]}. What may follow a time is
 * {@link CommandWords#help}; what may follow a unit's id is {@link Presets#NAMES}.
 *
 * @param seed of the weather
 * @param lengthMs how long it goes on
 * @param periodMs how often somebody looks
 * @param units in the file's order
 * @param timeline in order of time
 * @param deeds in order of time
 */
public record Scenario(
        long seed,
        long lengthMs,
        long periodMs,
        List<Watched> units,
        List<At> timeline,
        List<Deed> deeds) {
    public Scenario {
        units = List.copyOf(units);
        timeline = List.copyOf(timeline);
        deeds = List.copyOf(deeds);
    }

    /**
     * The case in a file.
     *
     * @throws BadScenario with everything that is wrong in it
     */
    public static Scenario load(Path file) throws IOException {
        return read(file.getFileName().toString(), Files.readAllBytes(file));
    }

    /**
     * The case in a file's bytes.
     *
     * @param file its name, for problems
     * @throws BadScenario with everything that is wrong in it
     */
    public static Scenario read(String file, byte[] utf8) {
        var reader = new ScenarioReader(file);
        ScenarioLines.of(file, utf8).forEach(reader::line);
        return reader.scenario();
    }

    /** Its weather at time 0. */
    public Weather weather() {
        return new Weather(seed, units, timeline);
    }
}
