package org.mingchu.gateway.show;

import org.mingchu.config.Advice;
import org.mingchu.config.AdviceReader;
import org.mingchu.config.Annunciator;
import org.mingchu.config.Attention;
import org.mingchu.config.Calibration;
import org.mingchu.config.Camera;
import org.mingchu.config.CameraVerdict;
import org.mingchu.config.Checked;
import org.mingchu.config.Condition;
import org.mingchu.config.Console;
import org.mingchu.config.HostPort;
import org.mingchu.config.Hours;
import org.mingchu.config.Identity;
import org.mingchu.config.Plan;
import org.mingchu.config.Platform;
import org.mingchu.config.Priority;
import org.mingchu.config.Quantity;
import org.mingchu.config.Retention;
import org.mingchu.config.Rule;
import org.mingchu.config.RulePack;
import org.mingchu.config.Scope;
import org.mingchu.config.SensorPlan;
import org.mingchu.config.Site;
import org.mingchu.config.SiteKind;
import org.mingchu.config.Source;
import org.mingchu.config.Unit;
import org.mingchu.config.UnitKind;
import org.mingchu.config.Video;
import org.mingchu.config.View;
import org.mingchu.gateway.doctor.StandIn;
import org.mingchu.gateway.judge.AlarmChange;
import org.mingchu.gateway.judge.AlarmEvent;
import org.mingchu.gateway.judge.AlarmId;
import org.mingchu.gateway.judge.AlarmState;
import org.mingchu.gateway.judge.Duties;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Food;
import org.mingchu.gateway.judge.LinkState;
import org.mingchu.gateway.judge.Person;
import org.mingchu.gateway.judge.Role;
import org.mingchu.gateway.judge.SeqRange;
import org.mingchu.gateway.judge.State;
import org.mingchu.gateway.judge.State.Heard;
import org.mingchu.gateway.judge.Strength;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Fault;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.Reading;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A kitchen of eight units, two cameras and a platform whose state a test sets by hand. Its clock
 * runs, and can be pushed on.
 */
final class Kitchen {
    static final String EPOCH = "9f2c61d07b3a4e55";
    static final String BOOT = "2f0c7b9e-52f2-4f0a-9a0e-6a8b2f7f1c11";
    static final List<Tile> PEOPLE =
            List.of(
                    new Tile("p-01", "王秀英", Role.MANAGER),
                    new Tile("p-02", "李志强", Role.SAFETY_OFFICER),
                    new Tile("p-03", "陈阿姨", Role.STAFF),
                    new Tile("p-04", "老黄", Role.VOLUNTEER),
                    new Tile("p-09", "赵检查", Role.INSPECTOR));

    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final long WALL_MS = 1_795_405_200_000L; // 2026-11-22 in Guangzhou, by day

    /** From the first of these days on from the present one to the second it is closed. */
    static final Duration CLOSES = Duration.ofDays(31);

    private static final Duration OPENS = Duration.ofDays(40);

    private static final List<String> NAMES =
            List.of("1号冷藏柜", "2号冷冻柜", "3号冷冻柜", "4号冷藏柜", "留样柜", "热菜保温台", "消毒间", "干货仓");
    private static final List<UnitKind> KINDS =
            List.of(
                    UnitKind.CHILLED,
                    UnitKind.FREEZER,
                    UnitKind.FREEZER,
                    UnitKind.CHILLED,
                    UnitKind.SAMPLE_FRIDGE,
                    UnitKind.HOT_HOLDING,
                    UnitKind.AMBIENT,
                    UnitKind.AMBIENT);
    private static final List<Long> VALUES =
            List.of(4_060L, -19_400L, -18_250L, 3_900L, 5_125L, 66_500L, 21_300L, 24_900L);

    final Plan plan;
    private final AtomicReference<State> state;
    private final AtomicLong pushedNs = new AtomicLong();

    Kitchen() {
        this(8);
    }

    Kitchen(int units) {
        this(units, UnaryOperator.identity());
    }

