package org.mingchu.gateway;

import org.mingchu.config.Checked;
import org.mingchu.config.Credentials;
import org.mingchu.config.Plan;
import org.mingchu.config.PlanReader;
import org.mingchu.config.Problem;
import org.mingchu.config.Secrets;
import org.mingchu.config.SecretsReader;
import org.mingchu.gateway.doctor.StandIn;
import org.mingchu.gateway.judge.Role;
import org.mingchu.gateway.keep.OwnKeys;
import org.mingchu.gateway.keep.People;
import org.mingchu.gateway.keep.StateFolder;
import org.mingchu.gateway.keep.StateInUse;
import org.mingchu.gateway.keep.proof.VerifyMain;
import org.mingchu.gateway.keep.store.JournalException;
import org.mingchu.gateway.tend.BundleAsk;
import org.mingchu.gateway.tend.CertAsk;
import org.mingchu.gateway.tend.CommandFailed;
import org.mingchu.gateway.tend.DoctorAsk;
import org.mingchu.gateway.tend.DrillAsk;
import org.mingchu.gateway.tend.ExitCode;
import org.mingchu.gateway.tend.FirstHour;
import org.mingchu.gateway.tend.Line;
import org.mingchu.gateway.tend.ProtocolAsk;
import org.mingchu.gateway.tend.RecordAsk;
import org.mingchu.gateway.tend.RunOptions;
import org.mingchu.gateway.tend.Told;
import org.mingchu.gateway.tend.TryAsk;
import org.mingchu.gateway.tend.Verbs;
import org.mingchu.gateway.tend.Voice;
import org.mingchu.sensors.coap.ProbeKeys;
import org.mingchu.sensors.kernel.KernelClock;
import org.mingchu.sensors.kernel.NotifySocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Scanner;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** The door: clock and chance come in here, and the rooms are handed their verbs. */
public final class Main implements Verbs, DoctorCommands.SiteFiles {
    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    /** What the unit of the package takes, and whoever names no other file. */
    private static final String SECRETS = "secrets.toml";

    private final Path home;

    private Main(Path home) {
        this.home = home;
    }

    public static void main(String[] args) {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        if (args.length == 0 || !args[0].equals("run")) {
            ProgramLog.beside();
        }
        Thread.setDefaultUncaughtExceptionHandler(Main::ended);
        var main = new Main(Path.of(System.getProperty("mingchu.home", ".")));
        var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(Line.execute(main, out, err, args));
    }

    /**
     * An error on any thread leaves the house half dead, so the process ends and systemd starts it
     * again. On a thread of its own: the one that ends may be the one that an exit waits for.
     */
    private static void ended(Thread thread, Throwable cause) {
        LOG.error("event=thread-ended thread={}", thread.getName(), cause);
        if (cause instanceof Error) {
            Thread.ofPlatform().name("ending-by-error").start(() -> System.exit(ExitCode.INTERNAL));
        }
    }

