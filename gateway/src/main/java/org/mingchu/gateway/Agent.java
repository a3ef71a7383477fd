package org.mingchu.gateway;

import org.mingchu.config.Annunciator;
import org.mingchu.config.Board.Ups;
import org.mingchu.config.Checked;
import org.mingchu.config.HostPort;
import org.mingchu.config.Plan;
import org.mingchu.config.Platform;
import org.mingchu.config.Retention;
import org.mingchu.config.Secrets;
import org.mingchu.gateway.desk.Acts;
import org.mingchu.gateway.desk.Answer;
import org.mingchu.gateway.desk.Desk;
import org.mingchu.gateway.desk.Listening;
import org.mingchu.gateway.desk.LostPins;
import org.mingchu.gateway.desk.Sessions;
import org.mingchu.gateway.desk.SignIn;
import org.mingchu.gateway.doctor.Patient;
import org.mingchu.gateway.doctor.StandIn;
import org.mingchu.gateway.judge.EndCause;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Judge;
import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.judge.State;
import org.mingchu.gateway.keep.Allowance;
import org.mingchu.gateway.keep.Diary;
import org.mingchu.gateway.keep.Export;
import org.mingchu.gateway.keep.Home;
import org.mingchu.gateway.keep.Journal;
import org.mingchu.gateway.keep.OwnKeys;
import org.mingchu.gateway.keep.People;
import org.mingchu.gateway.keep.Place;
import org.mingchu.gateway.keep.Places;
import org.mingchu.gateway.keep.Seal;
import org.mingchu.gateway.keep.SiteNote;
import org.mingchu.gateway.keep.StateFolder;
import org.mingchu.gateway.keep.store.JournalException;
import org.mingchu.gateway.show.Page;
import org.mingchu.gateway.show.PublicWall;
import org.mingchu.gateway.show.Verbs;
import org.mingchu.gateway.tell.About;
import org.mingchu.gateway.tell.Courier;
import org.mingchu.gateway.tell.CourierThread;
import org.mingchu.gateway.tell.PahoWire;
import org.mingchu.gateway.tend.CommandFailed;
import org.mingchu.gateway.tend.ExitCode;
import org.mingchu.gateway.tend.Qr;
import org.mingchu.sensors.Flag;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.Probes;
import org.mingchu.sensors.Reading;
import org.mingchu.sensors.Sampler;
import org.mingchu.sensors.Senses;
import org.mingchu.sensors.camera.sip.Registrar;
import org.mingchu.sensors.coap.ProbeKeys;
import org.mingchu.sensors.kernel.BoardSerial;
import org.mingchu.sensors.kernel.KernelClock;
import org.mingchu.sensors.kernel.PowerSupply;
import org.mingchu.sensors.pi.Board;
import org.mingchu.sensors.pi.PiBoard;
import org.mingchu.sensors.pi.TreeBoard;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The running gateway: builds the rooms in the order in which data flows and takes them down in the
 * reverse. One per process.
 */
final class Agent implements Hands, AutoCloseable {
    /** Longest orderly end when the process is told to; systemd would wait for 90 s. */
    private static final Duration END_WITHIN = Duration.ofSeconds(10);

    /** Shortest time between two presses: a loose wire must not wear out the card. */
    private static final long PRESS_EVERY_NS = TimeUnit.SECONDS.toNanos(1);

    /**
     * How often the heap is tidied. Left alone it grows to all it may have before anything is
     * collected for good: 9 MB are in use, and a board with 512 MB would be missing 96.
     */
    static final Duration TIDY_EVERY = Duration.ofMinutes(10);

    /** After so many periods of sampling it counts as watching. */
    private static final int ROUNDS_WATCHED = 2;

    /** Longer than any record. */
    private static final Duration FOREVER = Duration.ofDays(100_000);

    /** Who the radio probes are, in the state folder. */
    static final String PROBES = "probes";

    private static final Path LIFE = Path.of("/");
    private static final Logger LOG = LoggerFactory.getLogger(Agent.class);