    /**
     * @param naming what becomes of each text that somebody writes into a site file
     */
    Kitchen(int units, UnaryOperator<String> naming) {
        plan = plan(units, naming);
        state = new AtomicReference<>(quiet());
    }

    State state() {
        return state.get();
    }

    private static Hours hours() {
        var today = LocalDate.ofInstant(Instant.ofEpochMilli(wallMs(System.nanoTime())), ZONE);
        var holiday =
                new Hours.Closure(
                        today.plusDays(CLOSES.toDays()), today.plusDays(OPENS.toDays()), "假期");
        return new Hours(List.of(), List.of(holiday));
    }

    private static long wallMs(long upNs) {
        return WALL_MS + upNs / 1_000_000;
    }

    Moment now() {
        var upNs = System.nanoTime() + pushedNs.get();
        return new Moment(BOOT, upNs, wallMs(upNs), ClockState.SYNCED, 12);
    }

    void push(Duration time) {
        pushedNs.addAndGet(time.toNanos());
    }

    void set(State then) {
        state.set(then);
    }

    /** A fresh good reading of every sensor and camera. */
    void readAll() {
        state.updateAndGet(s -> with(s, quiet().heard(), s.watching(), s.silencedUntil()));
    }

    void silent(String subject, Fault fault) {
        hear(new Reading.Silent(subject, fault, "w1 slave is gone"));
    }

    void measured(String subject, Quantity quantity, long milli) {
        hear(new Reading.Measured(subject, quantity, milli, milli, 200_000_000, Set.of()));
    }

    void hear(Reading reading) {
        state.updateAndGet(s -> {
            var before = Optional.ofNullable(s.heard().get(reading.subject()));
            var good = !(reading instanceof Reading.Silent);
            var heard = new HashMap<>(s.heard());
            heard.put(
                    reading.subject(),
                    new Heard(
                            reading,
                            now(),
                            s.seq() + 1,
                            good ? Optional.of(reading) : before.flatMap(Heard::lastGood),
                            good
                                    ? Optional.of(now())
                                    : before.flatMap(Heard::lastGoodAt)
                                            .map(at -> at.before(30_000_000_000L))));
            return with(s, heard, s.watching(), s.silencedUntil());
        });
    }

    /** Raises the freezer's alarm, begun 35 minutes ago. */
    AlarmEvent raiseFreezer() {
        measured("u2-air", Quantity.TEMPERATURE, -9_400);
        return raise("u2-air", Optional.of("u2"), "freezer-high", Priority.P2, -12_000);
    }

    /** The record is kept in memory only. */
    AlarmEvent raiseStorage() {
        return raise("gateway", Optional.empty(), "storage", Priority.P2, OptionalLong.empty());
    }

    AlarmEvent raise(
            String subject, Optional<String> unit, String rule, Priority priority, long limit) {
        return raise(subject, unit, rule, priority, OptionalLong.of(limit));
    }

    private AlarmEvent raise(
            String subject,
            Optional<String> unit,
            String rule,
            Priority priority,
            OptionalLong limit) {
        var since = now().before(Duration.ofMinutes(35).toNanos());
        var event =
                new AlarmEvent(
                        AlarmId.of(EPOCH, subject, rule, 17_980),
                        subject,
                        unit,
                        rule,
                        "cn-catering",
                        "1.0.0",
                        false,
                        Optional.of("冷冻温度应 ≤ -12 ℃"),
                        priority,
                        Attention.SITE,
                        AlarmChange.RAISED,
                        AlarmState.UNACK_ACTIVE,
                        limit.isPresent()
                                ? OptionalLong.of(limit.getAsLong() + 2_600)
                                : OptionalLong.empty(),
                        limit,
                        limit.isPresent() ? Optional.of("Cel") : Optional.empty(),
                        since,
                        new SeqRange(17_980, 18_233),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        OptionalLong.empty());
        put(event);
        return event;
    }

