package org.mingchu.gateway;

import org.mingchu.config.Condition;
import org.mingchu.config.Plan;
import org.mingchu.config.Quantity;
import org.mingchu.config.SensorPlan;
import org.mingchu.config.Unit;
import org.mingchu.config.Watch;
import org.mingchu.gateway.judge.AlarmChange;
import org.mingchu.gateway.judge.AlarmEvent;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.State;
import org.mingchu.gateway.keep.Curve;
import org.mingchu.gateway.keep.Diary;
import org.mingchu.gateway.keep.Journal;
import org.mingchu.gateway.keep.Limits;
import org.mingchu.gateway.keep.Window;
import org.mingchu.gateway.keep.pack.Measure;
import org.mingchu.gateway.show.Week;
import org.mingchu.gateway.show.Week.Deviation;
import org.mingchu.gateway.show.Week.Standing;
import org.mingchu.sensors.Clock;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Adds up the last seven days for the public wall, from the same questions that {@code journal
 * sample} and {@code judge load} ask. The librarian's thread; what it found, any thread.
 */
final class WeekDesk {
    /** A week changes slowly, and the card has other work. */
    static final Duration EVERY = Duration.ofMinutes(10);

    /** Deviations that are named, in number, the latest first; more would not be read. */
    static final int DEVIATIONS_MAX = 200;

    private final Plan plan;
    private final Journal journal;
    private final Clock clock;
    private final Diary diary;
    private final Set<State.Key> limitRules;
    private volatile Optional<Week> week = Optional.empty();

    /**
     * @param diary the librarian's own
     */
    WeekDesk(Plan plan, Journal journal, Clock clock, Diary diary) {
        this.plan = plan;
        this.journal = journal;
        this.clock = clock;
        this.diary = diary;
        this.limitRules =
                plan.watches().stream()
                        .filter(WeekDesk::aboutLimit)
                        .map(watch -> new State.Key(watch.subject(), watch.rule().id()))
                        .collect(Collectors.toSet());
    }

    /** The last sums; empty until they have been made for the first time. */
    Optional<Week> week() {
        return week;
    }

    /** Makes them anew. */
    void look() {
        var toMs = clock.now().wallMs();
        var window = new Window(toMs - Duration.ofDays(Week.DAYS).toMillis(), toMs);
        var curves = new Curves(journal, clock, Kitchen.of(plan));
        var happened = diary.upToNow();
        var units = plan.site().units();
        week =
                Optional.of(
                        new Week(
                                toMs,
                                units.stream()
                                        .flatMap(unit -> sums(curves, unit, window).stream())
                                        .toList(),
                                deviations(happened, window),
                                units.stream()
                                        .filter(unit -> unit.method().isPresent())
                                        .map(unit -> cycles(happened, unit, window))
                                        .toList()));
    }

    /** Of a unit with several probes, the one that has seen least of its limits kept. */
    private Optional<Week.OfUnit> sums(Curves curves, Unit unit, Window window) {
        return unit.sensors().stream()
                .filter(sensor -> sensor.measures() == Quantity.TEMPERATURE)
                .flatMap(sensor -> sums(curves, unit, sensor, window).stream())
                .min((one, other) -> Long.compare(one.withinMs(), other.withinMs()));
    }

    private Optional<Week.OfUnit> sums(Curves curves, Unit unit, SensorPlan sensor, Window window) {
        var limits = ShownLimits.of(plan, sensor.id());
        if (limits.equals(Limits.NONE)) {
            return Optional.empty();
        }
        var sums =
                curves.history(sensor.id())
                        .sample(new Curve(sensor.id(), Measure.TEMPERATURE), limits, window);
        var beyondMs = sums.aboveMs() + sums.belowMs();
        var unseenMs = sums.holes().stream().mapToLong(Window::lengthMs).sum();
        return Optional.of(
                new Week.OfUnit(
                        unit.id(),
                        Math.max(0, window.lengthMs() - unseenMs - beyondMs),
                        beyondMs,
                        unseenMs));
    }

    private static boolean aboutLimit(Watch watch) {
        return watch.unit().isPresent()
                && watch.measures().equals(Optional.of(Quantity.TEMPERATURE))
                && (watch.rule().when() instanceof Condition.Limit
                        || watch.rule().when() instanceof Condition.Cumulative);
    }

    private List<Deviation> deviations(List<Diary.Happened> happened, Window window) {
        var all = new LinkedHashMap<Object, Deviation>();
        var seen = new HashSet<Object>();
        for (var one : happened) {
            if (one.entry().fact() instanceof Fact.Alarm(var event)
                    && limitRules.contains(new State.Key(event.subject(), event.rule()))) {
                step(all, seen, one.ms(), event);
            }
        }
        var within = new ArrayList<Deviation>();
        for (var one : all.values()) {
            if (one.toMs().orElse(Long.MAX_VALUE) >= window.fromMs()) {
                within.addFirst(one);
            }
        }
        return within.subList(0, Math.min(DEVIATIONS_MAX, within.size()));
    }

    private static void step(
            Map<Object, Deviation> all, Set<Object> seen, long ms, AlarmEvent event) {
        var unit = event.unit().orElse(event.subject());
        if (event.person().isPresent() && event.change() == AlarmChange.ACKNOWLEDGED) {
            seen.add(event.id());
        }
        switch (event.change()) {
            case RAISED ->
                    all.putIfAbsent(
                            event.id(),
                            new Deviation(unit, ms, OptionalLong.empty(), Standing.OPEN));
            case RE_ALARMED ->
                    all.computeIfPresent(
                            event.id(),
                            (_, was) ->
                                    new Deviation(
                                            was.unit(),
                                            was.fromMs(),
                                            OptionalLong.empty(),
                                            Standing.OPEN));
            case RETURNED, CLEARED, RESET, ACKNOWLEDGED ->
                    all.computeIfPresent(
                            event.id(),
                            (id, was) -> over(was, ms, event.change(), seen.contains(id)));
            default -> {}
        }
    }

    private static Deviation over(Deviation was, long ms, AlarmChange change, boolean seen) {
        if (change == AlarmChange.ACKNOWLEDGED && was.toMs().isEmpty()) {
            return was; // somebody is on it, and it still holds
        }
        return new Deviation(
                was.unit(),
                was.fromMs(),
                OptionalLong.of(was.toMs().orElse(ms)),
                seen ? Standing.HANDLED : Standing.OVER);
    }

    private static Week.Cycles cycles(List<Diary.Happened> happened, Unit unit, Window window) {
        var sensors = unit.sensors().stream().map(SensorPlan::id).collect(Collectors.toSet());
        var passed = 0;
        var failed = 0;
        var last = OptionalLong.empty();
        for (var one : happened) {
            if (one.ms() >= window.fromMs()
                    && one.entry().fact() instanceof Fact.Cycled(var subject, _, var cycle)
                    && sensors.contains(subject)) {
                passed += cycle.passed() ? 1 : 0;
                failed += cycle.passed() ? 0 : 1;
                last = OptionalLong.of(one.ms());
            }
        }
        return new Week.Cycles(unit.id(), passed, failed, last);
    }
}
