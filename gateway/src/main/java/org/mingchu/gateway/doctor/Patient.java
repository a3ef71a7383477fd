package org.mingchu.gateway.doctor;

import org.mingchu.config.Checked;
import org.mingchu.config.Plan;
import org.mingchu.config.Secrets;
import org.mingchu.sensors.Moment;

import java.nio.file.Path;
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
 * @param agent what only a running agent can say; absent when none runs
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
        Optional<Witness> agent) {
    /** Whether the site has a lamp or a buzzer. */
    boolean sounds() {
        return plan.map(one -> one.site().annunciator())
                .filter(pins ->
                        Stream.of(pins.buzzer(), pins.red(), pins.amber(), pins.green())
                                .anyMatch(OptionalInt::isPresent))
                .isPresent();
    }

    Tree tree() {
        return new Tree(root);
    }
}
