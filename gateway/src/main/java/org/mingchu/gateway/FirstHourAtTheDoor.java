package org.mingchu.gateway;

import org.mingchu.config.Checked;
import org.mingchu.config.Plan;
import org.mingchu.config.SecretsReader;
import org.mingchu.gateway.tend.CommandFailed;
import org.mingchu.gateway.tend.DoctorAsk;
import org.mingchu.gateway.tend.ExitCode;
import org.mingchu.gateway.tend.FirstHour;
import org.mingchu.gateway.tend.Told;
import org.mingchu.sensors.Clock;
import org.mingchu.sensors.kernel.KernelClock;

import java.io.Console;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What the commands of a technician's first hour can have done. One thread.
 *
 * @param reading what a text says as if it stood in that site file
 */
record FirstHourAtTheDoor(
        InstantSource wall,
        BiFunction<Path, String, Checked<Plan>> reading,
        DoctorCommands.SiteFiles files,
        Consumer<Duration> pausing,
        Function<DoctorAsk, Told> steps)
        implements FirstHour {

    @Override
    public Checked<Plan> checkText(Path site, Optional<Path> secrets, String text) {
        var plan = reading.apply(site, text);
        return files.secretsOf(site, secrets)
                .map(file -> Main.together(site, plan, SecretsReader.read(file)))
                .orElse(plan);
    }

    @Override
    public Clock clock(Path root) {
        try {
            var clock = new KernelClock(root, wall);
            clock.now();
            return clock;
        } catch (UncheckedIOException e) {
            throw new CommandFailed(ExitCode.USAGE, "--root " + root + ": " + e.getMessage());
        }
    }

    @Override
    public Told commission(DoctorAsk ask) {
        return steps.apply(ask);
    }

    @Override
    public void pause(Duration time) {
        pausing.accept(time);
    }

    @Override
    public Optional<String> line(String prompt) {
        return Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .flatMap(terminal -> Optional.ofNullable(terminal.readLine("%s", prompt)));
    }
}
