package org.mingchu.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mingchu.simulator.Scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The golden folders: a scenario each, with the timeline that a food-safety person expects of it.
 * {@link FilmsAnew} writes timelines anew, to be read before they are kept.
 */
final class FilmsTest {
    static final Path FILMS = Path.of("src", "test", "resources", "films");

    /** Entries between two rebuilds: prime, so that they fall at all times of the day. */
    private static final int REBUILT_EVERY = 997;

    /** Longer films are not in the short form, which has some seconds for all of them. */
    private static final int READINGS_MAX = 12_000;

    static Stream<String> films() throws IOException {
        try (var folders = Files.list(FILMS)) {
            return folders
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("films")
    void a_film_ends_as_expected_and_a_rebuilt_house_plays_it_alike(String name)
            throws IOException {
        Assumptions.assumeTrue(shortEnough(name), "plays with -Pci and -Pproof");

        var timeline = play(name, 0);

        assertThat(timeline).isEqualTo(expected(name));
        assertThat(play(name, REBUILT_EVERY)).isEqualTo(timeline);
    }

    @Test
    void every_film_has_a_scenario_and_a_timeline() throws IOException {
        assertThat(films())
                .isNotEmpty()
                .allSatisfy(name -> {
                    assertThat(FILMS.resolve(name).resolve("scenario.txt")).exists();
                    assertThat(FILMS.resolve(name).resolve("expected.txt")).exists();
                });
    }

    static List<String> play(String name, int rebuiltEvery) throws IOException {
        var folder = FILMS.resolve(name);
        var scenario = Scenario.load(folder.resolve("scenario.txt"));
        var plan = ReelSite.plan(scenario, folder.resolve("site.toml"));
        return new Reel(scenario, plan, rebuiltEvery).play();
    }

    private static boolean shortEnough(String name) throws IOException {
        var scenario = Scenario.load(FILMS.resolve(name).resolve("scenario.txt"));
        var readings = scenario.units().size() * scenario.lengthMs() / scenario.periodMs();
        return readings <= Proof.pick(READINGS_MAX, Integer.MAX_VALUE, Integer.MAX_VALUE);
    }

    private static List<String> expected(String name) throws IOException {
        return Files.readAllLines(FILMS.resolve(name).resolve("expected.txt"));
    }
}