    @Override
    public int run(RunOptions options) {
        if (!Files.isDirectory(options.root())) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    "--root "
                            + options.root()
                            + ": there is no such folder; leave --root out on a Pi, or name the"
                            + " folder of a simulation");
        }
        var secrets =
                secretsOf(options.site(), options.secrets())
                        .map(SecretsReader::read)
                        .orElseGet(() -> new Checked.Good<>(Secrets.NONE, List.of()));
        return switch (together(options.site(), secrets)) {
            case Checked.Bad<Plan> bad -> {
                bad.problems().forEach(problem -> System.err.println(problem.text()));
                yield makeshift(options, bad.error())
                        .map(one -> watchBy(one, good(secrets), options))
                        .orElseGet(Main::notStarted);
            }
            case Checked.Good<Plan>(var plan, var remarks) -> {
                remarks.forEach(remark -> System.err.println(remark.text()));
                if (plan.site().units().isEmpty()) {
                    // A green lamp that blinks where nothing is watched would be a lie.
                    throw new CommandFailed(
                            ExitCode.NO_PLAN,
                            options.site()
                                    + ": no [[unit]], nothing to watch; mingchu sensors discover,"
                                    + " then mingchu sensors name");
                }
                yield watch(plan, good(secrets), options, Optional.empty());
            }
        };
    }

    private static int notStarted() {
        System.err.println("mingchu: not started; mend what stands above and start again");
        return ExitCode.NO_PLAN;
    }

    /** What can be watched by although a file cannot be used. */
    private record Makeshift(Plan plan, StandIn standIn) {}

    /**
     * Silence because of a slip of the pen is worse than watching by yesterday's plan; but only
     * what has watched already goes on. A file that can be used and names no unit is somebody's
     * wish.
     */
    private Optional<Makeshift> makeshift(RunOptions options, Problem first) {
        return lastPlan(options)
                .kept()
                .flatMap(kept ->
                        switch (plan(options.site())) {
                            case Checked.Bad<Plan> _ ->
                                    Optional.of(
                                            makeshift(kept.plan(), StandIn.By.COPY, kept, first));
                            case Checked.Good<Plan>(var plan, _) ->
                                    Optional.of(makeshift(plan, StandIn.By.NO_SECRETS, kept, first))
                                            .filter(one -> !plan.site().units().isEmpty());
                        });
    }

    private static Makeshift makeshift(
            Plan plan, StandIn.By by, LastPlan.Kept kept, Problem first) {
        var place =
                "%s:%d:%d: %s".formatted(first.file(), first.line(), first.column(), first.key());
        return new Makeshift(plan, new StandIn(by, kept.since(), first.text(), place));
    }

    private int watchBy(Makeshift makeshift, Secrets secrets, RunOptions options) {
        var standIn = makeshift.standIn();
        LOG.error(
                "event=plan-stands-in by={} kept={} site={} first=\"{}\" remedy=\"mend a copy of the"
                        + " file, mingchu site use COPY, then restart\"",
                standIn.by().word(),
                standIn.since(),
                options.site(),
                standIn.first());
        return watch(makeshift.plan(), secrets, options, Optional.of(standIn));
    }

    private LastPlan lastPlan(RunOptions options) {
        return new LastPlan(options.state(), options.site(), home.resolve("etc/rules"));
    }

    @Override
    public Checked<Plan> check(Path site, Optional<Path> secrets) {
        return secretsOf(site, secrets)
                .map(file -> together(site, SecretsReader.read(file)))
                .orElseGet(() -> plan(site));
    }

    @Override
    public Secrets secrets(Path site) {
        return secretsOf(site, Optional.empty())
                .map(SecretsReader::read)
                .map(Main::good)
                .orElse(Secrets.NONE);
    }

    @Override
    public void addPerson(Path state, String id, Role role, String name) {
        with(state, people -> people.add(new People.Member(id, role, name)));
    }

    @Override
    public boolean erasePerson(Path state, String id) {
        thereIs(state);
        return from(state, people -> people.eraseEverywhere(id));
    }

    @Override
    public boolean givePin(Path state, String id, String pin) {
        thereIs(state);
        People.weakness(pin)
                .ifPresent(why -> {
                    throw new CommandFailed(
                            ExitCode.USAGE, "PIN of " + id + ": " + why + "; choose another");
                });
        return from(state, people -> people.givePin(id, pin, new SecureRandom()));
    }

    @Override
    public Optional<String> giveBadge(Path state, String id) {
        thereIs(state);
        return from(state, people -> people.giveBadge(id, new SecureRandom()));
    }

    @Override
    public boolean endBadge(Path state, String id) {
        thereIs(state);
        return from(state, people -> people.endBadge(id));
    }

    @Override
    public Optional<String> claimCode(Path state) {
        thereIs(state);
        try {
            var code = OwnKeys.claimCode(state);
            code.ifPresent(_ -> OwnKeys.noteLabel(state));
            return code;
        } catch (IOException e) {
            throw new CommandFailed(
                    ExitCode.INTERNAL,
                    "--state %s: the key cannot be read: %s; ask as root, or as the gateway's user"
                            .formatted(state, e.getMessage()));
        }
    }

    /** Never an argument: those stand in the shell's history and in the list of processes. */
    @Override
    public String secret(String prompt) {
        var terminal = Optional.ofNullable(System.console()).filter(Console::isTerminal);
        if (terminal.isPresent()) {
            return Optional.ofNullable(terminal.get().readPassword("%s", prompt))
                    .map(String::new)
                    .orElse("");
        }
        return new Scanner(System.in, StandardCharsets.UTF_8)
                .useDelimiter("\\R")
                .tokens()
                .findFirst()
                .orElse("");
    }

    @Override
    public List<PersonRow> people(Path state) {
        thereIs(state);
        return from(
                state,
                people ->
                        people.list().stream()
                                .map(m -> new PersonRow(m.id(), m.role(), m.name()))
                                .toList());
    }

    @Override
    public Enrolled addProbe(Path state, Path site, String identity) {
        thereIs(state);
        var gateway =
                switch (plan(site)) {
                    case Checked.Bad<Plan> bad ->
                            throw new CommandFailed(
                                    ExitCode.CONFIGURATION_INVALID, bad.error().text());
                    case Checked.Good<Plan>(var plan, _) ->
                            plan.site()
                                    .coap()
                                    .orElseThrow(() ->
                                            new CommandFailed(
                                                    ExitCode.CONFIGURATION_INVALID,
                                                    site
                                                            + ": no [coap] with listen; without it"
                                                            + " no probe can report"))
                                    .listen();
                };
        try {
            var enrolment = keys(state).add(identity, gateway);
            return new Enrolled(identity, enrolment.keyHex(), gateway.toString(), enrolment.uri());
        } catch (IllegalArgumentException e) {
            throw new CommandFailed(ExitCode.USAGE, identity + ": " + e.getMessage());
        } catch (ProbeKeys.BadFile | UncheckedIOException e) {
            throw new CommandFailed(ExitCode.INTERNAL, e);
        }
    }

    @Override
    public boolean revokeProbe(Path state, String identity) {
        thereIs(state);
        try {
            return keys(state).revoke(identity);
        } catch (IllegalArgumentException e) {
            throw new CommandFailed(ExitCode.USAGE, identity + ": " + e.getMessage());
        } catch (ProbeKeys.BadFile | UncheckedIOException e) {
            throw new CommandFailed(ExitCode.INTERNAL, e);
        }
    }

    private static ProbeKeys keys(Path state) {
        return new ProbeKeys(state.resolve(Agent.PROBES), new SecureRandom());
    }

    @Override
    public Told record(RecordAsk ask) {
        return recordCommands().record(ask);
    }

    @Override
    public Told export(RecordAsk ask, Path file) {
        return recordCommands().export(ask, file);
    }

    @Override
    public Told readings(RecordAsk ask) {
        return recordCommands().readings(ask, System.out);
    }

    @Override
    public Told doctor(DoctorAsk ask) {
        return new DoctorCommands(this, InstantSource.system(), version()).doctor(ask);
    }

    @Override
    public Told cert(CertAsk ask) {
        var now = new KernelClock(Path.of("/"), InstantSource.system()).now();
        return new CertCommands(this, now, new SecureRandom(), this::secret).told(ask);
    }

    @Override
    public Told drill(DrillAsk ask, Consumer<String> say, Consumer<String> aside) {
        return DrillCommands.drill(ask, say, aside);
    }

    @Override
    public Told protocol(ProtocolAsk ask) {
        return ProtocolCommands.protocol(ask);
    }

    @Override
    public Told bundle(BundleAsk ask) {
        var doctor = new DoctorCommands(this, InstantSource.system(), version());
        return new SupportBundle(ask, doctor, this, version()).written();
    }

    @Override
    public FirstHour firstHour() {
        return new FirstHourAtTheDoor(
                InstantSource.system(),
                (site, text) -> PlanReader.readText(site, text, home.resolve("etc/rules")),
                this,
                Main::pause,
                ask -> new DoctorCommands(this, InstantSource.system(), version()).commission(ask));
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public int judge(TryAsk ask, Voice voice) {
        return new TrialDesk(this::plan, home, version(), this::progress).answer(ask, voice);
    }

    /** A line that the next one replaces; nobody wants it in a file. */
    private void progress(String words) {
        if (onTerminal()) {
            System.err.print("\r\u001b[K" + words);
            System.err.flush();
        }
    }

    @Override
    public boolean onTerminal() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }

    private RecordCommands recordCommands() {
        return new RecordCommands(
                this::plan,
                new KernelClock(Path.of("/"), InstantSource.system()),
                new SecureRandom(),
                version(),
                onTerminal());
    }

    @Override
    public int verify(List<String> words) {
        return VerifyMain.run(words, System.out, System.err, System.console());
    }

    @Override
    public Told join(JoinAsk ask) {
        try {
            var zone = ask.zone().map(ZoneId::of).orElseGet(ZoneId::systemDefault);
            return new JoinedCurve(ask.subject(), ask.files(), new KitchenTime(zone))
                    .told(ask.json());
        } catch (DateTimeException _) {
            return Told.unusable(
                    "--zone '%s' is no time zone; expected such as Asia/Shanghai"
                            .formatted(ask.zone().orElse("")));
        }
    }

    @Override
    public String version() {
        var packaged = Main.class.getPackage().getImplementationVersion();
        return packaged == null ? "development" : packaged;
    }

    private int watch(Plan plan, Secrets secrets, RunOptions options, Optional<StandIn> standIn) {
        var chance = new SecureRandom();
        var manager = NotifySocket.of(Optional.ofNullable(System.getenv("NOTIFY_SOCKET")));
        try (var folder = StateFolder.hold(options.state(), chance)) {
            var door =
                    new Agent.Door(
                            InstantSource.system(),
                            chance,
                            home,
                            own(options),
                            logFolders(),
                            version(),
                            pack -> plan(options.site(), Optional.of(pack)),
                            words -> manager.ifPresent(ear -> ear.say(words)),
                            folders("RUNTIME_DIRECTORY").findFirst(),
                            standIn,
                            () -> lastPlan(options).keep(plan));
            return Agent.watch(plan, secrets, options.root(), folder, door);
        } catch (StateInUse e) {
            throw new CommandFailed(ExitCode.STATE_IN_USE, e);
        } catch (JournalException | UncheckedIOException e) {
            throw new CommandFailed(ExitCode.INTERNAL, e);
        }
    }

    private Agent.OwnFiles own(RunOptions options) {
        var secrets = secretsOf(options.site(), options.secrets());
        return new Agent.OwnFiles(
                options.site(), secrets, () -> check(options.site(), options.secrets()));
    }

    /** Where systemd lets us write logs; they count for the budget of the record. */
    private static List<Path> logFolders() {
        return folders("LOGS_DIRECTORY").toList();
    }

    private static Stream<Path> folders(String variable) {
        return Arrays.stream(Optional.ofNullable(System.getenv(variable)).orElse("").split(":"))
                .filter(folder -> !folder.isBlank())
                .map(Path::of);
    }

    private static void with(Path state, Consumer<People> act) {
        from(
                state,
                people -> {
                    act.accept(people);
                    return true;
                });
    }

    /** A mistyped path is no empty kitchen; only adding somebody may make the folder. */
    private static void thereIs(Path state) {
        if (!Files.isDirectory(state)) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    "--state " + state + ": there is no such folder; name the gateway's own");
        }
    }

    private static <T> T from(Path state, Function<People, T> question) {
        try (var people = opened(state)) {
            return question.apply(people);
        } catch (JournalException e) {
            throw new CommandFailed(ExitCode.INTERNAL, e);
        }
    }

    /** A damaged file is put aside by whoever holds the folder: the agent, if one runs. */
    private static People opened(Path state) {
        try {
            return People.open(state);
        } catch (JournalException damaged) {
            if (damaged.kind() != JournalException.Kind.DAMAGED) {
                throw damaged;
            }
            var clock = new KernelClock(Path.of("/"), InstantSource.system());
            try (var folder = StateFolder.open(state, new SecureRandom())) {
                return People.openOrRenew(folder.path(), clock.now()).people();
            } catch (StateInUse _) {
                throw new JournalException(
                        damaged.getMessage()
                                + "; the running agent makes a new one within a minute: try again",
                        JournalException.Kind.DAMAGED);
            }
        }
    }

    private Checked<Plan> plan(Path site) {
        return plan(site, Optional.empty());
    }

    private Checked<Plan> plan(Path site, Optional<Path> pack) {
        return pack.map(file -> PlanReader.readWith(site, file))
                .orElseGet(() -> PlanReader.read(site, home.resolve("etc/rules")));
    }

    /** The file that was named, else the one beside the site file, where there is one. */
    @Override
    public Optional<Path> secretsOf(Path site, Optional<Path> named) {
        return named.or(
                () -> Optional.of(site.resolveSibling(SECRETS)).filter(Files::isRegularFile));
    }

    /** Site file and secrets as one: a name that is missing in either is an error. */
    private Checked<Plan> together(Path site, Checked<Secrets> secrets) {
        return together(site, plan(site), secrets);
    }

    static Checked<Plan> together(Path site, Checked<Plan> plan, Checked<Secrets> secrets) {
        var all = new ArrayList<>(problems(plan));
        all.addAll(problems(secrets));
        if (secrets instanceof Checked.Good<Secrets>(var good, _)) {
            all.addAll(Credentials.check(site, good));
        }
        var usable = all.stream().noneMatch(p -> p.severity() == Problem.Severity.ERROR);
        return usable && plan instanceof Checked.Good<Plan>(var good, _)
                ? new Checked.Good<>(good, all)
                : new Checked.Bad<>(all);
    }

    private static <T> List<Problem> problems(Checked<T> checked) {
        return switch (checked) {
            case Checked.Good<T>(_, var remarks) -> remarks;
            case Checked.Bad<T>(var problems) -> problems;
        };
    }

    private static Secrets good(Checked<Secrets> checked) {
        return checked instanceof Checked.Good<Secrets>(var secrets, _) ? secrets : Secrets.NONE;
    }
}
