package org.mingchu.gateway.tend;

import org.mingchu.gateway.judge.Role;

import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * {@code mingchu person}: who works here. Names live in the people store alone, never in the
 * record; erasing one leaves every record whole. One thread.
 */
@Command(name = "person", description = "Who works in this kitchen.")
final class PersonCommand implements Runnable {
    private static final String STATE = "/var/lib/mingchu";

    private final Verbs verbs;

    @Spec private CommandSpec spec = CommandSpec.create();

    PersonCommand(Verbs verbs) {
        this.verbs = verbs;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command: add, list or erase");
    }

    @Command(name = "add", description = "Add somebody, or change their role and name.")
    int add(
            @Option(names = "--id", required = true, paramLabel = "ID", description = "p-03")
                    String id,
            @Option(
                            names = "--role",
                            required = true,
                            converter = RoleWord.class,
                            paramLabel = "ROLE",
                            description =
                                    "volunteer, staff, safety-officer, manager, technician, inspector")
                    Role role,
            @Option(names = "--name", required = true, paramLabel = "NAME", description = "王师傅")
                    String name,
            @Option(names = "--state", defaultValue = STATE, paramLabel = "DIR") Path state) {
        verbs.addPerson(state, id, role, name);
        spec.commandLine().getOut().printf("%s is %s, %s%n", id, name, role.word());
        return ExitCode.OK;
    }

    @Command(name = "list", description = "Everybody who works here.")
    int list(@Option(names = "--state", defaultValue = STATE, paramLabel = "DIR") Path state) {
        verbs.people(state)
                .forEach(row ->
                        spec.commandLine()
                                .getOut()
                                .printf("%s\t%s\t%s%n", row.id(), row.role().word(), row.name()));
        return ExitCode.OK;
    }

    @Command(
            name = "erase",
            description = "Erase somebody's name. What they did stays, under their id.")
    int erase(
            @Option(names = "--id", required = true, paramLabel = "ID") String id,
            @Option(names = "--state", defaultValue = STATE, paramLabel = "DIR") Path state) {
        if (verbs.erasePerson(state, id)) {
            spec.commandLine().getOut().println(id + " is erased");
            return ExitCode.OK;
        }
        spec.commandLine().getErr().println("mingchu: there is no person " + id);
        return ExitCode.CHECK_FAILED;
    }

    /** Reads a role by its word. */
    static final class RoleWord implements ITypeConverter<Role> {
        @Override
        public Role convert(String word) {
            return Arrays.stream(Role.values())
                    .filter(role -> role.word().equals(word))
                    .findFirst()
                    .orElseThrow(() ->
                            new TypeConversionException(
                                    "'%s' is not a role; expected one of %s"
                                            .formatted(word, words())));
        }

        private static List<String> words() {
            return Arrays.stream(Role.values()).map(Role::word).toList();
        }
    }
}
