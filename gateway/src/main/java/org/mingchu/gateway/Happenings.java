package org.mingchu.gateway;

import org.mingchu.config.Quantity;
import org.mingchu.config.SensorPlan;
import org.mingchu.config.Unit;
import org.mingchu.gateway.judge.AlarmId;
import org.mingchu.gateway.judge.Doing;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.State;
import org.mingchu.gateway.keep.Diary.Happened;
import org.mingchu.gateway.keep.Window;
import org.mingchu.gateway.show.Trend.Happening;
import org.mingchu.sensors.Moment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** What happened to one unit within a window, as a chart shows it. One thread. */
final class Happenings {
    /** Contacts whose times explain a temperature. */
    static final Set<Quantity> CONTACTS = Set.of(Quantity.DOOR, Quantity.DEFROST, Quantity.MAINS);

    private final List<Happened> diary;
    private final Window window;
    private final List<Happening> all = new ArrayList<>();
    private final Map<AlarmId, Happening> alarms = new LinkedHashMap<>();
    private final Map<String, Happening> going = new LinkedHashMap<>();

    Happenings(List<Happened> diary, Window window) {
        this.diary = diary;
        this.window = window;
    }

    /** A stretch that is over. */
    static Happening stretch(String kind, long fromMs, long toMs) {
        return new Happening(kind, Optional.empty(), fromMs, OptionalLong.of(toMs));
    }

    List<Happening> of(Unit unit) {
        var sensors = unit.sensors().stream().map(SensorPlan::id).collect(Collectors.toSet());
        for (var one : diary) {
            switch (one.entry().fact()) {
                case Fact.Alarm(var event) when event.unit().equals(Optional.of(unit.id())) ->
                        alarm(one, new Fact.Alarm(event));
                case Fact.Done done when done.unit().equals(unit.id()) -> done(one.ms(), done);
                case Fact.Checked checked when checked.unit().equals(unit.id()) ->
                        all.add(
                                new Happening(
                                        "check", Optional.empty(), one.ms(), OptionalLong.empty()));
                case Fact.HandRead read when read.unit().equals(unit.id()) ->
                        all.add(
                                new Happening(
                                        "by-hand",
                                        Optional.empty(),
                                        one.ms(),
                                        OptionalLong.empty(),
                                        OptionalLong.of(read.milli())));
                case Fact.Serviced serviced when sensors.contains(serviced.subject()) ->
                        serviced(one.ms(), serviced);
                case Fact.Warmed(var subject, var warming) when sensors.contains(subject) -> {
                    var fromMs = msOf(warming.begun(), one);
                    all.add(stretch("warmed", fromMs, fromMs + ms(warming.lengthNs())));
                }
                case Fact.Cycled(var subject, _, var cycle) when sensors.contains(subject) -> {
                    var fromMs = msOf(cycle.begun(), one);
                    all.add(
                            stretch(
                                    cycle.passed() ? "cycle-passed" : "cycle-failed",
                                    fromMs,
                                    fromMs + ms(cycle.lengthNs())));
                }
                default -> {}
            }
        }
        all.addAll(alarms.values());
        all.addAll(going.values());
        return all.stream().filter(this::touches).toList();
    }

    private boolean touches(Happening one) {
        // What is not over goes on; what took no time has no end either, and lies where it begins.
        var toMs = one.goesOn() ? Long.MAX_VALUE : one.toMs().orElse(one.fromMs());
        return one.fromMs() < window.toMs() && toMs >= window.fromMs();
    }

    /** From when its condition began until that had gone. */
    private void alarm(Happened one, Fact.Alarm alarm) {
        var event = alarm.event();
        switch (event.change()) {
            case RAISED, RE_ALARMED ->
                    alarms.putIfAbsent(
                            event.id(),
                            new Happening(
                                    "alarm",
                                    Optional.of(new State.Key(event.subject(), event.rule())),
                                    msOf(event.since(), one),
                                    OptionalLong.empty()));
            case RETURNED, CLEARED, RESET ->
                    alarms.computeIfPresent(event.id(), (_, was) -> ended(was, one.ms()));
            default -> {}
        }
    }

    private void done(long ms, Fact.Done done) {
        var key = "unit";
        Optional.ofNullable(going.remove(key)).ifPresent(was -> all.add(ended(was, ms)));
        if (done.doing() == Doing.IN_USE) {
            return;
        }
        var toMs = done.doing() == Doing.STOPPED ? done.untilMs() : ms + done.forMs();
        going.put(key, stretch(done.doing().word(), ms, toMs));
    }

    private void serviced(long ms, Fact.Serviced serviced) {
        var was = Optional.ofNullable(going.remove(serviced.subject()));
        was.ifPresent(one -> all.add(ended(one, ms)));
        if (serviced.out()) {
            going.put(serviced.subject(), stretch("out-of-service", ms, serviced.dueMs()));
        }
    }

    /** Whatever ends it first. */
    private static Happening ended(Happening was, long ms) {
        return new Happening(
                was.kind(),
                was.alarm(),
                was.fromMs(),
                OptionalLong.of(Math.max(was.fromMs(), Math.min(was.toMs().orElse(ms), ms))));
    }

    /** By the clock that never jumps, as long as it is the same boot. */
    private static long msOf(Moment then, Happened one) {
        var at = one.entry().at();
        return then.boot().equals(at.boot())
                ? one.ms() - ms(at.upNs() - then.upNs())
                : then.wallMs();
    }

    private static long ms(long ns) {
        return TimeUnit.NANOSECONDS.toMillis(ns);
    }
}
