package org.mingchu.gateway.tend;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import org.mingchu.config.Checked;
import org.mingchu.config.Plan;
import org.mingchu.config.Problem;
import org.mingchu.config.board.BoardCheck;
import org.mingchu.config.board.BoardPlan;
import org.mingchu.config.board.BootFiles;
import org.mingchu.config.board.BootFiles.Proposal;
import org.mingchu.config.board.Change;
import org.mingchu.config.board.Finding;
import org.mingchu.config.board.FirstNetwork;
import org.mingchu.config.board.UserData;
import org.mingchu.config.board.WiringPicture;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** {@code mingchu board}: what must be on the Pi for this site, and is it? One thread. */
@Command(
        name = "board",
        description = "What the board needs for this site: its settings, its wiring.",
        sortOptions = false)
final class BoardCommand implements Runnable {
    private static final String SITE = "/etc/mingchu/site.toml";
    private static final String WHICH = "What is installed (default: ${DEFAULT-VALUE}).";
    private static final String ROOT =
            "Where the files of the board are; other than / is a simulation.";

    private static final List<String> LANGUAGES = List.of("zh-CN", "en");

    private final Verbs verbs;

    @Spec private CommandSpec spec = CommandSpec.create();

    BoardCommand(Verbs verbs) {
        this.verbs = verbs;
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "Missing command: plan, apply, verify, user-data or network-config");
    }

    @Command(
            name = "plan",
            description = {
                "Show what apply would change, and write none of it; or draw the wiring.",
                "Exit: 0 nothing to change, 1 something, 3 site file or config.txt stands against"
                        + " it, 4 no board."
            },
            sortOptions = false)
    int plan(
            @Option(names = "--site", paramLabel = "FILE", defaultValue = SITE, description = WHICH)
                    Path site,
            @Option(names = "--root", paramLabel = "DIR", defaultValue = "/", description = ROOT)
                    Path root,
            @Option(
                            names = "--svg",
                            paramLabel = "FILE",
                            description = "Draw the wiring into this file instead; needs no board.")
                    Optional<Path> svg,
            @Option(
                            names = "--language",
                            paramLabel = "WORD",
                            description = "zh-CN or en (default: the site's), of the drawing.")
                    Optional<String> language,
            @Option(names = "--json", description = "For machines.") boolean json) {
        var plan = planOf(site);
        if (svg.isPresent()) {
            return draw(plan, svg.get(), language.orElse(plan.site().language()));
        }
        var board = BoardPlan.of(plan);
        var possible = possible(root, board, site, json);
        var changes = possible.changes();
        if (json) {
            print(out -> {
                out.writeStringProperty("schema", "kfs/board-plan/1");
                remarks(out, board);
                ProblemJson.write(out, possible.remarks());
                writeChanges(out, changes);
            });
        } else {
            board.remarks().forEach(remark -> err("note: " + remark));
            changes.forEach(change -> print(change.diff().stripTrailing()));
            err(changes.isEmpty() ? "nothing to change" : "not written; mingchu board apply does");
        }
        return changes.isEmpty() ? ExitCode.OK : ExitCode.CHECK_FAILED;
    }

    private int draw(Plan plan, Path file, String language) {
        if (!LANGUAGES.contains(language)) {
            throw new CommandFailed(
                    ExitCode.USAGE, "--language " + language + ": one of zh-CN, en");
        }
        try {
            Files.writeString(file, WiringPicture.of(plan, language));
        } catch (IOException e) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    "--svg " + file + ": cannot be written (" + e + "); name another file");
        }
        print("drawn: " + file);
        return ExitCode.OK;
    }

    @Command(
            name = "user-data",
            description = {
                "Print the file user-data for the first boot of a fresh Raspberry Pi OS (cloud-init).",
                "It signs in by key only, installs the package from the boot partition, does board"
                        + " apply and restarts once."
            },
            sortOptions = false)
    int userData(
            @Option(names = "--site", paramLabel = "FILE", defaultValue = SITE, description = WHICH)
                    Path site,
            @Option(
                            names = "--key",
                            required = true,
                            paramLabel = "FILE",
                            description = "The technician's public key, as ~/.ssh/id_ed25519.pub.")
                    Path key,
            @Option(
                            names = "--deb",
                            paramLabel = "NAME",
                            description =
                                    "The package's file in folder mingchu of the boot partition"
                                            + " (default: that of this version).")
                    Optional<String> deb) {
        var plan = planOf(site);
        try {
            var keys = Files.readAllLines(key).stream().filter(line -> !line.isBlank()).toList();
            print(
                    UserData.of(plan, keys, deb.orElse("mingchu_" + verbs.version() + "_all.deb"))
                            .stripTrailing());
        } catch (IOException e) {
            throw new CommandFailed(
                    ExitCode.USAGE, "--key " + key + ": cannot be read (" + e + ")");
        } catch (IllegalArgumentException e) {
            throw new CommandFailed(ExitCode.USAGE, "--key " + key + ": " + e.getMessage());
        }
        return ExitCode.OK;
    }

    @Command(
            name = "network-config",
            description = {
                "Write the file network-config for the first boot of a board without a cable"
                        + " (cloud-init): the Wi-Fi of [network.wifi], its passphrase from"
                        + " secrets.toml.",
                "Never printed; for its owner alone (mode 0600). Exit: 0 written, 3 there is no"
                        + " Wi-Fi or no passphrase."
            },
            sortOptions = false)
    int networkConfig(
            @Option(names = "--site", paramLabel = "FILE", defaultValue = SITE, description = WHICH)
                    Path site,
            @Option(
                            names = "--out",
                            required = true,
                            paramLabel = "FILE",
                            description =
                                    "Where to write it: network-config, for the boot partition.")
                    Path out) {
        try {
            var text = FirstNetwork.of(planOf(site), verbs.secrets(site));
            var bytes = new String(text.getBytes(UTF_8), ISO_8859_1);
            reached(() -> {
                BootFiles.write(
                        new Change(
                                out.toAbsolutePath(),
                                Optional.empty(),
                                Optional.of(bytes),
                                Change.Guard.SECRET));
                return out;
            });
        } catch (IllegalArgumentException e) {
            throw new CommandFailed(ExitCode.CONFIGURATION_INVALID, site + ": " + e.getMessage());
        }
        print("written: " + out);
        return ExitCode.OK;
    }

    @Command(
            name = "apply",
            description = {
                "Write it; the old files stay beside the new ones as *" + BootFiles.OLD + ".",
                "Exit: 0 written, or nothing to change; 3 site file or config.txt stands against"
                        + " it, 4 no board."
            },
            sortOptions = false)
    int apply(
            @Option(names = "--site", paramLabel = "FILE", defaultValue = SITE, description = WHICH)
                    Path site,
            @Option(names = "--root", paramLabel = "DIR", defaultValue = "/", description = ROOT)
                    Path root,
            @Option(names = "--json", description = "For machines.") boolean json) {
        var board = BoardPlan.of(planOf(site));
        var possible = possible(root, board, site, json);
        var changes = possible.changes();
        changes.forEach(change ->
                reached(() -> {
                    BootFiles.write(change);
                    return change;
                }));
        if (json) {
            print(out -> {
                out.writeStringProperty("schema", "kfs/board-apply/1");
                out.writeBooleanProperty("reboot", !changes.isEmpty());
                remarks(out, board);
                ProblemJson.write(out, possible.remarks());
                writeChanges(out, changes);
            });
        } else {
            board.remarks().forEach(remark -> err("note: " + remark));
            changes.forEach(change ->
                    print(
                            (change.after().isPresent() ? "written: " : "removed: ")
                                    + change.file()));
            print(
                    changes.isEmpty()
                            ? "nothing to change"
                            : "the board takes it at its next boot: sudo reboot, then mingchu board"
                                    + " verify");
        }
        return ExitCode.OK;
    }

    @Command(
            name = "verify",
            description = {
                "Does the running kernel show what this site needs? For after the reboot.",
                "Exit: 0 all is there, 1 something is missing, 2 usage, 3 site file cannot be used."
            },
            sortOptions = false)
    int verify(
            @Option(names = "--site", paramLabel = "FILE", defaultValue = SITE, description = WHICH)
                    Path site,
            @Option(names = "--root", paramLabel = "DIR", defaultValue = "/", description = ROOT)
                    Path root,
            @Option(names = "--json", description = "For machines.") boolean json) {
        var findings = BoardCheck.look(folder(root), BoardPlan.of(planOf(site)));
        var missing =
                findings.stream().filter(f -> f.state() == Finding.State.MISSING).toList().size();
        if (json) {
            print(out -> {
                out.writeStringProperty("schema", "kfs/board-verify/1");
                out.writeBooleanProperty("good", missing == 0);
                write(out, findings);
            });
        } else {
            findings.forEach(finding -> print(text(finding)));
            print(missing == 0 ? "all is there" : missing + " missing");
        }
        return missing == 0 ? ExitCode.OK : ExitCode.CHECK_FAILED;
    }

    private static String text(Finding finding) {
        var line = "%-9s %s: %s".formatted(finding.state().word(), finding.what(), finding.where());
        return finding.remedy().isEmpty() ? line : line + "; " + finding.remedy();
    }

    private Plan planOf(Path site) {
        return switch (verbs.check(site, Optional.empty())) {
            case Checked.Good<Plan>(var plan, _) -> plan;
            case Checked.Bad<Plan>(var problems) -> {
                problems.forEach(problem -> err(problem.text()));
                throw new CommandFailed(
                        ExitCode.CONFIGURATION_INVALID, site + ": cannot be used, nothing done");
            }
        };
    }

    private Path folder(Path root) {
        if (!Files.isDirectory(root)) {
            throw new CommandFailed(ExitCode.USAGE, "--root " + root + ": there is no such folder");
        }
        return root;
    }

    private Proposal.Possible possible(Path root, BoardPlan board, Path site, boolean json) {
        var secrets = verbs.secrets(site);
        return switch (reached(() -> BootFiles.propose(folder(root), board, secrets))) {
            case Proposal.Possible possible -> {
                if (!json) {
                    possible.remarks().forEach(remark -> err(remark.text()));
                }
                yield possible;
            }
            case Proposal.NoBoard(var why) ->
                    throw new CommandFailed(ExitCode.DEVICE_UNREACHABLE, why);
            case Proposal.Refused(var problems) -> throw refused(problems, json);
        };
    }

    private CommandFailed refused(List<Problem> problems, boolean json) {
        if (json) {
            print(out -> {
                out.writeStringProperty("schema", "kfs/board-refused/1");
                ProblemJson.write(out, problems);
            });
        } else {
            problems.forEach(problem -> err(problem.text()));
        }
        return new CommandFailed(
                ExitCode.CONFIGURATION_INVALID,
                "nothing written; mend what stands above, which is not the gateway's to change");
    }

    /** A file that may not be read or written is the world's doing. */
    private static <T> T reached(Supplier<T> deed) {
        try {
            return deed.get();
        } catch (UncheckedIOException e) {
            throw new CommandFailed(ExitCode.DEVICE_UNREACHABLE, e);
        }
    }

    private static void remarks(JsonGenerator out, BoardPlan board) {
        out.writeArrayPropertyStart("remarks");
        board.remarks().forEach(out::writeString);
        out.writeEndArray();
    }

    private static void writeChanges(JsonGenerator out, List<Change> changes) {
        out.writeArrayPropertyStart("changes");
        for (var change : changes) {
            out.writeStartObject();
            out.writeStringProperty("file", change.file().toString());
            out.writeStringProperty("diff", change.diff());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void write(JsonGenerator out, List<Finding> findings) {
        out.writeArrayPropertyStart("findings");
        for (var finding : findings) {
            out.writeStartObject();
            out.writeStringProperty("what", finding.what());
            out.writeStringProperty("where", finding.where());
            out.writeStringProperty("state", finding.state().word());
            out.writeStringProperty("remedy", finding.remedy());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private void print(Consumer<JsonGenerator> body) {
        var text = new StringWriter();
        try (var out = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
            out.writeStartObject();
            body.accept(out);
            out.writeEndObject();
        }
        print(text.toString());
    }

    private void print(String line) {
        spec.commandLine().getOut().println(line);
    }

    private void err(String line) {
        spec.commandLine().getErr().println(line);
    }
}
