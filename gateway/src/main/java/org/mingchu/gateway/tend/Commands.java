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
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The {@code mingchu} command, as picocli reads it. One thread. */
@Command(
        name = "mingchu",
        description = "The food-safety gateway of one kitchen. 明厨",
        synopsisSubcommandLabel = "COMMAND",
        addMethodSubcommands = false,
        sortOptions = false)
final class Commands implements Runnable {
    /** What makes each command, by its name, in the order of the help. */
    private static final Map<String, Function<Verbs, Object>> COMMANDS =
            ordered(
                    List.of(
                            Map.entry("run", _ -> method("watch")),
                            Map.entry("verify", _ -> method("verify")),
                            Map.entry("join", _ -> method("join")),
                            Map.entry("version", _ -> method("version")),
                            Map.entry("commission", CommissionCommand::new),
                            Map.entry("site", SiteCommand::new),
                            Map.entry("config", ConfigCommand::new),
                            Map.entry("board", BoardCommand::new),
                            Map.entry("person", PersonCommand::new),
                            Map.entry("alarms", AlarmsCommand::new),
                            Map.entry("unit", UnitCommand::new),
                            Map.entry("sensors", Commands::sensors),
                            Map.entry("camera", CameraCommand::new),
                            Map.entry("batch", BatchCommand::new),
                            Map.entry("journal", JournalCommand::new),
                            Map.entry("judge", JudgeCommand::new),
                            Map.entry("doctor", DoctorCommand::new),
                            Map.entry("selftest", SelfTestCommand::new),
                            Map.entry("cert", CertCommand::new),
                            Map.entry("drill", DrillCommand::new),
                            Map.entry("protocol", ProtocolCommand::new),
                            Map.entry("support-bundle", BundleCommand::new)));

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
        var line = args.length > 0 ? line(verbs, args[0]) : line(verbs);
        return line.setOut(out).setErr(err).execute(args);
    }

    /** Every command there is. */
    static CommandLine line(Verbs verbs) {
        var line = with(COMMANDS.values(), verbs);
        return explained(line.addSubcommand(new CommandLine.HelpCommand()));
    }

    /**
     * The one command that a line begins with, or all where it begins otherwise: to read what all
     * of them can be asked was most of the time that a short command took.
     */
    private static CommandLine line(Verbs verbs, String word) {
        var one = COMMANDS.get(word);
        return one == null ? line(verbs) : explained(with(List.of(one), verbs));
    }

    private static CommandLine with(Collection<Function<Verbs, Object>> commands, Verbs verbs) {
        var line = new CommandLine(new Commands(verbs));
        commands.forEach(command -> line.addSubcommand(command.apply(verbs)));
        withHelp(line);
        return line;
    }

    private static CommandLine explained(CommandLine line) {
        return line.setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((e, _, _) -> Line.explain(e, line.getErr()));
    }

    /** A command that is a method of this class. */
    private static Object method(String name) {
        return CommandLine.getCommandMethods(Commands.class, name).getFirst();
    }

    private static Object sensors(Verbs verbs) {
        return new CommandLine(new SensorsCommand(verbs))
                .addSubcommand(new DiscoverCommand(verbs))
                .addSubcommand(new NameCommand(verbs));
    }

    private static <T> Map<String, T> ordered(List<Map.Entry<String, T>> entries) {
        var ordered = new LinkedHashMap<String, T>();
        entries.forEach(entry -> ordered.put(entry.getKey(), entry.getValue()));
        return ordered;
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
