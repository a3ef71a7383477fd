package org.mingchu.gateway.judge;

import org.mingchu.config.Attention;
import org.mingchu.config.CameraLevel;
import org.mingchu.config.CameraVerdict;
import org.mingchu.config.Condition;
import org.mingchu.config.Plan;
import org.mingchu.config.Priority;
import org.mingchu.config.RulePack;
import org.mingchu.config.SensorPlan;
import org.mingchu.config.Unit;
import org.mingchu.config.Video;
import org.mingchu.gateway.judge.State.Act;
import org.mingchu.gateway.judge.State.Doubt;
import org.mingchu.gateway.judge.State.Heard;
import org.mingchu.gateway.judge.State.Open;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Fault;
import org.mingchu.sensors.Flag;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.Reading;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What page, lamps and buzzer show of a state: never green unless it is known to be fine. Pure;
 * immutable, any thread.
 */
public final class Glance {
    /** A drill stands behind everything that is wrong. */
    private static final Comparator<AlarmEvent> REAL_FIRST =
            Comparator.comparing(AlarmEvent::drill);

    private static final Comparator<AlarmEvent> MOST_URGENT =
            REAL_FIRST
                    .thenComparing(AlarmEvent::priority)
                    .thenComparing(alarm -> alarm.state() != AlarmState.UNACK_ACTIVE)
                    .thenComparingLong(alarm -> -alarm.evidence().from())
                    .thenComparing(AlarmEvent::subject)
                    .thenComparing(AlarmEvent::rule);

    private static final long NS_PER_MS = 1_000_000;

    private final Plan plan;
    private final Bounds bounds;
    private final Calendar calendar;
    private final Conduct conduct;

    public Glance(Plan plan) {
        this.plan = plan;
        bounds = Bounds.of(plan);
        calendar = Calendar.of(plan.site());
        conduct = Conduct.of(plan);
    }

    /**
     * One unit.
     *
     * @param alarms not normal, the most urgent first
     * @param act what is being done to it: nothing of it is judged as usual, nothing goes in
     */
    public record UnitView(
            Unit unit,
            Light light,
            List<SensorView> sensors,
            List<AlarmEvent> alarms,
            Optional<Outage> doubt,
            Optional<Act> act) {
        public UnitView {
            sensors = List.copyOf(sensors);
            alarms = List.copyOf(alarms);
        }
    }

    /**
     * What is known of an outage that puts a unit in doubt.
     *
     * @param leastMs it lasted at least so long, in milliseconds
     * @param mostMs and at most so long; absent when no clock can tell
     * @param worstMilli how warm the food may have become, in thousandths: an estimate for a closed
     *     unit; absent when nobody can tell
     * @param beyondMostMs for so long, at most, it may have been above its limit, in milliseconds;
     *     absent when nobody can tell
     * @param check whether a person has to look at the food
     */
    public record Outage(
            long leastMs,
            OptionalLong mostMs,
            OptionalLong beforeMilli,
            OptionalLong afterMilli,
            OptionalLong worstMilli,
            OptionalLong beyondMostMs,
            boolean check) {}

    /**
     * One sensor of a unit.
     *
     * @param valueMilli its last value, however old, in thousandths of its unit
     * @param ageNs how old that is; absent when it was taken before the last boot
     * @param lowMilli the strictest limit below, in thousandths
     * @param highMilli the strictest limit above, in thousandths
     * @param fault why its latest word is no value
     */
    public record SensorView(
            SensorPlan sensor,
            Light light,
            OptionalLong valueMilli,
            OptionalLong ageNs,
            OptionalLong lowMilli,
            OptionalLong highMilli,
            Optional<Fault> fault) {}

    /**
     * One camera or recorder, or all of them together.
     *
     * @param id the owner's, {@link Video#ALL} for all of them
     * @param levels what is watched of it, its stream first
     */
    public record CameraView(
            String id,
            Optional<String> name,
            Light light,
            List<LevelView> levels,
            List<AlarmEvent> alarms) {
        public CameraView {
            levels = List.copyOf(levels);
            alarms = List.copyOf(alarms);
        }
    }

    /**
     * One level of a camera.
     *
     * @param verdict what was said of it last in this boot, while that is fresh
     */
    public record LevelView(CameraLevel level, Light light, Optional<CameraVerdict> verdict) {}

    /** Every unit, in the order of the site file. */
    public List<UnitView> units(State state, Moment now) {
        return plan.site().units().stream().map(unit -> unit(unit, state, now)).toList();
    }