    /** What the judge makes of an acknowledgement. */
    void acknowledged(AlarmEvent event, String person) {
        put(
                changed(
                        event,
                        AlarmChange.ACKNOWLEDGED,
                        AlarmState.ACK_ACTIVE,
                        Optional.of(new Person(person, Role.STAFF, Strength.TAP))));
    }

    void returnedUnseen(AlarmEvent event) {
        put(changed(event, AlarmChange.RETURNED, AlarmState.UNACK_RETURNED, Optional.empty()));
    }

    void silenced(Duration time) {
        var until = now().before(-time.toNanos());
        state.updateAndGet(s -> with(s, s.heard(), s.watching(), Optional.of(until)));
    }

    void link(LinkState link, String reason) {
        state.updateAndGet(s ->
                new State(
                        s.epoch(),
                        s.seq() + 1,
                        Optional.of(now()),
                        s.heard(),
                        s.traces(),
                        s.watching(),
                        Map.of("market-regulation", new State.LinkView(link, reason, now())),
                        s.doubts(),
                        s.acts(),
                        s.services(),
                        s.shelves(),
                        s.food(),
                        s.duties(),
                        s.silencedUntil()));
    }

    void doubt(String unit) {
        state.updateAndGet(s ->
                new State(
                        s.epoch(),
                        s.seq() + 1,
                        Optional.of(now()),
                        s.heard(),
                        s.traces(),
                        s.watching(),
                        s.links(),
                        Map.of(
                                unit,
                                new State.Doubt(
                                        now(),
                                        now(),
                                        OptionalLong.empty(),
                                        OptionalLong.empty(),
                                        true,
                                        Optional.empty())),
                        s.acts(),
                        s.services(),
                        s.shelves(),
                        s.food(),
                        s.duties(),
                        s.silencedUntil()));
    }

    /** The shipped advice, as the composition root reads it. */
    static List<Advice> advice() {
        return Stream.of("zh-CN", "en")
                .map(language -> Path.of("src/main/etc/advice", language + ".toml"))
                .map(file -> ((Checked.Good<Advice>) AdviceReader.read(file)).value())
                .toList();
    }

    private void put(AlarmEvent event) {
        state.updateAndGet(s -> {
            var watching = new HashMap<>(s.watching());
            watching.put(
                    new State.Key(event.subject(), event.rule()),
                    new State.Watching(
                            Optional.empty(),
                            Optional.of(
                                    new State.Open(
                                            event, event.since(), event.since(), event.since())),
                            Optional.empty(),
                            Optional.empty()));
            return with(s, s.heard(), watching, s.silencedUntil());
        });
    }

    private static AlarmEvent changed(
            AlarmEvent e, AlarmChange change, AlarmState state, Optional<Person> person) {
        return new AlarmEvent(
                e.id(),
                e.subject(),
                e.unit(),
                e.rule(),
                e.rulePack(),
                e.rulePackVersion(),
                e.override(),
                e.basis(),
                e.priority(),
                e.attention(),
                change,
                state,
                e.valueMilli(),
                e.limitMilli(),
                e.unitOfMeasure(),
                e.since(),
                e.evidence(),
                person,
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty());
    }

    private State with(
            State s,
            Map<String, Heard> heard,
            Map<State.Key, State.Watching> watching,
            Optional<Moment> until) {
        return new State(
                s.epoch(),
                s.seq() + 1,
                Optional.of(now()),
                heard,
                s.traces(),
                watching,
                s.links(),
                s.doubts(),
                s.acts(),
                s.services(),
                s.shelves(),
                s.food(),
                s.duties(),
                until);
    }