    private final Plan plan;
    private final KernelClock clock;
    private final Board board;
    private final Journal journal;
    private final Fittings fittings;
    private final House house;
    private final Desk desk;
    private final Acts acts;
    private final Sessions sessions;
    private final SignIn signIn;
    private final LostPins lostPins;
    private final List<CourierThread> couriers = new ArrayList<>();
    private final Indicators indicators;
    private final Librarian librarian = new Librarian();
    private final MobileMeter meter;
    private final TrendDesk trends;
    private final WeekDesk week;
    private final Listening listening;
    private final DoctorDesk doctor;
    private final DrillDesk drills;
    private final PlaceDesk places;
    private final Screen screen;
    private final Optional<Screen> wall;
    private final AgentConsole console;
    private final Senses senses;
    private final UnaryOperator<List<Reading>> network;
    private final Sampler sampler;
    private final Watchdog watchdog;
    private final Optional<UpsWatch> ups;
    private final Optional<StandIn> standIn;
    private final Runnable watched;
    private final Probes probes;
    private final CountDownLatch closed = new CountDownLatch(1);

    /** The board's thread's own. */
    private long pressedNs;

    /** The house's thread's own: when its first commit was, until it counts as watching. */
    private OptionalLong begunNs = OptionalLong.empty();

    private boolean hasWatched;

    /** The house's thread's own, once it runs. */
    private Optional<HeldButton> button = Optional.empty();

    /**
     * What only the door has.
     *
     * @param home the folder with {@code etc/}
     * @param own the files it was told to follow
     * @param logs folders of logs, which count for the record's budget
     * @param packs the site file under another rule pack, to be asked what it would say
     * @param manager the service manager's ear
     * @param runtime a folder that a boot empties
     * @param standIn what it goes on by when it cannot use those files
     * @param watched what is done once it has watched by this plan; may wait for the disk
     */
    record Door(
            InstantSource wall,
            SecureRandom chance,
            Path home,
            OwnFiles own,
            List<Path> logs,
            String version,
            Function<Path, Checked<Plan>> packs,
            Consumer<String> manager,
            Optional<Path> runtime,
            Optional<StandIn> standIn,
            Runnable watched) {
        Door {
            logs = List.copyOf(logs);
        }
    }

    /**
     * The files that the program was told to follow.
     *
     * @param plan what they say now
     */
    record OwnFiles(Path site, Optional<Path> secrets, Supplier<Checked<Plan>> plan) {}

    /** Watches the kitchen until the process is told to end. */
    static int watch(Plan plan, Secrets secrets, Path root, StateFolder state, Door door) {
        try (var agent = new Agent(plan, secrets, root, state, door)) {
            return agent.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.INTERNAL;
        }
    }