    /** Every recorder and camera, in the order of the site file. */
    public List<CameraView> cameras(State state, Moment now) {
        var byOwner = new LinkedHashMap<String, List<Video.Eye>>();
        for (var eye : plan.site().video().eyes()) {
            byOwner.computeIfAbsent(eye.owner(), _ -> new ArrayList<>()).add(eye);
        }
        return byOwner.values().stream().map(eyes -> camera(eyes, state, now)).toList();
    }

    /** Every alarm that is not normal, the most urgent first; also those of the gateway. */
    public List<AlarmEvent> alarms(State state) {
        return alarms(state, _ -> true);
    }

    /** What the buzzer sounds: the highest priority nobody has seen yet; empty when silenced. */
    public Optional<Priority> sounding(State state, Moment now) {
        return silenced(state, now)
                ? Optional.empty()
                : open(state)
                        .filter(alarm -> alarm.state() == AlarmState.UNACK_ACTIVE)
                        .filter(Glance::sounds)
                        .filter(alarm -> !Causes.spokenFor(alarm, state))
                        .filter(alarm -> !asked(alarm, state, now))
                        .min(REAL_FIRST.thenComparing(AlarmEvent::priority))
                        .map(AlarmEvent::priority);
    }

    /**
     * Whether an alarm asks if its unit was switched off: it warms like that, in a closure of the
     * site file. It asks until somebody has said that the unit is stopped.
     */
    public boolean asksWhetherStopped(AlarmEvent alarm, State state, Moment now) {
        return Causes.asIfSwitchedOff(bounds, alarm, state) && calendar.reopensNs(now) > 0;
    }

    private boolean asked(AlarmEvent alarm, State state, Moment now) {
        var bound = bounds.byKey().get(new State.Key(alarm.subject(), alarm.rule()));
        return bound != null
                && Causes.asked(bounds, calendar, bound, state)
                && calendar.reopensNs(now) > 0;
    }

    /**
     * What happens when nobody does anything.
     *
     * @param inMs so soon, milliseconds
     * @param who is asked for then; absent when it sounds again for whom it sounded before
     */
    public record NextCall(long inMs, Optional<Attention> who) {}

    /** When an open alarm calls next; empty when it does not. */
    public Optional<NextCall> nextCall(AlarmEvent alarm, State state, Moment now) {
        var key = new State.Key(alarm.subject(), alarm.rule());
        var bound = bounds.byKey().get(key);
        var watching = state.watching().get(key);
        if (bound == null || watching == null || watching.open().isEmpty()) {
            return Optional.empty();
        }
        var due = bound.calls(watching, state, now, conduct);
        if (due.equals(Bound.NEVER)) {
            return Optional.empty();
        }
        var who =
                Optional.of(due.trigger())
                        .filter(Life.Trigger.UNANSWERED::equals)
                        .flatMap(_ -> bound.ladder().next(alarm.attention()))
                        .map(RulePack.Call::who);
        return Optional.of(new NextCall(Math.max(0, due.upNs() - now.upNs()) / NS_PER_MS, who));
    }

    /** How long an alarm may be put aside at most. */
    public Duration shelveLongest(AlarmEvent alarm) {
        return conduct.shelveLongest(
                bounds.byKey().get(new State.Key(alarm.subject(), alarm.rule())));
    }

    /** Whether the buzzer is quiet because somebody made it so. */
    public boolean silenced(State state, Moment now) {
        return state.silencedUntil()
                .filter(until -> until.boot().equals(now.boot()) && now.upNs() < until.upNs())
                .isPresent();
    }

    /** A P3 that asks for nobody is for the digest. */
    static boolean sounds(AlarmEvent alarm) {
        return alarm.priority() != Priority.P3 || alarm.attention() != Attention.NONE;
    }

    private UnitView unit(Unit unit, State state, Moment now) {
        var sensors = unit.sensors().stream().map(s -> sensor(s, state, now)).toList();
        var alarms = alarms(state, alarm -> alarm.unit().equals(Optional.of(unit.id())));
        var doubt = Optional.ofNullable(state.doubts().get(unit.id()));
        var act = Optional.ofNullable(state.acts().get(unit.id()));
        // A warm value is what cleaning is expected to give; a broken probe is not.
        var values =
                sensors.stream()
                        .map(SensorView::light)
                        .map(light ->
                                act.isPresent() && light != Light.FAULT ? Light.PLANNED : light);
        var light =
                Stream.of(
                                values,
                                alarms.stream().map(this::light),
                                doubt.stream().map(_ -> Light.DOUBT))
                        .flatMap(lights -> lights)
                        .reduce(Light.FINE, Light::or);
        return new UnitView(
                unit, light, sensors, alarms, doubt.map(d -> outage(unit, d, sensors)), act);
    }

