package org.mingchu.simulator.demo;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;

import org.mingchu.simulator.CommandWords;
import org.mingchu.simulator.Weather;
import org.mingchu.simulator.check.Sighting;
import org.slf4j.LoggerFactory;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** The demonstration's beginning and end: arguments, clocks, output, exit code. */
public final class Demo {
    /** The film is over by then, its beginning and end included. */
    static final Duration FILM_MAX = Duration.ofSeconds(115);

    /** Monday, 19:00: the doors are closed and no defrost comes for seven hours. */
    private static final long EVENING_MS = Duration.ofHours(19).toMillis();

    /** Monday, 05:55: in five minutes the first cook opens a door. */
    private static final long MORNING_MS = Duration.ofMinutes(5 * 60 + 55).toMillis();

    /** Two minutes of weather in a second: a freezer without compressor alarms in a minute. */
    private static final int LIVE_PACE = 120;

    /** 30 min and 5 min of weather at that pace. */
    private static final Props LIVE_PROPS = new Props(15_000, 2_500);

    private static final long SEED = 20_261_123;

    private final Stage.Parts parts;
    private final boolean atTerminal;
    private final PrintStream out;
    private final LongSupplier upNs = System::nanoTime;
    private final long startNs = upNs.getAsLong();

    private Demo(Stage.Parts parts, List<String> options, PrintStream out) {
        this.parts = parts;
        // The launcher knows whether somebody sits there; a JDK 25 has a console in any case.
        this.atTerminal = options.contains("--terminal");
        this.out = out;
    }

    /**
     * Plays the film or runs until it is ended. Exit code 0, 1 (the film is not whole), 2 usage.
     */
    public static void main(String[] args) throws InterruptedException {
        quiet(org.slf4j.Logger.ROOT_LOGGER_NAME, Level.ERROR);
        // Artemis tells a stack trace for each client that goes without a word.
        quiet("org.apache.activemq", Level.OFF);
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        var arguments = List.of(args);
        if (arguments.size() < 2 || arguments.contains("--help")) {
            usage(out);
            System.exit(arguments.contains("--help") ? 0 : 2);
        }
        var parts =
                new Stage.Parts(
                        Path.of(arguments.get(0)),
                        Path.of(arguments.get(1)),
                        arguments.contains("--embedded-broker"));
        if (!Files.isExecutable(parts.program())) {
            out.println(
                    "There is no program at " + parts.program() + ": run ./mvnw package first.");
            System.exit(2);
        }
        var demo = new Demo(parts, arguments, out);
        System.exit(arguments.contains("--once") ? demo.film() : demo.live());
    }

    private static void quiet(String logger, Level level) {
        ((Logger) LoggerFactory.getLogger(logger)).setLevel(level);
    }

    private static void usage(PrintStream out) {
        out.println("usage: simulator/demo [--once] [--embedded-broker]");
        out.println(
                "  --once             play the film, print its timeline, exit 0 if it is whole");
        out.println("  --embedded-broker  do not use the mosquitto that is installed");
    }

    private int film() throws InterruptedException {
        out.println("Mingchu: a freezer fails. The delays come from the film's own rule pack:");
        out.printf(
                "above -12 °C for %d s; the weather runs %d times as fast as life.%n%n",
                Film.PROPS.delayMs() / 1000, Film.PACE);
        try (var stage = stage(Film.PROPS, EVENING_MS, _ -> {})) {
            var clocks =
                    new Film.Clocks(upNs, InstantSource.system(), startNs + FILM_MAX.toNanos());
            var film = new Film(stage, clocks);
            var problems = film.play();
            out.println();
            film.timeline().lines().forEach(out::println);
            out.println();
            problems.forEach(problem -> out.println("NOT WHOLE  " + problem));
            if (problems.isEmpty()) {
                out.printf("WHOLE      in %.1f s%n", (upNs.getAsLong() - startNs) / 1e9);
                return 0;
            }
            out.println("\nThe end of the gateway's log:\n" + stage.gateway().log());
            return 1;
        } catch (IOException | RuntimeException e) {
            out.println("NOT WHOLE  missing: " + Step.COMPRESSOR_OFF.words());
            out.println("           " + e.getMessage());
            return 1;
        }
    }

    private int live() throws InterruptedException {
        out.println("Mingchu: a simulated kitchen and the real gateway.");
        out.printf(
                "The weather runs %d times as fast as life, and the delays are as short.%n%n",
                LIVE_PACE);
        try (var stage = stage(LIVE_PROPS, MORNING_MS, this::tell)) {
            stage.life().pace(LIVE_PACE);
            out.println("\nCtrl-C ends it and removes all its files.");
            if (atTerminal) {
                out.println("Type a command, `state` or `help`.");
                listen(stage);
            }
            new CountDownLatch(1).await(); // Ctrl-C ends it
            return 0;
        } catch (IOException | RuntimeException e) {
            out.println("The demonstration did not start: " + e.getMessage());
            return 1;
        }
    }

    private Stage stage(Props props, long fromMs, Consumer<Sighting> told)
            throws IOException, InterruptedException {
        var weather = new Weather(SEED, Props.fridges());
        weather.advanceTo(fromMs);
        return new Stage(
                parts,
                props,
                weather,
                new Stage.Surroundings(
                        upNs, InstantSource.system()::millis, Demo::atExit, out::println, told));
    }

    private static void atExit(Runnable takeDown) {
        Runtime.getRuntime().addShutdownHook(new Thread(takeDown, "take-down"));
    }

    /** One line for each alarm event that reaches the platform's broker. */
    private void tell(Sighting sighting) {
        if (!sighting.topic().contains("/alarm/") || !sighting.under("event")) {
            return;
        }
        var alarm = sighting.json().path("alarm");
        out.printf(
                "%7.1f s  %-14s %-20s %s%n",
                (sighting.upNs() - startNs) / 1e9,
                alarm.path("event").asString("?"),
                alarm.path("rule").asString("?"),
                alarm.path("subject").asString("?"));
    }

    private void listen(Stage stage) throws IOException {
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (var line = in.readLine(); line != null; line = in.readLine()) {
            obey(stage, line.strip());
        }
    }

    private void obey(Stage stage, String line) {
        switch (line) {
            case "" -> {}
            case "help" -> CommandWords.help().forEach(out::println);
            case "state" -> out.println(stage.life().glance());
            default -> obeyCommand(stage, line);
        }
    }

    private void obeyCommand(Stage stage, String line) {
        var command = CommandWords.parse(line);
        if (command.isEmpty()) {
            out.println("No such command; `help` lists them.");
            return;
        }
        try {
            stage.life().obey(command.get());
            out.println("done");
        } catch (IllegalArgumentException e) {
            out.println(e.getMessage());
        }
    }
}