    private Agent(Plan plan, Secrets secrets, Path root, StateFolder state, Door door) {
        var simulated = !root.toAbsolutePath().normalize().equals(LIFE);
        this.plan = plan;
        this.standIn = door.standIn();
        this.watched = door.watched();
        this.clock = new KernelClock(root, door.wall());
        this.board = simulated ? new TreeBoard(root) : new PiBoard();
        this.journal =
                Journal.open(
                        state.path(),
                        () -> place(state, root),
                        door.chance(),
                        clock.now(),
                        Agent::mend);
        journal.allow(allowance(plan, door.logs()));
        this.fittings =
                new Fittings(
                        state.path(),
                        journal,
                        () -> seal(state.path(), plan, door.chance(), clock.now()),
                        clock.now());
        remember(state.path(), plan);
        var judge = new Judge(plan);
        var started = new Fact.Started(door.version(), simulated);
        refuseMixture(new Recovery(plan, judge, journal).lastStart(), started, state.path());
        this.house = new House(plan, judge, journal, clock, this);
        this.desk = new Desk(house::state, fittings::role, house::keep);
        this.acts = acts(judge);
        this.sessions = new Sessions(clock, door.chance(), fittings::role);
        this.signIn =
                new SignIn(
                        new SignIn.Proofs(fittings::role, fittings::isPin, fittings::badgeOf),
                        sessions,
                        clock,
                        house::say);
        this.indicators = new Indicators(plan, board, clock);
        this.drills = drills();
        this.listening = new Listening(clock, indicators::test, house::keep);
        this.lostPins =
                new LostPins(
                        clock,
                        new LostPins.Keys(
                                fittings::claimCode,
                                fittings::role,
                                (person, pin) -> fittings.givePin(person, pin, door.chance())),
                        pin -> People.weakness(pin).isPresent(),
                        house::keep,
                        indicators::test);
        for (var platform : plan.site().platforms()) {
            if (Courier.speaksTo(platform)) {
                couriers.add(
                        CourierThread.of(
                                () -> courier(platform, secrets, started, door.chance()), clock));
            } else {
                LOG.error(
                        "event=platform-unserved id={} encoder={} remedy=\"use native\"",
                        platform.id(),
                        platform.encoder());
            }
        }
        this.meter = new MobileMeter(root, state.path(), clock, plan.site().timeZone());
        librarian.again(MobileMeter.EVERY, meter::look);
        var diary = new Diary(journal);
        this.trends = new TrendDesk(plan, journal, clock, librarian, diary);
        this.week = new WeekDesk(plan, journal, clock, diary);
        this.wall =
                plan.site()
                        .console()
                        .wall()
                        .map(listen -> new Screen(() -> wall(listen, started), Screen.RETRY));
        this.places = new PlaceDesk(plan, new Places(state.path()), fittings::role, house::keep);
        this.doctor =
                new DoctorDesk(
                        () -> patient(root, state.path(), secrets, door),
                        () -> speechless(root, state.path(), secrets, door),
                        () -> testimony().done(state.path()),
                        indicators,
                        clock,
                        door.version(),
                        fittings::role,
                        house::keep,
                        drills,
                        new Scribe(door.home(), state.path()));
        this.screen = new Screen(() -> page(started, door.home()), Screen.RETRY);
        this.probes =
                new Probes(
                        plan,
                        secrets,
                        new Probes.World(
                                simulated ? Set.of(Flag.SIMULATED) : Set.of(),
                                new ProbeKeys(state.path().resolve(PROBES), door.chance()),
                                readings -> house.keep(new Fact.Round(readings)),
                                clock,
                                door.chance()));
        var seeing =
                new Senses.Seeing(
                        probes.registrar().map(Registrar::sensors).orElse(List.of()), state.path());
        this.senses = new Senses(root, board, clock, door.chance());
        this.network = senses.network(plan);
        var beats = senses.beats(plan, secrets, seeing);
        this.sampler = new Sampler(beats, clock, this::round);
        this.watchdog =
                new Watchdog(
                        plan.site().samplingPeriod(),
                        !beats.isEmpty(),
                        door.manager(),
                        new LampGuard(door.runtime()),
                        new Hanging(sampler::heldNs, couriers)::now,
                        what -> LastEnd.will(state.path(), EndCause.HUNG, what));
        LampGuard.pins(state.path(), plan.site().annunciator());
        this.ups =
                plan.site()
                        .board()
                        .ups()
                        .map(battery ->
                                upsWatch(battery, root, state, runtime(root, simulated, door)));
        this.console = console(root, state, started, door);
        LastEnd.of(state.path(), house.state().at(), clock.now())
                .map(this::withStandIn)
                .ifPresent(end -> tellOf(end, state.path()));
        house.begin(started);
        // Not before: whoever sees the page may rely on this start being recorded.
        screen.open();
        wall.ifPresent(this::hang);
    }

    /** A simulation asks its own tree to be switched off, and never the machine it runs on. */
    private static Optional<Path> runtime(Path root, boolean simulated, Door door) {
        return simulated ? Optional.of(root.resolve("run/mingchu")) : door.runtime();
    }

    private UpsWatch upsWatch(Ups battery, Path root, StateFolder state, Optional<Path> runtime) {
        var supply = new PowerSupply(root, battery.supply());
        var platforms = plan.site().platforms();
        return new UpsWatch(
                battery,
                new UpsWatch.World(
                        supply::now,
                        () -> UpsWatch.mains(plan, house.state()),
                        house::say,
                        () -> platforms.stream().allMatch(one -> Uplink.told(one.id(), journal)),
                        () -> screen.changed(),
                        why -> LastEnd.will(state.path(), EndCause.BATTERY, why),
                        runtime),
                clock);
    }

