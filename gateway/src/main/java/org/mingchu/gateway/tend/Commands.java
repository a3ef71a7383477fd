package org.mingchu.gateway.tend;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The {@code mingchu} command, as picocli reads it. One thread. */
@Command(
        name = "mingchu",
        description = "The food-safety gateway of one kitchen. 明厨",
        synopsisSubcommandLabel = "COMMAND",
        addMethodSubcommands = false,
        sortOptions = false)
final class Commands implements Runnable {
    private final Verbs verbs;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = {"-V", "--version"},
            description = "The same as the command version.")
    private boolean versionAsked;

    private Commands(Verbs verbs) {
        this.verbs = verbs;
    }

    /** Does what the arguments say; returns the exit code of the contract. */
    static int execute(Verbs verbs, PrintWriter out, PrintWriter err, String... args) {
        return line(verbs).setOut(out).setErr(err).execute(args);
    }

    /** Every command there is. */
    static CommandLine line(Verbs verbs) {
        var line = new CommandLine(new Commands(verbs));
        CommandLine.getCommandMethods(Commands.class, null)
                .forEach(command -> line.addSubcommand(new CommandLine(command)));
        line.addSubcommand(new CommissionCommand(verbs));
        line.addSubcommand(new SiteCommand(verbs));
        line.addSubcommand(new ConfigCommand(verbs));
        line.addSubcommand(new BoardCommand(verbs));
        line.addSubcommand(new PersonCommand(verbs));
        line.addSubcommand(new AlarmsCommand(verbs));
        line.addSubcommand(new UnitCommand(verbs));
        line.addSubcommand(
                new CommandLine(new SensorsCommand(verbs))
                        .addSubcommand(new DiscoverCommand(verbs))
                        .addSubcommand(new NameCommand(verbs)));
        line.addSubcommand(new CameraCommand(verbs));
        line.addSubcommand(new BatchCommand(verbs));
        line.addSubcommand(new JournalCommand(verbs));
        line.addSubcommand(new JudgeCommand(verbs));
        line.addSubcommand(new DoctorCommand(verbs));
        line.addSubcommand(new SelfTestCommand(verbs));
        line.addSubcommand(new CertCommand(verbs));
        line.addSubcommand(new DrillCommand(verbs));
        line.addSubcommand(new ProtocolCommand(verbs));
        line.addSubcommand(new BundleCommand(verbs));
        withHelp(line);
        return line.addSubcommand(new CommandLine.HelpCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((e, _, _) -> Line.explain(e, line.getErr()));
    }

    /** {@code -h} and {@code --help} everywhere, as one place would have it. */
    private static void withHelp(CommandLine line) {
        line.getCommandSpec()
                .addOption(
                        OptionSpec.builder("-h", "--help")
                                .usageHelp(true)
                                .description("Show this help.")
                                .build());
        line.getSubcommands().values().forEach(Commands::withHelp);
    }

    @Override
    public void run() {
        if (versionAsked) {
            version();
            return;
        }
        throw new ParameterException(spec.commandLine(), "Missing command");
    }

    @Command(
            name = RunOptions.RUN,
            description = "Watch the kitchen: read, keep, judge, sound, tell.",
            sortOptions = false)
    int watch(
            @Option(
                            names = RunOptions.SITE,
                            paramLabel = "FILE",
                            defaultValue = RunOptions.SITE_FILE,
                            description = "What is installed (default: ${DEFAULT-VALUE}).")
                    Path site,
            @Option(
                            names = RunOptions.SECRETS,
                            paramLabel = "FILE",
                            description =
                                    "Credentials, mode 0600 (default: secrets.toml beside the site"
                                            + " file, where there is one).")
                    Optional<Path> secrets,
            @Option(
                            names = RunOptions.STATE,
                            paramLabel = "DIR",
                            defaultValue = RunOptions.STATE_FOLDER,
                            description = "Where the record is kept (default: ${DEFAULT-VALUE}).")
                    Path state,
            @Option(
                            names = RunOptions.ROOT,
                            paramLabel = "DIR",
                            defaultValue = RunOptions.LIFE,
                            description =
                                    "Where the kernel's files are; other than / is a simulation.")
                    Path root) {
        return verbs.run(new RunOptions(site, secrets, state, root));
    }

    @Command(
            name = "verify",
            description = "Judge an export of the record, as verify/mingchu-verify.jar does.",
            sortOptions = false)
    int verify(
            @Parameters(paramLabel = "FILE", description = "The export.") Path file,
            @Option(
                            names = "--key",
                            paramLabel = "KEY",
                            description = "The device's verifier key, or a file of them.")
                    Optional<String> key,
            @Option(
                            names = "--witness",
                            paramLabel = "KEY",
                            description = "A platform's key, likewise; may be given several times.")
                    List<String> witnesses,
            @Option(names = "--json", description = "For machines.") boolean json) {
        var words = new ArrayList<>(List.of(file.toString()));
        key.ifPresent(k -> words.addAll(List.of("--key", k)));
        Optional.ofNullable(witnesses)
                .ifPresent(all -> all.forEach(w -> words.addAll(List.of("--witness", w))));
        if (json) {
            words.add("--json");
        }
        return verbs.verify(words);
    }

    @Command(
            name = "join",
            description =
                    "What one probe told several gateways, out of their exports, by its own time.",
            sortOptions = false)
    int join(
            @Parameters(
                            index = "0",
                            paramLabel = "SUBJECT",
                            description = "The probe, as the sites name it.")
                    String subject,
            @Parameters(
                            index = "1..*",
                            arity = "1..*",
                            paramLabel = "FILE",
                            description = "An export of each gateway; each is judged first.")
                    List<Path> files,
            @Option(
                            names = "--zone",
                            paramLabel = "ZONE",
                            description = "As Asia/Shanghai; default: this machine's.")
                    Optional<String> zone,
            @Option(names = "--json", description = "A line of JSON for each value instead of CSV.")
                    boolean json) {
        var told = verbs.join(new Verbs.JoinAsk(subject, files, zone, json));
        if (!told.ok()) {
            throw new CommandFailed(told.exitCode(), String.join("\n", told.lines()));
        }
        told.lines().forEach(spec.commandLine().getOut()::println);
        return ExitCode.OK;
    }

    @Command(name = "version", description = "Print the version.")
    int version() {
        spec.commandLine().getOut().println("mingchu " + verbs.version());
        return ExitCode.OK;
    }
}
