package org.mingchu.gateway.doctor;

import org.mingchu.config.Checked;
import org.mingchu.config.Plan;
import org.mingchu.config.Secrets;
import org.mingchu.config.SensorPlan;
import org.mingchu.sensors.Moment;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Whom the doctor looks at: one gateway, where its files are, and what is known of it. Immutable.
 *
 * @param root of the tree the kernel's and the system's files are read from
 * @param state the agent's folder
 * @param site the site file
 * @param secretsFile the secrets beside it, where there are any
 * @param file what the site file says now
 * @param plan the plan that binds: the running agent's, else that of the file
 * @param secrets credentials by name; never shown
 * @param provenManagers how many managers have a PIN or a badge; absent when nobody can read that
 * @param agent what only a running agent can say; absent when it has not said so
 * @param presence whether it could have
 */
public record Patient(
        Path root,
        Path state,
        Path site,
        Optional<Path> secretsFile,
        Checked<Plan> file,
        Optional<Plan> plan,
        Secrets secrets,
        Moment now,
        OptionalLong provenManagers,
        Optional<Witness> agent,
        Presence presence) {
    /** A value older than so many periods is no word on the present. */
    private static final int FRESH_PERIODS = 3;

    /** Whoever asks at the start waits for the first rounds. */
    private static final Duration FRESH_LEAST = Duration.ofSeconds(30);

    /** Whether there is an agent that speaks. */
    public enum Presence {
        ABSENT,
        SPEAKS,
        /** It runs, and does not say in time how it is: its disk or its record hangs. */
        HANGS
    }

    /** One whose agent speaks, or is not there. */
    public Patient(
            Path root,
            Path state,
            Path site,
            Optional<Path> secretsFile,
            Checked<Plan> file,
            Optional<Plan> plan,
            Secrets secrets,
            Moment now,
            OptionalLong provenManagers,
            Optional<Witness> agent) {
        this(
                root,
                state,
                site,
                secretsFile,
                file,
                plan,
                secrets,
                now,
                provenManagers,
                agent,
                agent.isPresent() ? Presence.SPEAKS : Presence.ABSENT);
    }

    /** Whether the site has a lamp or a buzzer. */
    boolean sounds() {
        return plan.map(one -> one.site().annunciator())
                .filter(pins ->
                        Stream.of(pins.buzzer(), pins.red(), pins.amber(), pins.green())
                                .anyMatch(OptionalInt::isPresent))
                .isPresent();
    }

    /** Whether what a sensor said at that moment is a word on the present. */
    boolean fresh(Moment then, SensorPlan sensor) {
        var period = sensor.period().orElseGet(() -> plan.orElseThrow().site().samplingPeriod());
        var most = period.multipliedBy(FRESH_PERIODS);
        return now.boot().equals(then.boot())
                && now.upNs() - then.upNs()
                        <= (most.compareTo(FRESH_LEAST) < 0 ? FRESH_LEAST : most).toNanos();
    }

    Tree tree() {
        return new Tree(root);
    }
}
