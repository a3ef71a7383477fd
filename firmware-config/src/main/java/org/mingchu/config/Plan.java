package org.mingchu.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The site file and its rule pack, checked and bound together. Immutable.
 *
 * @param siteSha256 of the site file's bytes, in hexadecimal
 */
public record Plan(Site site, RulePack pack, String siteSha256) {
    /** Subject of rules about the gateway itself. */
    public static final String GATEWAY = "gateway";

    /** Id of the rule about a drill, in every pack that has one. */
    public static final String DRILL = "drill";

    /** Every rule bound to everything it applies to, in the order of the site file. */
    public List<Watch> watches() {
        var watches = new ArrayList<Watch>();
        for (var unit : site.units()) {
            for (var sensor : unit.sensors()) {
                pack.rules().stream()
                        .filter(rule -> appliesTo(rule, unit, sensor))
                        .map(rule -> bind(rule, unit, sensor))
                        .forEach(watches::add);
            }
        }
        for (var eye : site.video().eyes()) {
            for (var rule : pack.rules()) {
                if (watches(rule, eye)) {
                    watches.add(ofNoUnit(eye.subject(), rule, eye.level().period()));
                }
            }
        }
        for (var rule : pack.rules()) {
            if (rule.scope() == Scope.GATEWAY) {
                watches.add(ofNoUnit(GATEWAY, rule, site.samplingPeriod()));
            }
        }
        return List.copyOf(watches);
    }

    private static boolean watches(Rule rule, Video.Eye eye) {
        return rule.when() instanceof Condition.Camera camera
                && camera.level() == eye.level()
                && camera.ofAll() == eye.owner().equals(Video.ALL);
    }

    /** How far back recordings have to reach by the rules; empty where none asks. */
    public Optional<Duration> recorded() {
        return pack.rules().stream()
                .flatMap(rule ->
                        rule.when() instanceof Condition.Camera camera
                                ? camera.recorded().stream()
                                : Stream.empty())
                .max(Comparator.naturalOrder());
    }

    /** A rule that names no quantity is not about what a probe says of itself. */
    private static boolean appliesTo(Rule rule, Unit unit, SensorPlan sensor) {
        return rule.scope().covers(unit.kind())
                && disinfectsSo(rule, unit)
                && rule.measures()
                        .map(sensor.measures()::equals)
                        .orElse(!sensor.measures().ofProbe());
    }

    private static boolean disinfectsSo(Rule rule, Unit unit) {
        return switch (rule.when()) {
            case Condition.Cycle cycle -> unit.method().equals(Optional.of(cycle.method()));
            case Condition.NoCycle _ -> unit.method().isPresent();
            default -> true;
        };
    }

    private Watch bind(Rule rule, Unit unit, SensorPlan sensor) {
        var override =
                unit.overrides().stream().filter(o -> o.rule().equals(rule.id())).findFirst();
        return new Watch(
                sensor.id(),
                Optional.of(unit),
                Optional.of(sensor.measures()),
                override.map(o -> stricter(rule, o)).orElse(rule),
                sensor.period().orElse(site.samplingPeriod()),
                override.isPresent());
    }

    private static Rule.Delay withDelay(Rule.Delay delay, Duration on) {
        return new Rule.Delay(on, Optional.of(on), delay.off(), delay.settle(), delay.again());
    }

    private static Watch ofNoUnit(String subject, Rule rule, Duration period) {
        return new Watch(subject, Optional.empty(), Optional.empty(), rule, period, false);
    }

    private static Rule stricter(Rule rule, SiteLimit override) {
        var limit = override.limitMilli();
        var when =
                switch (rule.when()) {
                    case Condition.Above above when limit.isPresent() ->
                            new Condition.Above(limit.getAsLong(), above.deadbandMilli());
                    case Condition.Below below when limit.isPresent() ->
                            new Condition.Below(limit.getAsLong(), below.deadbandMilli());
                    case Condition.ProductAbove product when limit.isPresent() ->
                            new Condition.ProductAbove(limit.getAsLong(), product.deadbandMilli());
                    case Condition.Cumulative sum when limit.isPresent() ->
                            new Condition.Cumulative(
                                    stricter(sum.limit(), limit.getAsLong()),
                                    sum.time(),
                                    sum.within(),
                                    sum.rest());
                    case Condition.Cycle cycle when limit.isPresent() ->
                            new Condition.Cycle(
                                    cycle.method(),
                                    limit.getAsLong(),
                                    cycle.time(),
                                    cycle.idleMilli());
                    case Condition other -> other;
                };
        var delay = override.delay().map(d -> withDelay(rule.delay(), d)).orElse(rule.delay());
        return new Rule(
                rule.id(),
                rule.scope(),
                rule.measures(),
                when,
                delay,
                rule.priority(),
                rule.attention(),
                rule.legal(),
                rule.basis(),
                rule.advice(),
                rule.guard());
    }

    private static Condition.Limit stricter(Condition.Limit limit, long milli) {
        return switch (limit) {
            case Condition.Above(_, var deadband) -> new Condition.Above(milli, deadband);
            case Condition.Below(_, var deadband) -> new Condition.Below(milli, deadband);
        };
    }
}