    /**
     * Platforms hear of it with the end of the life that did not have it yet. What stands in the
     * file may be somebody's name, which the record must not have: it gets the place alone.
     */
    private Fact.Restarted withStandIn(Fact.Restarted end) {
        return standIn.map(by ->
                        new Fact.Restarted(
                                end.cause(),
                                "%s; goes on by %s of %s, see %s"
                                        .formatted(
                                                end.detail(),
                                                by.by().word(),
                                                by.since(),
                                                by.place())))
                .orElse(end);
    }

    /** What the next start would have to say again until it is kept. */
    private void tellOf(Fact.Restarted end, Path state) {
        LOG.info("event=restarted after={} detail=\"{}\"", end.cause().word(), end.detail());
        var _ = house.keep(end).thenRun(() -> LastEnd.recorded(state));
    }

    private DrillDesk drills() {
        return new DrillDesk(
                plan,
                house::state,
                from -> journal.read(Lane.ALARM, from, DrillDesk.STEPS_MAX),
                new DrillDesk.Ways() {
                    @Override
                    public void watch() {
                        indicators.watch();
                        screen.watch();
                    }

                    @Override
                    public OptionalLong lamp() {
                        return indicators.driven().red();
                    }

                    @Override
                    public OptionalLong buzzer() {
                        return indicators.driven().buzzer();
                    }

                    @Override
                    public OptionalLong page() {
                        return screen.taken();
                    }

                    @Override
                    public List<String> missing() {
                        return indicators.missing();
                    }

                    @Override
                    public boolean served(String platform) {
                        return plan.site().platforms().stream()
                                .anyMatch(
                                        one -> one.id().equals(platform) && Courier.speaksTo(one));
                    }
                },
                clock,
                fittings::role,
                house::keep);
    }

    /** How things are now, for the doctor. */
    private Patient patient(Path root, Path state, Secrets secrets, Door door) {
        return new Patient(
                root,
                state,
                door.own().site(),
                door.own().secrets(),
                door.own().plan().get(),
                Optional.of(plan),
                secrets,
                clock.now(),
                fittings.provenManagers(),
                Optional.of(testimony().now()));
    }

    private Testimony testimony() {
        return new Testimony(plan, house, journal, indicators, screen, wall, probes, standIn);
    }

    /** The same when disk or record do not answer: nothing is read for it. */
    private Patient speechless(Path root, Path state, Secrets secrets, Door door) {
        return new Patient(
                root,
                state,
                door.own().site(),
                door.own().secrets(),
                new Checked.Good<>(plan, List.of()),
                Optional.of(plan),
                secrets,
                clock.now(),
                OptionalLong.empty(),
                Optional.empty(),
                Patient.Presence.HANGS);
    }

    private void hang(Screen shown) {
        librarian.again(WeekDesk.EVERY, week::look);
        shown.open();
    }

    private PublicWall wall(HostPort listen, Fact.Started started) {
        return new PublicWall(
                listen,
                plan,
                new PublicWall.Facts(
                        house::state,
                        week::week,
                        plan.site().wall().form().map(form -> Qr.of(form.toString()).svg())),
                clock,
                started);
    }

    /** What tells this record from a copy of it, as far as anything does. */
    private static Place place(StateFolder state, Path root) {
        state.settle();
        return place(state.path(), BoardSerial.serial(root));
    }

    /** The same of a folder that nobody else may have. */
    static Place place(Path state, Optional<String> board) {
        try {
            return new Place(state, Home.of(state), board);
        } catch (JournalException e) {
            LOG.warn("event=home-unknown cause=\"{}\"", e.getMessage());
            return new Place(state, "", board);
        }
    }

    /** Saving a damaged file takes long; the kitchen is watched meanwhile. */
    private static void mend(Runnable work) {
        Thread.ofPlatform().daemon().name("mending").start(work);
    }

    private Acts acts(Judge judge) {
        var kitchen = Kitchen.of(plan);
        return new Acts(
                house::state,
                fittings::role,
                new Acts.Site(kitchen.units(), kitchen.planned().keySet()),
                new Acts.Checks(
                        done -> judge.refuses(done, clock.now()),
                        judge::refuses,
                        judge::follows,
                        clock::now),
                house::keep);
    }

