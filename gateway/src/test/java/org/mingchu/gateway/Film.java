package org.mingchu.gateway;

import org.mingchu.config.Checked;
import org.mingchu.config.Plan;
import org.mingchu.config.PlanReader;
import org.mingchu.gateway.judge.AlarmEvent;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Glance;
import org.mingchu.gateway.judge.Judge;
import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.judge.Person;
import org.mingchu.gateway.judge.Role;
import org.mingchu.gateway.judge.State;
import org.mingchu.gateway.judge.Strength;
import org.mingchu.gateway.keep.Journal;
import org.mingchu.gateway.keep.Seal;
import org.mingchu.gateway.keep.proof.DeviceKey;
import org.mingchu.gateway.tell.About;
import org.mingchu.gateway.tell.Courier;
import org.mingchu.simulator.platform.Contract;
import org.mingchu.simulator.platform.Supervisor;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/**
 * The production house on one thread under virtual time: memory store, weather in the same process,
 * a platform without a network. The same seed gives the same bytes.
 */
final class Film implements AutoCloseable {
    private static final Person COOK = new Person("p-03", Role.STAFF, Strength.TAP);
    private static final Fact.Started STARTED = new Fact.Started("film", true);

    /** How long an alarm sounds before somebody comes. */
    private static final Duration SOMEBODY_COMES = Duration.ofMinutes(7);

    private final Plan plan;
    private final Judge judge;
    private final Glance glance;
    private final FilmKitchen kitchen;
    private final FilmClock clock = new FilmClock();
    private final Random chance;
    private final Script script;
    private final Supervisor supervisor;
    private final FilmWire.FilmLink link;
    private final NavigableSet<Long> killsLeft;
    private Journal journal;
    private House house;
    private Courier courier;
    private final DrillDesk drills;
    private OptionalLong pageTaken = OptionalLong.empty();
    private int kills;
    private long playedNs;
    private final List<String> signals = new ArrayList<>();

    /**
     * What is played.
     *
     * @param outages whether the link to the platform comes and goes
     * @param killAt the process is killed after the wake that reaches each of these entries
     */
    record Script(long seed, Duration length, boolean outages, List<Long> killAt) {
        static Script of(long seed, Duration length) {
            return new Script(seed, length, true, List.of());
        }
    }

    Film(Script script) {
        this.script = script;
        this.plan = plan();
        this.judge = new Judge(plan);
        this.glance = new Glance(plan);
        this.kitchen = new FilmKitchen(plan, script.seed(), script.length());
        this.chance = new Random(script.seed());
        this.supervisor = new Supervisor(Contract.read(Path.of("src", "main", "contract")));
        this.link = new FilmWire.FilmLink(supervisor, clock);
        this.killsLeft = new TreeSet<>(script.killAt());
        this.journal = Journal.inMemory(new Random(script.seed()), clock.now());
        this.drills = drills();
        build();
    }

    private DrillDesk drills() {
        return new DrillDesk(
                plan,
                () -> house.state(),
                from -> journal.read(Lane.ALARM, from, DrillDesk.STEPS_MAX),
                new DrillDesk.Ways() {
                    @Override
                    public void watch() {
                        pageTaken = OptionalLong.empty();
                    }

                    @Override
                    public OptionalLong lamp() {
                        return OptionalLong.empty();
                    }

                    @Override
                    public OptionalLong buzzer() {
                        return OptionalLong.empty();
                    }

                    @Override
                    public OptionalLong page() {
                        return pageTaken;
                    }

                    @Override
                    public List<String> missing() {
                        return List.of();
                    }

                    @Override
                    public boolean served(String platform) {
                        return true;
                    }
                },
                clock,
                id ->
                        id.equals("p-05")
                                ? Optional.of(Role.TECHNICIAN)
                                : id.equals("p-03") ? Optional.of(Role.STAFF) : Optional.empty(),
                fact -> {
                    house.say(fact);
                    return CompletableFuture.completedFuture(1L);
                });
    }

    /** Where somebody has an alarm tried. */
    DrillDesk drillDesk() {
        return drills;
    }

    /** A browser has taken what is shown. */
    void pageIsTaken() {
        pageTaken = OptionalLong.of(clock.now().upNs());
    }

    /** The latest messages the platform has had. */
    List<String> heard() {
        return link.heard();
    }

    /** The link to the platform comes, or goes. */
    void link(boolean up) {
        link.up(up);
    }

    /** Somebody says something, and it is kept and told. */
    void says(Fact fact) {
        house.say(fact);
        wake();
    }

    /** Nothing more happens for so long; the loop wakes each second, as on a machine. */
    void passes(Duration time) {
        var untilNs = clock.now().upNs() + time.toNanos();
        while (clock.now().upNs() < untilNs) {
            wakeUntil(Math.min(untilNs, clock.now().upNs() + House.SLEEP_MAX.toNanos()));
            wake();
        }
    }

    /** Plays to the end, then lets the platform catch up. */
    Film play() {
        return playUntil(script.length()).catchUp();
    }

    /** Plays on to a moment of the film. */
    Film playUntil(Duration until) {
        var periodNs = plan.site().samplingPeriod().toNanos();
        for (playedNs += periodNs; playedNs <= until.toNanos(); playedNs += periodNs) {
            var atNs = playedNs;
            wakeUntil(atNs);
            weatherOfTheLink();
            house.say(new Fact.Round(kitchen.round(Duration.ofNanos(atNs).toMillis())));
            somebodyComes();
            wake();
            if (!killsLeft.isEmpty() && journal.lastSeq() >= killsLeft.first()) {
                kill();
            }
        }
        playedNs -= periodNs;
        return this;
    }