    private State quiet() {
        var heard = new HashMap<String, Heard>();
        for (var unit : plan.site().units()) {
            for (var sensor : unit.sensors()) {
                var i = Integer.parseInt(unit.id().substring(1)) - 1;
                var milli = sensor.measures() == Quantity.DOOR ? 0 : VALUES.get(i % VALUES.size());
                put(
                        heard,
                        new Reading.Measured(
                                sensor.id(),
                                sensor.measures(),
                                milli,
                                milli,
                                200_000_000,
                                Set.of()));
            }
        }
        for (var camera : plan.site().cameras()) {
            put(heard, new Reading.Seen(camera.id(), CameraVerdict.HEALTHY, 0));
        }
        var up = Map.of("market-regulation", new State.LinkView(LinkState.UP, "", now()));
        return new State(
                EPOCH,
                18_234,
                Optional.of(now()),
                heard,
                Map.of(),
                Map.of(),
                up,
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Food.NOTHING,
                Duties.NOTHING,
                Optional.empty());
    }

    private void put(Map<String, Heard> heard, Reading reading) {
        heard.put(
                reading.subject(),
                new Heard(reading, now(), 18_234, Optional.of(reading), Optional.of(now())));
    }

    private static Plan plan(int count, UnaryOperator<String> naming) {
        var units = new ArrayList<Unit>();
        for (var i = 0; i < count; i++) {
            units.add(unit(i, naming));
        }
        return new Plan(site(units, naming), pack(), "00");
    }

    private static Unit unit(int i, UnaryOperator<String> naming) {
        var id = "u" + (i + 1);
        var air = sensor(id + "-air", Quantity.TEMPERATURE, new Source.W1("28-0316a2795df" + i));
        var door = sensor(id + "-door", Quantity.DOOR, new Source.Gpio(17));
        return new Unit(
                id,
                naming.apply(NAMES.get(i % NAMES.size())),
                KINDS.get(i % KINDS.size()),
                Optional.of(naming.apply("粗加工间")),
                Optional.empty(),
                Optional.empty(),
                i == 0 ? List.of(air, door) : List.of(air),
                List.of());
    }

    private static SensorPlan sensor(String id, Quantity quantity, Source source) {
        return new SensorPlan(id, quantity, source, Optional.empty(), Calibration.NONE, false);
    }

    private static Site site(List<Unit> units, UnaryOperator<String> naming) {
        return new Site(
                1,
                new Identity("gz-liwan", "gz-liwan-0042", "gw-1"),
                naming.apply("逢源街长者饭堂"),
                SiteKind.DINING_HALL,
                ZONE,
                "zh-CN",
                Optional.empty(),
                Optional.of(hours()),
                List.of(),
                List.of(),
                Duration.ofSeconds(10),
                units,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                new Video(
                        List.of(
                                camera("cam-hot", naming.apply("热加工间")),
                                camera("cam-cut", naming.apply("切配间"))),
                        List.of(),
                        Optional.empty()),
                new Annunciator(
                        OptionalInt.of(22),
                        OptionalInt.of(23),
                        OptionalInt.of(24),
                        OptionalInt.of(25),
                        OptionalInt.of(5)),
                new Console(new HostPort("127.0.0.1", 0), Optional.empty(), Console.Face.FULL),
                List.of(
                        new Platform(
                                "market-regulation",
                                URI.create("mqtts://supervision.example:8883"),
                                Optional.empty(),
                                "native",
                                View.FULL,
                                true,
                                Optional.empty(),
                                Optional.empty())),
                2_048);
    }

    private static Camera camera(String id, String name) {
        return Camera.of(
                id,
                name,
                new Camera.Stream.Rtsp(URI.create("rtsp://192.168.1.60:554/stream2")),
                Optional.empty());
    }