    private AgentConsole console(Path root, StateFolder state, Fact.Started started, Door door) {
        var kitchen = Kitchen.of(plan);
        var record =
                new RecordDesk(
                        journal,
                        state.path(),
                        clock,
                        () -> kitchen,
                        () -> terms(state.path(), started));
        var replay =
                new ReplayDesk(
                        journal,
                        pack ->
                                pack.map(door.packs())
                                        .orElseGet(() -> new Checked.Good<>(plan, List.of())));
        return new AgentConsole(
                state,
                new AgentConsole.Desks(
                        record,
                        new RecordQuestions(journal, clock, () -> kitchen),
                        new RecordActs(journal, door.chance(), record, fittings::role, house::keep),
                        replay,
                        new LoadDesk(journal, clock, () -> kitchen),
                        new AlarmDesk(house::state, plan, clock, desk, acts),
                        new UnitDesk(plan, acts),
                        new SensorDesk(plan, house::state, probes, clock),
                        new CameraDesk(plan, acts, senses::relearn),
                        doctor,
                        drills,
                        protocol(root, started),
                        new SelfTestDesk(doctor, signIn, sessions),
                        places));
    }

    private ProtocolDesk protocol(Path root, Fact.Started started) {
        return new ProtocolDesk(
                new ProtocolDesk.Source(
                        plan, started, root, journal, house::state, doctor::findings, clock),
                fittings::role,
                house::keep);
    }

    /** What an export needs of the site file when there is no agent. */
    private static void remember(Path state, Plan plan) {
        var keys = new HashMap<String, String>();
        for (var platform : plan.site().platforms()) {
            platform.witnessKey().ifPresent(key -> keys.put(platform.id(), key));
        }
        SiteNote.remember(state, plan.site().timeZone(), keys);
    }

    private Export.Terms terms(Path state, Fact.Started started) {
        return new Export.Terms(
                Instant.ofEpochMilli(clock.now().wallMs()),
                started.version(),
                started.simulated(),
                SiteNote.of(state));
    }

    /** Without a key nothing is signed; the record is kept all the same. */
    private static Optional<Seal> seal(Path state, Plan plan, SecureRandom chance, Moment now) {
        var identity = plan.site().identity();
        var seal =
                OwnKeys.open(state, chance, now)
                        .map(key ->
                                new Seal(
                                        identity.area(), identity.site(), identity.gateway(), key));
        seal.ifPresent(with -> OwnKeys.remember(state, with));
        return seal;
    }

    private static Allowance allowance(Plan plan, List<Path> logs) {
        return new Allowance(
                plan.pack().retention().keep(Retention.Kind.RAW_READING).orElse(FOREVER),
                (long) plan.site().journalBudgetMib() << 20,
                plan.site().platforms().stream().map(Platform::id).toList(),
                logs);
    }