    private Outage outage(Unit unit, Doubt doubt, List<SensorView> sensors) {
        var known =
                doubt.from().boot().equals(doubt.back().boot())
                        || (doubt.from().clock() == ClockState.SYNCED
                                && doubt.back().clock() == ClockState.SYNCED);
        // Without a clock all that is known is how long the machine has been up without us.
        var ms =
                known
                        ? Habit.betweenNs(doubt.from(), doubt.back()).orElse(0L) / NS_PER_MS
                        : doubt.back().upNs() / NS_PER_MS;
        var errorMs = known ? errorMs(doubt.from()) + errorMs(doubt.back()) : 0;
        var most = known ? OptionalLong.of(ms + errorMs) : OptionalLong.empty();
        var limit = sensors.stream().flatMapToLong(s -> s.highMilli().stream()).min();
        var worst = worst(unit, doubt, most, limit);
        return new Outage(
                Math.max(0, ms - errorMs),
                most,
                doubt.beforeMilli(),
                doubt.afterMilli(),
                worst,
                beyond(unit, doubt, most, limit, worst),
                doubt.check());
    }

    private static long errorMs(Moment moment) {
        return moment.errorMs() == Moment.ERROR_UNKNOWN_MS ? 0 : moment.errorMs();
    }

    /** In a straight line towards the limit, which a closed unit keeps for so long. */
    private OptionalLong worst(Unit unit, Doubt doubt, OptionalLong mostMs, OptionalLong limit) {
        var closedMs = closedMs(unit);
        if (closedMs == 0 || mostMs.isEmpty() || limit.isEmpty() || doubt.beforeMilli().isEmpty()) {
            return OptionalLong.empty();
        }
        var before = doubt.beforeMilli().getAsLong();
        var warmed = (limit.getAsLong() - before) * mostMs.getAsLong() / closedMs;
        return OptionalLong.of(
                Math.max(before + Math.max(0, warmed), doubt.afterMilli().orElse(before)));
    }

    /**
     * On the safe side: where it was measured above its limit, before or after, it may have been so
     * all the time; else as long as it was away beyond what a closed unit keeps.
     */
    private OptionalLong beyond(
            Unit unit, Doubt doubt, OptionalLong mostMs, OptionalLong limit, OptionalLong worst) {
        if (worst.isEmpty()) {
            return OptionalLong.empty();
        }
        var most = mostMs.orElseThrow();
        var measured =
                LongStream.concat(doubt.beforeMilli().stream(), doubt.afterMilli().stream())
                        .anyMatch(milli -> milli > limit.orElseThrow());
        return OptionalLong.of(measured ? most : Math.max(0, most - closedMs(unit)));
    }

    /** For how long a closed unit keeps its food within the limit; 0 where nobody can tell. */
    private long closedMs(Unit unit) {
        var proof = plan.pack().proof();
        return switch (unit.kind()) {
            case CHILLED, SAMPLE_FRIDGE -> proof.closedChilled().toMillis();
            case FREEZER -> proof.closedFrozen().toMillis();
            case HOT_HOLDING, DISINFECTION, TRANSIT_BOX, AMBIENT -> 0;
        };
    }

    private SensorView sensor(SensorPlan sensor, State state, Moment now) {
        var heard = Optional.ofNullable(state.heard().get(sensor.id()));
        // A limit that is only for the digest is none for whoever looks.
        var limits =
                bounds.at(sensor.id()).stream()
                        .filter(b -> b.watch().rule().attention() != Attention.NONE)
                        .toList();
        var freshNs =
                Timing.FRESH_PERIODS
                        * sensor.period().orElse(plan.site().samplingPeriod()).toNanos();
        var ageNs = heard.flatMap(Heard::lastGoodAt).flatMap(taken -> ageNs(taken, now));
        return new SensorView(
                sensor,
                Conduct.serviced(state, sensor.id(), now).isPresent()
                        ? Light.PLANNED
                        : heard.map(word -> light(word, limits, freshNs, now))
                                .orElse(Light.UNKNOWN),
                optionalLong(heard.flatMap(Heard::lastGood).flatMap(Glance::milli)),
                optionalLong(ageNs),
                limits.stream().flatMapToLong(Glance::lowMilli).max(),
                limits.stream().flatMapToLong(Glance::highMilli).min(),
                heard.map(Heard::latest).flatMap(Glance::fault));
    }

