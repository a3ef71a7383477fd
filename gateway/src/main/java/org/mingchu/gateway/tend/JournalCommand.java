package org.mingchu.gateway.tend;

import org.mingchu.gateway.tend.RecordAsk.Act;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * {@code mingchu journal}: how the record stands, a copy of it with its proofs, is it whole, what
 * must not be thinned, and what was measured. One thread.
 */
@Command(
        name = "journal",
        description = "The record: look at it, ask it, export it, check it, hold it.",
        sortOptions = false)
final class JournalCommand extends JournalQuestions implements Runnable {
    private final Verbs verbs;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private WhichRecord record = new WhichRecord();

    JournalCommand(Verbs verbs) {
        this.verbs = verbs;
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "Missing command: status, last, chart, readings, completeness, excursions, sample,"
                        + " key, prove,"
                        + " export, verify, repair, hold or correct");
    }

    @Command(name = "status", description = "How the record stands.")
    int status(@Option(names = "--json", description = "For machines.") boolean json) {
        var exit = ask(json ? Act.STATUS_JSON : Act.STATUS, Map.of());
        return exit == ExitCode.OK && !json && verbs.onTerminal() ? key(false) : exit;
    }

    @Command(
            name = "key",
            description = "The fingerprint of the device's key: what an export is held against.",
            sortOptions = false)
    int key(
            @Option(names = "--qr", description = "As a QR code of letters, whoever looks.")
                    boolean qr,
            @Option(names = "--svg", paramLabel = "FILE", description = "As a QR code for paper.")
                    Optional<Path> svg,
            @Option(names = "--json", description = "For machines.") boolean json) {
        if (json) {
            return ask(Act.KEY, Map.of("json", "true"));
        }
        if (svg.isPresent()) {
            return draw(svg.get());
        }
        return key(!qr);
    }

    /** The fingerprint as a QR code, or in words. */
    private int key(boolean inWords) {
        var told = fingerprint();
        return told.ok() && !inWords
                ? say(Told.well(Qr.of(told.lines().getFirst()).lines()))
                : say(told);
    }

    private int draw(Path file) {
        var told = fingerprint();
        if (!told.ok()) {
            return say(told);
        }
        try {
            Files.writeString(
                    file, Qr.of(told.lines().getFirst()).svg(), StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            throw new CommandFailed(
                    ExitCode.USAGE, "--svg " + file + ": it is there already; name another file");
        } catch (IOException e) {
            throw new CommandFailed(
                    ExitCode.USAGE, "--svg " + file + ": cannot be written: " + e.getMessage());
        }
        return say(Told.well(file + ": " + told.lines().getFirst()));
    }

    private Told fingerprint() {
        return verbs.record(new RecordAsk(Act.KEY, Map.of(), record.from()));
    }

    @Command(
            name = "prove",
            description =
                    "Prove one entry against the last checkpoint, or that the record only grew.",
            sortOptions = false)
    int prove(
            @Option(names = "--seq", paramLabel = "N", description = "The entry.")
                    Optional<String> seq,
            @Option(names = "--from-size", paramLabel = "A", description = "The earlier size ...")
                    Optional<String> fromSize,
            @Option(names = "--to-size", paramLabel = "B", description = "... and the later one.")
                    Optional<String> toSize,
            @Option(names = "--epoch", paramLabel = "ID", description = "Default: the current one.")
                    Optional<String> epoch,
            @Option(names = "--json", description = "The proof itself.") boolean json) {
        var words = new HashMap<String, String>();
        if (seq.isPresent() == (fromSize.isPresent() && toSize.isPresent())) {
            throw new ParameterException(
                    spec.commandLine(), "prove: expected --seq N, or --from-size A --to-size B");
        }
        seq.ifPresent(n -> words.put("seq", n));
        fromSize.ifPresent(n -> words.put("from-size", n));
        toSize.ifPresent(n -> words.put("to-size", n));
        epoch.ifPresent(id -> words.put("epoch", id));
        if (json) {
            words.put("json", "true");
        }
        return ask(Act.PROVE, words);
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
        return say(verbs.export(new RecordAsk(Act.EXPORT, words, record.from()), out));
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
            @Option(
                            names = "--at",
                            paramLabel = "TIME",
                            description =
                                    "Place: when it happened; held are 48 h before and after.")
                    Optional<String> at,
            @Option(
                            names = "--alarm",
                            paramLabel = "ID",
                            description = "Place: an alarm; held are 48 h before and after it.")
                    Optional<String> alarm,
            @Option(names = "--from", paramLabel = "TIME", description = "Place: exactly from ...")
                    Optional<String> from,
            @Option(names = "--to", paramLabel = "TIME", description = "Place: ... exactly to.")
                    Optional<String> to,
            @Option(names = "--reason", paramLabel = "WORDS") Optional<String> reason,
            @Option(names = "--person", paramLabel = "ID") Optional<String> person) {
        var words = new HashMap<String, String>();
        return switch (what) {
            case "list" -> ask(Act.HOLDS, words);
            case "place" -> {
                if (at.isPresent() || alarm.isPresent()) {
                    if (at.isPresent() == alarm.isPresent() || from.isPresent() || to.isPresent()) {
                        throw new ParameterException(
                                spec.commandLine(),
                                "hold place: expected one of --at, --alarm, and --from with --to");
                    }
                    at.ifPresent(time -> words.put("at", time));
                    alarm.ifPresent(which -> words.put("alarm", which));
                } else {
                    words.put("from", need("--at, --alarm or --from", from));
                    words.put("to", need("--to", to));
                }
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

    @Override
    int ask(Act act, Map<String, String> words) {
        return say(verbs.record(new RecordAsk(act, words, record.from())));
    }

    @Override
    int readings(Map<String, String> words) {
        return complain(verbs.readings(new RecordAsk(Act.READINGS, words, record.from())));
    }

    private int say(Told told) {
        if (told.exitCode() == ExitCode.USAGE) {
            return complain(told);
        }
        var stream = spec.commandLine().getOut();
        told.lines().forEach(stream::println);
        stream.flush();
        return told.exitCode();
    }

    /** Beside standard output, which may be a file or a program that wants answers only. */
    private int complain(Told told) {
        var stream = spec.commandLine().getErr();
        told.lines().forEach(line -> stream.println("mingchu: " + line));
        stream.flush();
        return told.exitCode();
    }
}
