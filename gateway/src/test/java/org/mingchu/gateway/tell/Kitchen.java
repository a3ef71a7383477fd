package org.mingchu.gateway.tell;

import org.mingchu.config.Annunciator;
import org.mingchu.config.Attention;
import org.mingchu.config.Calibration;
import org.mingchu.config.Camera;
import org.mingchu.config.Condition;
import org.mingchu.config.Console;
import org.mingchu.config.Identity;
import org.mingchu.config.Operator;
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
import org.mingchu.config.SiteLimit;
import org.mingchu.config.Source;
import org.mingchu.config.Unit;
import org.mingchu.config.UnitKind;
import org.mingchu.config.Video;
import org.mingchu.config.View;
import org.mingchu.gateway.judge.AlarmChange;
import org.mingchu.gateway.judge.AlarmEvent;
import org.mingchu.gateway.judge.AlarmId;
import org.mingchu.gateway.judge.AlarmState;
import org.mingchu.gateway.judge.Duties;
import org.mingchu.gateway.judge.Food;
import org.mingchu.gateway.judge.SeqRange;
import org.mingchu.gateway.judge.State;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The kitchen of the contract's examples. */
final class Kitchen {
    static final String EPOCH = "9f2c61d07b3a4e55";
    static final String BOOT = "2f0c7b9e-52f2-4f0a-9a0e-6a8b2f7f1c11";
    static final String ROOT = "kfs/v1/gz-liwan/gz-liwan-0042/gw-1/";
    static final String SHA = "0f".repeat(32);
    static final About ABOUT = new About("0.1.0", false, Optional.empty());

    /** 2026-11-22T11:42:10.000+08:00. */
    static final long WALL_MS = 1_795_318_930_000L;

    static final long UP_MS = 912_345_678L;

    private Kitchen() {}

    static Plan plan() {
        return new Plan(site(Optional.of(operator()), units()), pack(), SHA);
    }

    static Plan planWithoutOperator() {
        return new Plan(site(Optional.empty(), units()), pack(), SHA);
    }

    /**
     * One unit with a sensor for everything that can be measured, each called as what it measures.
     */
    static Plan planOfEveryQuantity() {
        var sensors =
                Stream.of(Quantity.values())
                        .map(quantity -> sensor(quantity.word(), quantity, Calibration.NONE))
                        .toList();
        var unit =
                new Unit(
                        "freezer-1",
                        "2号冷冻柜",
                        UnitKind.FREEZER,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        sensors,
                        List.of());
        return new Plan(site(Optional.empty(), List.of(unit)), pack(), SHA);
    }

    static Platform platform(boolean acknowledges) {
        return new Platform(
                "market-regulation",
                URI.create("mqtt://127.0.0.1:1883"),
                Optional.empty(),
                "native",
                View.FULL,
                acknowledges,
                Optional.empty(),
                Optional.empty());
    }

    /** The moment {@code afterMs} milliseconds after 11:42:10.000. */
    static Moment at(long afterMs) {
        return new Moment(
                BOOT, (UP_MS + afterMs) * 1_000_000, WALL_MS + afterMs, ClockState.SYNCED, 12);
    }

    static State nothing() {
        return state(0, Map.of());
    }

    static State state(long seq, Map<State.Key, State.Watching> watching) {
        return new State(
                EPOCH,
                seq,
                Optional.of(at(0)),
                Map.of(),
                Map.of(),
                watching,
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Food.NOTHING,
                Duties.NOTHING,
                Optional.empty());
    }

    /** An alarm of the freezer whose evidence begins at {@code first}. */
    static AlarmEvent freezer(AlarmChange change, AlarmState state, long first) {
        return alarm("freezer-1-air", "freezer-high", Priority.P2, change, state, first);
    }

    static AlarmEvent alarm(
            String subject,
            String rule,
            Priority priority,
            AlarmChange change,
            AlarmState state,
            long first) {
        return new AlarmEvent(
                AlarmId.of(EPOCH, subject, rule, first),
                subject,
                Optional.of("freezer-1"),
                rule,
                "cn-catering",
                "1.0.0",
                false,
                Optional.of("冷冻温度应 ≤ -12 ℃"),
                priority,
                Attention.SITE,
                change,
                state,
                OptionalLong.of(-9_400),
                OptionalLong.of(-12_000),
                Optional.of("Cel"),
                at(-30 * 60_000),
                new SeqRange(first, first + 1),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty());
    }

    private static Operator operator() {
        return new Operator("op-7731", "荔湾颐康餐饮有限公司", LocalDate.of(2026, 3, 1));
    }

    private static Site site(Optional<Operator> operator, List<Unit> units) {
        return new Site(
                1,
                new Identity("gz-liwan", "gz-liwan-0042", "gw-1"),
                "逢源街长者饭堂",
                SiteKind.DINING_HALL,
                ZoneId.of("Asia/Shanghai"),
                "zh-CN",
                operator,
                Optional.empty(),
                List.of(),
                List.of(),
                Duration.ofSeconds(10),
                units,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                new Video(
                        List.of(
                                Camera.of(
                                        "cam-hot",
                                        "热加工间",
                                        new Camera.Stream.Rtsp(
                                                URI.create("rtsp://192.168.1.60:554/stream2")),
                                        Optional.empty())),
                        List.of(),
                        Optional.empty()),
                Annunciator.NONE,
                Console.LOOPBACK,
                List.of(),
                2_048);
    }

    private static List<Unit> units() {
        return List.of(
                new Unit(
                        "cold-1",
                        "1号冷藏柜",
                        UnitKind.CHILLED,
                        Optional.of("粗加工间"),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(
                                sensor(
                                        "cold-1-air",
                                        Quantity.TEMPERATURE,
                                        new Calibration(
                                                -120,
                                                Optional.of("GZ-2026-1187"),
                                                Optional.of(LocalDate.of(2027, 6, 30)))),
                                sensor("cold-1-door", Quantity.DOOR, Calibration.NONE)),
                        List.of()),
                new Unit(
                        "freezer-1",
                        "2号冷冻柜",
                        UnitKind.FREEZER,
                        Optional.empty(),
                        Optional.of("cold-1"),
                        Optional.empty(),
                        List.of(sensor("freezer-1-air", Quantity.TEMPERATURE, Calibration.NONE)),
                        List.of(
                                new SiteLimit(
                                        "freezer-high",
                                        OptionalLong.of(-15_000),
                                        Optional.of(Duration.ofMinutes(20)),
                                        "冰淇淋存放要求",
                                        "p-01"))));
    }

    private static SensorPlan sensor(String id, Quantity quantity, Calibration calibration) {
        return new SensorPlan(
                id, quantity, new Source.Gpio(17), Optional.empty(), calibration, false);
    }

    private static RulePack pack() {
        var delay =
                new Rule.Delay(
                        Duration.ofMinutes(30),
                        Optional.of(Duration.ofMinutes(5)),
                        Duration.ofMinutes(5));
        var high =
                new Rule(
                        "freezer-high",
                        Scope.FREEZER,
                        Optional.of(Quantity.TEMPERATURE),
                        new Condition.Above(-12_000, 1_000),
                        delay,
                        Priority.P2,
                        Attention.SITE,
                        true,
                        Optional.empty(),
                        "freezer-high");
        return new RulePack(
                "cn-catering",
                "1.0.0",
                true,
                List.of(high),
                new RulePack.Proof(Duration.ofMinutes(1), Duration.ofMinutes(10)),
                RulePack.Habits.DEFAULT,
                RulePack.Calls.DEFAULT,
                RulePack.Acts.DEFAULT,
                Retention.DEFAULT,
                SHA);
    }
}