    /** The link is up, and nothing more happens for a while. */
    Film catchUp() {
        link.up(true);
        wakeUntil(clock.now().upNs() + Duration.ofHours(2).toNanos());
        return this;
    }

    /** The process ends, and the next one finds what somebody has put in the journal's place. */
    Film restore(byte[] image) {
        kills++;
        journal.close();
        journal = Journal.inMemory(image, new Random(script.seed() + kills));
        build();
        return this;
    }

    Journal journal() {
        return journal;
    }

    Supervisor supervisor() {
        return supervisor;
    }

    House house() {
        return house;
    }

    int kills() {
        return kills;
    }

    /** Every alarm event with all that does not depend on how many entries a restart adds. */
    List<String> timeline() {
        var lines = new ArrayList<String>();
        for (var page = journal.read(1, 1000);
                !page.isEmpty();
                page = journal.read(page.getLast().seq() + 1, 1000)) {
            for (var entry : page) {
                if (entry.fact() instanceof Fact.Alarm(AlarmEvent event)) {
                    lines.add(
                            "%d %s %s %s %s since %d value %s"
                                    .formatted(
                                            entry.at().upNs(),
                                            event.subject(),
                                            event.rule(),
                                            event.change().word(),
                                            event.state().word(),
                                            event.since().upNs(),
                                            event.valueMilli()));
                }
            }
        }
        return lines;
    }

    /** One hash over the bytes of every entry. */
    String journalHash() {
        try {
            var hash = MessageDigest.getInstance("SHA-256");
            for (var seq = 1L; seq <= journal.lastSeq(); seq++) {
                hash.update(journal.bytes(seq));
            }
            return HexFormat.of().formatHex(hash.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    /** What lamps and buzzer were told, each change with its time. */
    List<String> signals() {
        return List.copyOf(signals);
    }

    @Override
    public void close() {
        journal.close();
    }

    static Plan plan() {
        return switch (PlanReader.read(
                Path.of("src", "test", "resources", "film", "site.toml"),
                Path.of("src", "main", "etc", "rules"))) {
            case Checked.Good<Plan>(var plan, _) -> plan;
            case Checked.Bad<Plan>(var problems) ->
                    throw new AssertionError("the film's site file: " + problems);
        };
    }

    /** The key comes from the seed, so that checkpoints are the same bytes each time. */
    private Seal seal() {
        var identity = plan.site().identity();
        var seed = new byte[32];
        new Random(script.seed()).nextBytes(seed);
        return new Seal(identity.area(), identity.site(), identity.gateway(), DeviceKey.of(seed));
    }

    private void build() {
        journal.sealWith(seal());
        house =
                new House(
                        plan,
                        judge,
                        journal,
                        clock,
                        (state, now, _) -> {
                            drills.look(state, now);
                            note(state);
                        });
        var platform = plan.site().platforms().getFirst();
        courier =
                new Courier(
                        platform,
                        plan,
                        new About(STARTED.version(), STARTED.simulated(), Optional.empty()),
                        Uplink.outbox(platform.id(), journal),
                        house::state,
                        Uplink.notices(platform.id(), house, drills::onTheWay),
                        link.wires(),
                        new Random(script.seed() + kills));
        house.begin(STARTED);
    }

    /** SIGKILL and a restart: all that is left is what was committed. */
    private void kill() {
        killsLeft.headSet(journal.lastSeq(), true).clear();
        kills++;
        var image = journal.image();
        journal.close();
        journal = Journal.inMemory(image, new Random(1));
        build();
    }

    private void wakeUntil(long untilNs) {
        var next = nextWakeNs();
        while (next < untilNs) {
            clock.advanceTo(next);
            wake();
            next = Math.max(next + 1, nextWakeNs());
        }
        clock.advanceTo(untilNs);
    }

    private long nextWakeNs() {
        var judged = judge.nextDeadlineUpNs(house.state()).orElse(Long.MAX_VALUE);
        return Math.min(judged, courierWakeNs);
    }

    private long courierWakeNs;

    /** One wake of the house and as many of the courier as it has something under way. */
    private void wake() {
        house.step();
        courier.ring();
        courierWakeNs = courier.step(clock.now());
        while (link.pump()) {
            courierWakeNs = courier.step(clock.now());
        }
        house.step();
    }

    private void weatherOfTheLink() {
        if (script.outages() && chance.nextInt(link.up() ? 400 : 180) == 0) {
            link.up(!link.up());
        }
    }

    /** A cook takes the most urgent alarm some minutes after it began to sound. */
    private void somebodyComes() {
        var now = clock.now();
        glance.alarms(house.state()).stream()
                .filter(alarm ->
                        alarm.person().isEmpty()
                                && now.upNs() - alarm.since().upNs() > SOMEBODY_COMES.toNanos())
                .findFirst()
                .ifPresent(alarm ->
                        house.say(new Fact.Acknowledged(alarm.id(), COOK, Optional.empty())));
    }

    private void note(State state) {
        var sounding = glance.sounding(state, clock.now());
        var line = sounding.map(Enum::name).orElse("quiet");
        if (signals.isEmpty() || !signals.getLast().endsWith(line)) {
            signals.add(clock.now().upNs() + " " + line);
        }
    }
}
