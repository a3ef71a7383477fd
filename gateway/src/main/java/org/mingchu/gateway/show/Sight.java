package org.mingchu.gateway.show;

import org.mingchu.config.Attention;
import org.mingchu.config.Camera;
import org.mingchu.config.Condition;
import org.mingchu.config.Plan;
import org.mingchu.config.Priority;
import org.mingchu.config.SensorPlan;
import org.mingchu.config.Unit;
import org.mingchu.gateway.judge.AlarmState;
import org.mingchu.gateway.judge.State;
import org.mingchu.sensors.CameraVerdict;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.Reading;

import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Predicate;

/** What a state looks like at one glance. Pure; any thread. */
final class Sight {
    private final Plan plan;
    private final Limits limits;

    /** What a tile says, the most telling first. */
    enum Light {
        ALARM("alarm"),
        FAULT("fault"),
        ATTENTION("attention"),
        DOUBT("doubt"),
        UNKNOWN("unknown"),
        FINE("fine");

        private final String word;

        Light(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    Sight(Plan plan, Limits limits) {
        this.plan = plan;
        this.limits = limits;
    }

    Light of(Unit unit, State state, Ages ages) {
        return unit.sensors().stream()
                .map(sensor -> of(sensor, unit, state, ages))
                .min(Comparator.naturalOrder())
                .orElse(Light.UNKNOWN);
    }

    private Light of(SensorPlan sensor, Unit unit, State state, Ages ages) {
        var id = sensor.id();
        var heard = Optional.ofNullable(state.heard().get(id));
        if (open(id, state, when -> !aboutTheProbe(when))) {
            return Light.ALARM;
        }
        if (open(id, state, Sight::aboutTheProbe)
                || heard.filter(h -> h.latest() instanceof Reading.Silent).isPresent()) {
            return Light.FAULT;
        }
        if (heard.isEmpty()) {
            return Light.UNKNOWN;
        }
        if (pending(id, state)) {
            return Light.ATTENTION;
        }
        if (state.doubts().containsKey(unit.id()) || stale(heard.get(), periodOf(sensor), ages)) {
            return Light.DOUBT;
        }
        return Light.FINE;
    }

    Light of(Camera camera, State state, Ages ages) {
        var heard = Optional.ofNullable(state.heard().get(camera.id()));
        if (open(camera.id(), state, _ -> true)) {
            return Light.ALARM;
        }
        if (heard.isEmpty()) {
            return Light.UNKNOWN;
        }
        if (!healthy(heard.get().latest())) {
            return Light.ATTENTION;
        }
        return stale(heard.get(), Plan.CAMERA_PERIOD, ages) ? Light.DOUBT : Light.FINE;
    }

    /** The most urgent alarm that sounds; none while it is silenced. */
    Optional<Priority> sounding(State state, Moment now) {
        if (silencedNs(state, now) > 0) {
            return Optional.empty();
        }
        return state.watching().values().stream()
                .flatMap(watching -> watching.open().stream())
                .map(State.Open::last)
                .filter(event -> event.state() == AlarmState.UNACK_ACTIVE)
                .filter(e -> e.priority() != Priority.P3 || e.attention() != Attention.NONE)
                .map(event -> event.priority())
                .min(Comparator.naturalOrder());
    }

    /** How long the buzzer stays quiet, in nanoseconds. */
    static long silencedNs(State state, Moment now) {
        return state.silencedUntil()
                .filter(until -> until.boot().equals(now.boot()))
                .map(until -> Math.max(0, until.upNs() - now.upNs()))
                .orElse(0L);
    }

    Duration periodOf(SensorPlan sensor) {
        return sensor.period().orElse(plan.site().samplingPeriod());
    }

    static boolean stale(State.Heard heard, Duration period, Ages ages) {
        var oldMs = period.multipliedBy(Picture.STALE_PERIODS).toMillis();
        return heard.lastGoodAt()
                .filter(ages::sameBoot)
                .map(at -> ages.msSince(at).orElse(Long.MAX_VALUE) > oldMs)
                .orElse(true);
    }

    private static boolean healthy(Reading reading) {
        return reading instanceof Reading.Seen seen && seen.verdict() == CameraVerdict.HEALTHY;
    }

    private static boolean aboutTheProbe(Condition when) {
        return switch (when) {
            case Condition.Silent _, Condition.Faulty _ -> true;
            case Condition.Above _,
                    Condition.Below _,
                    Condition.Open _,
                    Condition.CameraLost _,
                    Condition.UplinkLost _ ->
                    false;
        };
    }

    private boolean open(String subject, State state, Predicate<Condition> about) {
        return state.watching().entrySet().stream()
                .filter(e -> e.getKey().subject().equals(subject))
                .filter(e -> e.getValue().open().isPresent())
                .anyMatch(e ->
                        limits.watch(subject, e.getKey().rule())
                                .map(watch -> about.test(watch.rule().when()))
                                .orElse(true));
    }

    private static boolean pending(String subject, State state) {
        return state.watching().entrySet().stream()
                .anyMatch(e ->
                        e.getKey().subject().equals(subject) && e.getValue().pending().isPresent());
    }
}