    private static Light light(Heard word, List<Bound> limits, long freshNs, Moment now) {
        var ageNs = word.lastGoodAt().flatMap(taken -> ageNs(taken, now));
        if (ageNs.isPresent() && ageNs.get() <= freshNs) {
            return word.lastGood().map(good -> light(good, limits)).orElse(Light.UNKNOWN);
        }
        var faulty = word.latest() instanceof Reading.Silent && word.at().boot().equals(now.boot());
        return faulty ? Light.FAULT : Light.UNKNOWN;
    }

    private static Light light(Reading good, List<Bound> limits) {
        var unproven =
                good instanceof Reading.Measured measured
                        && measured.flags().contains(Flag.UNAUTHENTICATED);
        var beyond = limits.stream().anyMatch(b -> b.watchesLimit() && b.says(good) == Word.SHOWS);
        return unproven || beyond ? Light.ATTENTION : Light.FINE;
    }

    private CameraView camera(List<Video.Eye> eyes, State state, Moment now) {
        var levels = eyes.stream().map(eye -> level(eye, state, now)).toList();
        var subjects = eyes.stream().map(Video.Eye::subject).toList();
        var alarms = alarms(state, alarm -> subjects.contains(alarm.subject()));
        var light =
                Stream.concat(
                                levels.stream().map(LevelView::light),
                                alarms.stream().map(this::light))
                        .reduce(Light::or)
                        .orElse(Light.UNKNOWN);
        var first = eyes.getFirst();
        return new CameraView(first.owner(), first.name(), light, levels, alarms);
    }

    private static LevelView level(Video.Eye eye, State state, Moment now) {
        var verdict =
                Optional.ofNullable(state.heard().get(eye.subject()))
                        .filter(word -> word.at().boot().equals(now.boot()))
                        .filter(word -> now.upNs() - word.at().upNs() <= freshNs(eye.level()))
                        .flatMap(word -> verdict(word.latest()));
        return new LevelView(
                eye.level(), verdict.map(Glance::light).orElse(Light.UNKNOWN), verdict);
    }

    private static Light light(CameraVerdict verdict) {
        return switch (verdict) {
            case HEALTHY -> Light.FINE;
            case PLANNED_OFF -> Light.PLANNED;
            case UNKNOWN -> Light.UNKNOWN;
            default -> Light.ATTENTION;
        };
    }

    private static long freshNs(CameraLevel level) {
        return Timing.FRESH_PERIODS * level.period().toNanos();
    }

    private Light light(AlarmEvent alarm) {
        if (!Life.active(alarm.state())) {
            return alarm.state() == AlarmState.SUPPRESSED
                            || alarm.state() == AlarmState.OUT_OF_SERVICE
                    ? Light.PLANNED
                    : Light.ATTENTION;
        }
        var bound = bounds.byKey().get(new State.Key(alarm.subject(), alarm.rule()));
        if (bound != null && bound.watchesSensor()) {
            return Light.FAULT;
        }
        return alarm.priority() == Priority.P3 ? Light.ATTENTION : Light.ALARM;
    }

    private static List<AlarmEvent> alarms(State state, Predicate<AlarmEvent> which) {
        return open(state).filter(which).sorted(MOST_URGENT).toList();
    }

    private static Stream<AlarmEvent> open(State state) {
        return state.watching().values().stream()
                .flatMap(watching -> watching.open().stream())
                .map(Open::last);
    }

    private static Optional<Long> ageNs(Moment taken, Moment now) {
        return taken.boot().equals(now.boot())
                ? Optional.of(now.upNs() - taken.upNs())
                : Optional.empty();
    }

    private static OptionalLong optionalLong(Optional<Long> some) {
        return some.map(OptionalLong::of).orElseGet(OptionalLong::empty);
    }

    private static Optional<Long> milli(Reading reading) {
        return reading instanceof Reading.Measured measured
                ? Optional.of(measured.milli())
                : Optional.empty();
    }

    private static Optional<Fault> fault(Reading reading) {
        return reading instanceof Reading.Silent silent
                ? Optional.of(silent.fault())
                : Optional.empty();
    }

    private static Optional<CameraVerdict> verdict(Reading reading) {
        return reading instanceof Reading.Seen seen
                ? Optional.of(seen.verdict())
                : Optional.empty();
    }

    private static LongStream lowMilli(Bound bound) {
        return bound.when() instanceof Condition.Below below
                ? LongStream.of(below.limitMilli())
                : LongStream.empty();
    }

    private static LongStream highMilli(Bound bound) {
        return bound.when() instanceof Condition.Above above
                ? LongStream.of(above.limitMilli())
                : LongStream.empty();
    }
}
