package org.mingchu.gateway.tend;

import org.mingchu.gateway.tend.RecordAsk.Act;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * {@code mingchu journal}: how the record stands, a copy of it with its proofs, is it whole, and
 * what must not be thinned. One thread.
 */
@Command(
        name = "journal",
        description = "The record: look at it, export it, check it, hold it.",
        sortOptions = false)
final class JournalCommand implements Runnable {
    private final Verbs verbs;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--state",
            scope = ScopeType.INHERIT,
            paramLabel = "DIR",
            defaultValue = "/var/lib/mingchu",
            description = "The gateway's state folder (default: ${DEFAULT-VALUE}).")
    private Path state = Path.of("/var/lib/mingchu");

    @Option(
            names = "--offline",
            scope = ScopeType.INHERIT,
            description = "No agent runs: take the folder and look oneself.")
    private boolean offline;

    JournalCommand(Verbs verbs) {
        this.verbs = verbs;
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "Missing command: status, export, verify, repair, hold or correct");
    }

    @Command(name = "status", description = "How the record stands.")
    int status(@Option(names = "--json", description = "For machines.") boolean json) {
        return ask(json ? Act.STATUS_JSON : Act.STATUS, Map.of());
    }

    @Command(
            name = "export",
            description = "Write the record with its proofs and tables into one zip.",
            sortOptions = false)
    int export(
            @Option(
                            names = "--out",
                            required = true,
                            paramLabel = "FILE.zip",
                            description = "Where to; it must not be there yet.")
                    Path out,
            @Option(
                            names = "--from",
                            paramLabel = "TIME",
                            description = "2026-11-01, or 2026-11-01T06:30, in the kitchen's time.")
                    Optional<String> from,
            @Option(names = "--to", paramLabel = "TIME", description = "Likewise, included.")
                    Optional<String> to,
            @Option(names = "--days", paramLabel = "N", description = "The last so many days.")
                    Optional<Integer> days) {
        if (Files.exists(out)) {
            throw new CommandFailed(
                    ExitCode.USAGE, "--out " + out + ": it is there already; name another file");
        }
        var words = new HashMap<String, String>();
        from.ifPresent(time -> words.put("from", time));
        to.ifPresent(time -> words.put("to", time));
        days.ifPresent(n -> words.put("days", n.toString()));
        return say(verbs.export(new RecordAsk(Act.EXPORT, words, state, offline), out));
    }

    @Command(
            name = "verify",
            description =
                    "Check every entry against the tree, and the tree against what is signed.")
    int verify() {
        return ask(Act.VERIFY, Map.of());
    }

    @Command(
            name = "repair",
            description = "Do at once what the agent does by and by: mend, make room, pack.")
    int repair() {
        return ask(Act.REPAIR, Map.of());
    }

    @Command(name = "correct", description = "Add what must be said of an earlier entry.")
    int correct(
            @Option(names = "--seq", required = true, paramLabel = "N") long seq,
            @Option(names = "--epoch", paramLabel = "ID", description = "Default: the current one.")
                    Optional<String> epoch,
            @Option(names = "--text", required = true, paramLabel = "WORDS") String text,
            @Option(names = "--person", required = true, paramLabel = "ID") String person) {
        var words =
                new HashMap<>(Map.of("seq", Long.toString(seq), "text", text, "person", person));
        epoch.ifPresent(id -> words.put("epoch", id));
        return ask(Act.CORRECT, words);
    }

    /** {@code mingchu journal hold}. */
    @Command(name = "hold", description = "What must not be thinned, because it is evidence.")
    int hold(
            @Parameters(
                            paramLabel = "place|release|list",
                            description = "A release counts when two roles have said it.")
                    String what,
            @Parameters(arity = "0..1", paramLabel = "ID", description = "Which, to release.")
                    Optional<String> id,
            @Option(names = "--from", paramLabel = "TIME") Optional<String> from,
            @Option(names = "--to", paramLabel = "TIME") Optional<String> to,
            @Option(names = "--reason", paramLabel = "WORDS") Optional<String> reason,
            @Option(names = "--person", paramLabel = "ID") Optional<String> person) {
        var words = new HashMap<String, String>();
        return switch (what) {
            case "list" -> ask(Act.HOLDS, words);
            case "place" -> {
                words.put("from", need("--from", from));
                words.put("to", need("--to", to));
                words.put("reason", need("--reason", reason));
                words.put("person", need("--person", person));
                yield ask(Act.PLACE_HOLD, words);
            }
            case "release" -> {
                words.put("id", need("the hold's ID", id));
                words.put("reason", need("--reason", reason));
                words.put("person", need("--person", person));
                yield ask(Act.RELEASE_HOLD, words);
            }
            default ->
                    throw new ParameterException(
                            spec.commandLine(),
                            "hold '" + what + "': expected place, release or list");
        };
    }

    private String need(String option, Optional<String> value) {
        return value.filter(word -> !word.isBlank())
                .orElseThrow(() ->
                        new ParameterException(
                                spec.commandLine(), "Missing required option: " + option));
    }

    private int ask(Act act, Map<String, String> words) {
        return say(verbs.record(new RecordAsk(act, words, state, offline)));
    }

    private int say(Told told) {
        var stream = spec.commandLine().getOut();
        told.lines().forEach(stream::println);
        stream.flush();
        return told.ok() ? ExitCode.OK : ExitCode.CHECK_FAILED;
    }
}