    /** A record that mixes a played kitchen with a real one would prove nothing. */
    private static void refuseMixture(Optional<Fact.Started> last, Fact.Started now, Path state) {
        if (last.filter(before -> before.simulated() != now.simulated()).isPresent()) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    "state folder %s holds the record of a %s kitchen and this one is %s; give it"
                                    .formatted(
                                            state,
                                            now.simulated() ? "real" : "simulated",
                                            now.simulated() ? "simulated" : "real")
                            + " another --state");
        }
    }

    /** Everything of the state is committed: now it may be seen and heard. */
    @Override
    public void act(State state, Moment now, boolean grown) {
        watchdog.kept(now, grown);
        drills.look(state, now);
        indicators.show(state, now);
        button.ifPresent(held -> held.look(now.upNs()));
        fittings.tend(now, console::open);
        if (grown) {
            couriers.forEach(CourierThread::ring);
            screen.changed();
        }
        couriers.forEach(CourierThread::look);
        if (!hasWatched) {
            lookWhetherWatched(now.upNs());
        }
    }

    /** A plan that ends the program within its first rounds is none to go on by. */
    private void lookWhetherWatched(long upNs) {
        var begun = begunNs.orElse(upNs);
        begunNs = OptionalLong.of(begun);
        var enough = plan.site().samplingPeriod().multipliedBy(ROUNDS_WATCHED).toNanos();
        if (upNs - begun >= enough) {
            hasWatched = true;
            if (standIn.isEmpty()) {
                librarian.once(watched);
            }
        }
    }

    private int run() throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(this::end, "ending"));
        plan.site().annunciator().button().ifPresent(this::watchButton);
        couriers.forEach(CourierThread::start);
        librarian.later(TIDY_EVERY, System::gc);
        sampler.start();
        probes.start();
        ups.ifPresent(UpsWatch::start);
        LOG.info(
                "event=watching site={} units={} page=http://{}:{} epoch={} seq={}",
                plan.site().identity().site(),
                plan.site().units().size(),
                plan.site().console().listen().host(),
                screen.port().orElse(plan.site().console().listen().port()),
                journal.epoch(),
                journal.lastSeq());
        house.run();
        return ExitCode.OK;
    }

    /** SIGTERM: the loop keeps what it has, then everything is taken down in order. */
    private void end() {
        watchdog.ending();
        house.stop();
        try {
            if (!closed.await(END_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.error("event=end-forced after={}", END_WITHIN);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void round(List<Reading> readings) {
        watchdog.sensed(clock.now());
        house.say(new Fact.Round(network.apply(readings)));
    }

    private void watchButton(int bcm) {
        try {
            // The button pulls the pin down; letting go is no second press.
            var input = board.input(bcm, high -> press(!high));
            button = Optional.of(new HeldButton(input, clock.now().upNs(), lostPins::open));
        } catch (Board.BoardException e) {
            LOG.error("event=button-missing {}", e.getMessage());
        }
    }

    private void press(boolean down) {
        var nowNs = clock.now().upNs();
        if (down && nowNs - pressedNs >= PRESS_EVERY_NS) {
            pressedNs = nowNs;
            house.say(new Fact.Silenced(Annunciator.SILENCE_MAX.toMillis()));
        }
    }

    private Page page(Fact.Started started, Path home) {
        var care = new CareDesk(acts, listening, fittings::role);
        var verbs =
                new Verbs(
                        house::state,
                        fittings::tiles,
                        platform -> Uplink.waiting(platform, journal),
                        (alarm, by) ->
                                refusal(
                                        desk.acknowledge(
                                                alarm,
                                                by.person(),
                                                by.strength(),
                                                Optional.empty())),
                        () -> refusal(desk.silence()),
                        care.act(),
                        new Reception(signIn, sessions, lostPins).entrance(),
                        trends,
                        care.aftercare(),
                        doctor.technician(places.album()),
                        () -> ups.flatMap(UpsWatch::battery),
                        standIn.map(by -> by.by().word()));
        return new Page(
                plan.site().console().listen(),
                plan,
                AdviceShelf.in(home.resolve("etc/advice")),
                verbs,
                clock,
                started);
    }

    private Courier courier(
            Platform platform, Secrets secrets, Fact.Started started, SecureRandom chance) {
        var secret =
                platform.credentials()
                        .flatMap(name -> Optional.ofNullable(secrets.byName().get(name)))
                        .orElse(Secrets.Secret.NONE);
        return new Courier(
                platform,
                plan,
                new About(
                        started.version(),
                        started.simulated(),
                        fittings.seal().map(Seal::verifierKey)),
                Uplink.outbox(platform.id(), journal),
                house::state,
                Uplink.notices(platform.id(), house, drills::onTheWay),
                PahoWire.to(platform.url(), secret),
                chance);
    }

    static Optional<String> refusal(Answer answer) {
        return switch (answer) {
            case Answer.Done _ -> Optional.empty();
            case Answer.Refused(var reason) -> Optional.of(reason.word());
        };
    }

    /**
     * Senses first, then what shows and tells, the record last. The outputs are made safe before
     * the platforms hear goodbye: a broker that hangs must not leave the buzzer on.
     */
    @Override
    public void close() {
        ups.ifPresent(UpsWatch::close);
        probes.close();
        sampler.close();
        indicators.close();
        board.close();
        CourierThread.closeAll(couriers, ups.flatMap(UpsWatch::reason).orElse("the program stops"));
        screen.close();
        wall.ifPresent(Screen::close);
        console.close();
        librarian.close();
        meter.look();
        fittings.close();
        journal.close();
        LOG.info("event=ended");
        closed.countDown();
    }
}
