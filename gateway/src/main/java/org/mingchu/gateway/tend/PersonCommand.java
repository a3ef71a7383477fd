package org.mingchu.gateway.tend;

import org.mingchu.gateway.judge.Role;

import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * {@code mingchu person}: who works here. Names live in the people store alone, never in the
 * record; erasing one leaves every record whole. One thread.
 */
@Command(name = "person", description = "Who works in this kitchen.")
final class PersonCommand implements Runnable {
    private static final String STATE = "/var/lib/mingchu";
    private static final String KEPT_IN = "The gateway's state folder (default: ${DEFAULT-VALUE}).";

    /** The contract's form of an id; a record with another would be refused by the platform. */
    private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,40}");

    private static final int NAME_CHARS_MAX = 100;

    private final Verbs verbs;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--state",
            scope = ScopeType.INHERIT,
            defaultValue = STATE,
            paramLabel = "DIR",
            description = KEPT_IN)
    private Path state = Path.of(STATE);

    PersonCommand(Verbs verbs) {
        this.verbs = verbs;
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "Missing command: add, list, erase, pin, badge or label");
    }

    @Command(name = "add", description = "Add somebody, or change their role and name.")
    int add(
            @Option(
                            names = "--id",
                            required = true,
                            converter = IdWord.class,
                            paramLabel = "ID",
                            description = "What stands in every record: p-03")
                    String id,
            @Option(
                            names = "--role",
                            required = true,
                            converter = RoleWord.class,
                            paramLabel = "ROLE",
                            description =
                                    "volunteer, staff, safety-officer, manager, technician, inspector")
                    Role role,
            @Option(
                            names = "--name",
                            required = true,
                            converter = NameWord.class,
                            paramLabel = "NAME",
                            description = "What stands on the kitchen's page alone: 王师傅")
                    String name) {
        verbs.addPerson(state, id, role, name);
        spec.commandLine().getOut().printf("%s is %s, %s%n", id, name, role.word());
        return ExitCode.OK;
    }

    @Command(name = "list", description = "Everybody who works here.")
    int list() {
        var people = verbs.people(state);
        if (people.isEmpty()) {
            spec.commandLine()
                    .getErr()
                    .println("mingchu: nobody yet; `mingchu person add` enters somebody");
        }
        people.forEach(row ->
                spec.commandLine()
                        .getOut()
                        .printf("%s\t%s\t%s%n", row.id(), row.role().word(), row.name()));
        return ExitCode.OK;
    }

    @Command(
            name = "erase",
            description = "Erase somebody's name. What they did stays, under their id.")
    int erase(@Option(names = "--id", required = true, paramLabel = "ID") String id) {
        if (verbs.erasePerson(state, id)) {
            spec.commandLine().getOut().println(id + " is erased");
            return ExitCode.OK;
        }
        return nobody(id);
    }

    @Command(
            name = "pin",
            description = "Give somebody a PIN of six digits, which ends an older one.")
    int pin(
            @Parameters(paramLabel = "ID", description = "Whose, as `person list` says it.")
                    String id) {
        var pin = verbs.secret("PIN of " + id + ", six digits: ");
        if (verbs.onTerminal() && !pin.equals(verbs.secret("once more: "))) {
            spec.commandLine().getErr().println("mingchu: the two are not the same; not changed");
            return ExitCode.CHECK_FAILED;
        }
        if (verbs.givePin(state, id, pin)) {
            spec.commandLine().getOut().println(id + " has a PIN");
            return ExitCode.OK;
        }
        return nobody(id);
    }

    @Command(
            name = "badge",
            description =
                    "Give somebody a badge for a scanner, which ends an older one. It is shown this"
                            + " once.")
    int badge(
            @Parameters(paramLabel = "ID", description = "Whose, as `person list` says it.")
                    String id,
            @Option(
                            names = "--svg",
                            paramLabel = "FILE",
                            description = "Write it into a new file, to be printed.")
                    Optional<Path> svg,
            @Option(names = "--end", description = "End a badge that was lost.") boolean end) {
        var out = spec.commandLine().getOut();
        if (end) {
            var ended = verbs.endBadge(state, id);
            out.println(ended ? id + "'s badge has ended" : id + " has no badge");
            return ended ? ExitCode.OK : ExitCode.CHECK_FAILED;
        }
        var number = verbs.giveBadge(state, id);
        if (number.isEmpty()) {
            return nobody(id);
        }
        var code = Qr.of(number.get());
        if (svg.isPresent()) {
            write(svg.get(), code.svg());
            out.println(id + "'s badge is in " + svg.get() + "; print it, then delete the file");
        } else {
            code.lines().forEach(out::println);
            out.println(id + "'s badge; it is shown this once");
        }
        return ExitCode.OK;
    }

    @Command(
            name = "label",
            description =
                    "The code for the device's label. With it, and the button held while the"
                            + " gateway starts, a manager who has lost the PIN gets a new one.")
    int label(
            @Option(
                            names = "--svg",
                            paramLabel = "FILE",
                            description = "Write it into a new file, to be printed.")
                    Optional<Path> svg) {
        var code = verbs.claimCode(state);
        if (code.isEmpty()) {
            spec.commandLine()
                    .getErr()
                    .println(
                            "mingchu: --state "
                                    + state
                                    + ": there is no key yet; start the gateway once");
            return ExitCode.CHECK_FAILED;
        }
        var out = spec.commandLine().getOut();
        if (svg.isPresent()) {
            write(svg.get(), Qr.of(code.get()).svg());
            out.println(svg.get() + ": print it, stick it inside the case, then delete the file");
        } else {
            out.println(code.get());
        }
        return ExitCode.OK;
    }

    private static void write(Path file, String text) {
        try {
            Files.createFile(
                    file,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    "--svg %s: cannot be made: %s; name a new file in a folder of yours"
                            .formatted(file, e.getMessage()));
        }
    }

    private int nobody(String id) {
        spec.commandLine()
                .getErr()
                .println(
                        "mingchu: there is no person "
                                + id
                                + "; `mingchu person list` names everybody");
        return ExitCode.CHECK_FAILED;
    }

    /** Reads an id. */
    static final class IdWord implements ITypeConverter<String> {
        @Override
        public String convert(String word) {
            if (ID.matcher(word).matches()) {
                return word;
            }
            throw new TypeConversionException(
                    "'%s' is not an id; expected 1 to 40 of a-z, 0-9 and '-', such as p-03"
                            .formatted(word));
        }
    }

    /** Reads a name. */
    static final class NameWord implements ITypeConverter<String> {
        @Override
        public String convert(String word) {
            if (!word.isBlank() && word.length() <= NAME_CHARS_MAX) {
                return word;
            }
            throw new TypeConversionException(
                    "'%s' is not a name; expected 1 to %d characters"
                            .formatted(word, NAME_CHARS_MAX));
        }
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
                                    "'%s' is not a role; expected one of: %s"
                                            .formatted(word, words())));
        }

        private static String words() {
            return Arrays.stream(Role.values()).map(Role::word).collect(Collectors.joining(", "));
        }
    }
}