    private static RulePack pack() {
        return new RulePack(
                "cn-catering",
                "1.0.0",
                true,
                List.of(
                        limit("chilled-high", Scope.CHILLED, new Condition.Above(8_000, 500)),
                        limit("sample-high", Scope.SAMPLE_FRIDGE, new Condition.Above(8_000, 500)),
                        limit("sample-low", Scope.SAMPLE_FRIDGE, new Condition.Below(0, 500)),
                        limit("freezer-high", Scope.FREEZER, new Condition.Above(-12_000, 1_000)),
                        limit("hot-low", Scope.HOT_HOLDING, new Condition.Below(60_000, 1_000)),
                        rule("sensor-silent", Scope.ANY, new Condition.Silent(3)),
                        rule("sensor-fault", Scope.ANY, new Condition.Faulty(3)),
                        rule("camera-lost", Scope.CAMERA, Condition.Camera.lost()),
                        rule("uplink-lost", Scope.GATEWAY, new Condition.UplinkLost()),
                        rule("storage", Scope.GATEWAY, new Condition.StorageLost())),
                new RulePack.Proof(Duration.ofMinutes(10), Duration.ofMinutes(10)),
                RulePack.Habits.DEFAULT,
                RulePack.Calls.DEFAULT,
                RulePack.Acts.DEFAULT,
                Retention.DEFAULT,
                "00");
    }

    private static Rule limit(String id, Scope scope, Condition when) {
        return rule(id, scope, Optional.of(Quantity.TEMPERATURE), when);
    }

    private static Rule rule(String id, Scope scope, Condition when) {
        return rule(id, scope, Optional.empty(), when);
    }

    private static Rule rule(String id, Scope scope, Optional<Quantity> measures, Condition when) {
        return new Rule(
                id,
                scope,
                measures,
                when,
                new Rule.Delay(Duration.ofMinutes(30), Optional.empty(), Duration.ofMinutes(5)),
                Priority.P2,
                Attention.SITE,
                true,
                Optional.empty(),
                id);
    }

    /** What the composition root would hand in, with acts that do nothing. */
    Verbs verbs(Verbs.Acknowledge acknowledge, Verbs.Silence silence) {
        return verbs(acknowledge, silence, (_, _) -> Optional.empty());
    }

    Verbs verbs(Verbs.Acknowledge acknowledge, Verbs.Silence silence, Verbs.Act act) {
        return verbs(acknowledge, silence, act, Entrance.CLOSED);
    }

    Verbs verbs(
            Verbs.Acknowledge acknowledge,
            Verbs.Silence silence,
            Verbs.Act act,
            Entrance entrance) {
        return verbs(acknowledge, silence, act, entrance, (_, _) -> new Trends.Answer.Unknown());
    }

    /** A page of a board that runs on its battery. */
    Verbs on(Battery battery) {
        return on(Optional.of(battery), Optional.empty());
    }

    /** A page of a gateway that goes on by this, for its files cannot be used. */
    Verbs on(StandIn.By standIn) {
        return on(Optional.empty(), Optional.of(standIn.word()));
    }

    private Verbs on(Optional<Battery> battery, Optional<String> standIn) {
        var mains = verbs((_, _) -> Optional.empty(), Optional::empty);
        return new Verbs(
                mains.state(),
                mains.people(),
                mains.waiting(),
                mains.acknowledge(),
                mains.silence(),
                mains.act(),
                mains.entrance(),
                mains.trends(),
                mains.aftercare(),
                mains.technician(),
                () -> battery,
                standIn);
    }

    /** A page whose people only look back. */
    Verbs verbs(Trends trends) {
        return verbs(
                (_, _) -> Optional.empty(),
                Optional::empty,
                (_, _) -> Optional.empty(),
                Entrance.CLOSED,
                trends);
    }

    private Verbs verbs(
            Verbs.Acknowledge acknowledge,
            Verbs.Silence silence,
            Verbs.Act act,
            Entrance entrance,
            Trends trends) {
        return new Verbs(
                this::state,
                () -> PEOPLE,
                _ -> 132,
                acknowledge,
                silence,
                act,
                entrance,
                trends,
                Aftercare.NONE,
                Technician.NONE);
    }

    /** A page over this kitchen at a free port of this machine. */
    Page page(Verbs verbs) {
        return new Page(
                new HostPort("127.0.0.1", 0),
                plan,
                advice(),
                verbs,
                this::now,
                new Fact.Started("0.1.0", true));
    }
}
