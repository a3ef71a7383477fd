package org.mingchu.gateway.judge;

import org.mingchu.config.Annunciator;
import org.mingchu.config.Attention;
import org.mingchu.config.Calibration;
import org.mingchu.config.Camera;
import org.mingchu.config.Condition;
import org.mingchu.config.Console;
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
import org.mingchu.config.SiteLimit;
import org.mingchu.config.Source;
import org.mingchu.config.Unit;
import org.mingchu.config.UnitKind;
import org.mingchu.config.Video;
import org.mingchu.config.View;

import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Plans for tests: a small kitchen, sampled once a minute, under rules as in DOMAIN.md 3.5. */
final class Plans {
    static final Duration PERIOD = Duration.ofMinutes(1);

    /** Outage: a hole of more than 5 min; proven again after 30 min in range. */
    static final RulePack.Proof PROOF =
            new RulePack.Proof(Duration.ofMinutes(5), Duration.ofMinutes(30));

    static final Rule CHILLED_HIGH =
            rule("chilled-high", Scope.CHILLED, Priority.P2, above(8.0, 0.5), "10m", "5m")
                    .measuring(Quantity.TEMPERATURE);
    static final Rule CHILLED_LOW =
            rule("chilled-low", Scope.CHILLED, Priority.P3, below(0.0, 0.5), "30m", "5m")
                    .measuring(Quantity.TEMPERATURE);
    static final Rule FREEZER_HIGH =
            rule("freezer-high", Scope.FREEZER, Priority.P2, above(-12.0, 1.0), "30m", "5m")
                    .measuring(Quantity.TEMPERATURE);
    static final Rule DOOR_OPEN =
            rule("door-open", Scope.ANY, Priority.P3, new Condition.Open(), "5m", "10s")
                    .measuring(Quantity.DOOR);
    static final Rule SILENT =
            rule("sensor-silent", Scope.ANY, Priority.P2, new Condition.Silent(3), "0s", "0s")
                    .plain();
    static final Rule FAULTY =
            rule("sensor-faulty", Scope.ANY, Priority.P2, new Condition.Faulty(3), "0s", "0s")
                    .plain();
    static final Rule CAMERA_LOST =
            rule("camera-lost", Scope.CAMERA, Priority.P3, Condition.Camera.lost(), "3m", "1m")
                    .plain();
    static final Rule UPLINK_LOST =
            rule("uplink-lost", Scope.GATEWAY, Priority.P3, new Condition.UplinkLost(), "15m", "2m")
                    .plain();
    static final Rule STORAGE_LOST =
            rule("storage", Scope.GATEWAY, Priority.P2, new Condition.StorageLost(), "0s", "0s")
                    .plain();
    static final Rule STORAGE_LOW =
            rule(
                            "storage-low",
                            Scope.GATEWAY,
                            Priority.P3,
                            new Condition.StorageLow(),
                            "10m",
                            "10m")
                    .plain();

    static final List<Rule> ALL =
            List.of(
                    CHILLED_HIGH,
                    CHILLED_LOW,
                    FREEZER_HIGH,
                    DOOR_OPEN,
                    SILENT,
                    FAULTY,
                    CAMERA_LOST,
                    UPLINK_LOST);

    /** A pack whose outages ask for a person. */
    static Plan checked(Rule... rules) {
        var proof =
                new RulePack.Proof(
                        PROOF.outageLongerThan(),
                        PROOF.inRangeFor(),
                        Optional.of(PROOF.outageLongerThan()),
                        Duration.ofHours(4),
                        Duration.ofHours(24));
        var pack =
                new RulePack(
                        "test-pack",
                        "1.2.3",
                        true,
                        List.of(rules),
                        proof,
                        RulePack.Habits.DEFAULT,
                        RulePack.Calls.DEFAULT,
                        RulePack.Acts.DEFAULT,
                        Retention.DEFAULT,
                        "00");
        return plan(pack, List.of(fridgeUnit()), 0);
    }

    private Plans() {}

    /** A rule in the making. */
    record Draft(
            String id, Scope scope, Priority priority, Condition when, Duration on, Duration off) {
        Rule measuring(Quantity quantity) {
            return with(Optional.of(quantity), Attention.SITE);
        }

        Rule plain() {
            return with(Optional.empty(), Attention.SITE);
        }

        Rule with(Optional<Quantity> measures, Attention attention) {
            return new Rule(
                    id,
                    scope,
                    measures,
                    when,
                    new Rule.Delay(on, Optional.of(Duration.ofSeconds(1)), off),
                    priority,
                    attention,
                    true,
                    Optional.of(new Rule.Basis("basis of " + id, "source", "unverified")),
                    id);
        }
    }

    static Draft rule(
            String id, Scope scope, Priority priority, Condition when, String on, String off) {
        return new Draft(id, scope, priority, when, time(on), time(off));
    }

    /** The same rule, its alarms protected from being hidden. */
    static Rule guarded(Rule rule, Rule.Guard guard) {
        return new Rule(
                rule.id(),
                rule.scope(),
                rule.measures(),
                rule.when(),
                rule.delay(),
                rule.priority(),
                rule.attention(),
                rule.legal(),
                rule.basis(),
                rule.advice(),
                guard);
    }

    /** {@code "90s"}, {@code "10m"}, {@code "1h"}. */
    static Duration time(String text) {
        return Duration.parse("PT" + text);
    }

    static Condition above(double limit, double deadband) {
        return new Condition.Above(Math.round(limit * 1000), Math.round(deadband * 1000));
    }

    static Condition below(double limit, double deadband) {
        return new Condition.Below(Math.round(limit * 1000), Math.round(deadband * 1000));
    }

    /** One fridge with one air probe, "air", under the rules given. */
    static Plan fridge(Rule... rules) {
        return plan(List.of(rules), List.of(fridgeUnit()), 0);
    }

    static Unit fridgeUnit() {
        return unit("cold-1", UnitKind.CHILLED, sensor("air", Quantity.TEMPERATURE));
    }

    /** A fridge with a door, a freezer, a camera and two platforms, under all rules. */
    static Plan kitchen() {
        return plan(
                ALL,
                List.of(
                        unit(
                                "cold-1",
                                UnitKind.CHILLED,
                                sensor("air", Quantity.TEMPERATURE),
                                sensor("door", Quantity.DOOR)),
                        unit("frost-1", UnitKind.FREEZER, sensor("frost", Quantity.TEMPERATURE))),
                2);
    }

    static Plan plan(List<Rule> rules, List<Unit> units, int platforms) {
        return plan(
                new RulePack(
                        "test-pack",
                        "1.2.3",
                        true,
                        rules,
                        PROOF,
                        RulePack.Habits.DEFAULT,
                        RulePack.Calls.DEFAULT,
                        RulePack.Acts.DEFAULT,
                        Retention.DEFAULT,
                        "00"),
                units,
                platforms);
    }

    static Plan plan(RulePack pack, List<Unit> units, int platforms) {
        var site =
                new Site(
                        1,
                        new Identity("area", "site", "gw"),
                        "kitchen",
                        SiteKind.DINING_HALL,
                        ZoneId.of("Asia/Shanghai"),
                        "zh-CN",
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        PERIOD,
                        units,
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        new Video(List.of(camera()), List.of(), Optional.empty()),
                        Annunciator.NONE,
                        Console.LOOPBACK,
                        platforms(platforms),
                        2_048);
        return new Plan(site, pack, "00");
    }

    static Unit unit(String id, UnitKind kind, SensorPlan... sensors) {
        return overridden(id, kind, List.of(), sensors);
    }

    static Unit overridden(
            String id, UnitKind kind, List<SiteLimit> overrides, SensorPlan... sensors) {
        return new Unit(
                id,
                id,
                kind,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(sensors),
                overrides);
    }

    static SensorPlan sensor(String id, Quantity measures) {
        return sensor(id, measures, Optional.empty());
    }

    static SensorPlan sensor(String id, Quantity measures, Optional<Duration> period) {
        var source = new Source.W1("28-000000000000");
        return new SensorPlan(id, measures, source, period, Calibration.NONE, false);
    }

    private static Camera camera() {
        var stream = new Camera.Stream.Rtsp(URI.create("rtsp://192.0.2.1/"));
        return Camera.of("cam", "cam", stream, Optional.empty());
    }

    private static List<Platform> platforms(int count) {
        var platforms = new ArrayList<Platform>();
        for (var i = 1; i <= count; i++) {
            platforms.add(
                    new Platform(
                            "p" + i,
                            URI.create("mqtts://192.0.2.2:8883"),
                            Optional.empty(),
                            "native",
                            View.FULL,
                            true,
                            Optional.empty(),
                            Optional.empty()));
        }
        return platforms;
    }
}
