package org.mingchu.gateway.show;

import org.mingchu.config.Plan;
import org.mingchu.gateway.judge.AlarmId;
import org.mingchu.gateway.judge.Duties;
import org.mingchu.gateway.judge.State;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

import tools.jackson.core.JsonGenerator;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What people have to see to besides the open alarms, the latest first. Any thread. */
final class Cases {
    /** A kitchen's day begins then: who closes up after midnight is not asked about the night. */
    static final Duration DAY_BEGINS = Duration.ofHours(4);

    private static final Comparator<Map.Entry<AlarmId, Duties.Case>> LATEST_FIRST =
            Comparator.comparingLong(
                            (Map.Entry<AlarmId, Duties.Case> e) -> -e.getValue().since().wallMs())
                    .thenComparing(e -> e.getKey().toString());

    private final Plan plan;
    private final Watches watches;
    private final Map<String, String> names = new HashMap<>();

    Cases(Plan plan, Watches watches) {
        this.plan = plan;
        this.watches = watches;
        plan.site().units().forEach(unit -> names.put(unit.id(), unit.name()));
        for (var eye : plan.site().video().eyes()) {
            eye.name().ifPresent(name -> names.put(eye.subject(), name));
        }
    }

    void write(JsonGenerator json, State state, Ages ages) {
        var duties = state.duties();
        var open = state.openAlarms().stream().map(event -> event.id()).collect(Collectors.toSet());
        json.writeArrayPropertyStart("cases");
        duties.cases().entrySet().stream()
                .sorted(LATEST_FIRST)
                .forEach(entry -> one(json, entry.getKey(), entry.getValue(), open, ages));
        json.writeEndArray();
        json.writeObjectPropertyStart("night")
                .writeBooleanProperty("due", due(duties.reviewed(), ages.now()))
                .writeEndObject();
        var fitted = plan.site().annunciator().buzzer().isPresent();
        json.writeObjectPropertyStart("buzzer")
                .writeBooleanProperty("fitted", fitted)
                .writeBooleanProperty(
                        "due", due(duties.tested().map(Duties.BuzzerTest::at), ages.now()));
        duties.tested().ifPresent(test -> json.writeBooleanProperty("heard", test.heard()));
        json.writeEndObject();
    }

    private void one(
            JsonGenerator json, AlarmId id, Duties.Case one, Set<AlarmId> open, Ages ages) {
        var cause = watches.of(one.subject(), one.rule()).map(OpenAlarms::cause).orElse("other");
        json.writeStartObject()
                .writeStringProperty("id", id.toString())
                .writeStringProperty("subject", one.subject())
                .writeStringProperty("rule", one.rule())
                .writeStringProperty("cause", cause)
                .writeStringProperty("priority", one.priority().word())
                .writeNumberProperty("sinceMs", ages.wallMsOf(one.since()))
                .writeNumberProperty("heldMs", heldMs(one, ages))
                .writeBooleanProperty("open", open.contains(id))
                .writeBooleanProperty("owes", one.owes())
                .writeBooleanProperty("told", one.told());
        one.unit().ifPresent(unit -> json.writeStringProperty("unit", unit));
        one.gone().ifPresent(at -> json.writeNumberProperty("goneMs", ages.wallMsOf(at)));
        Optional.ofNullable(names.get(one.unit().orElse(one.subject())))
                .ifPresent(name -> json.writeStringProperty("name", name));
        one.done().ifPresent(done -> remedy(json, done, ages));
        json.writeEndObject();
    }

    /** Within one boot the clock that never jumps tells, else the wall clock. */
    private static long heldMs(Duties.Case one, Ages ages) {
        var end = new Ages(one.gone().orElse(ages.now()));
        return end.msSince(one.since()).orElse(0);
    }

    private static void remedy(JsonGenerator json, Duties.Done done, Ages ages) {
        var remedy = done.remedy();
        json.writeObjectPropertyStart("remedy")
                .writeStringProperty("cause", remedy.cause().word())
                .writeStringProperty("action", remedy.action().word())
                .writeStringProperty("fate", remedy.fate().word())
                .writeStringProperty("person", done.person().id())
                .writeNumberProperty("atMs", ages.wallMsOf(done.at()));
        remedy.grams().ifPresent(grams -> json.writeNumberProperty("grams", grams));
        remedy.movedTo().ifPresent(unit -> json.writeStringProperty("movedTo", unit));
        remedy.againMilli().ifPresent(milli -> json.writeNumberProperty("againMilli", milli));
        json.writeEndObject();
    }

    /** Whether it has not been done on this day; while nobody knows the day, only when never. */
    private boolean due(Optional<Moment> last, Moment now) {
        if (last.isEmpty()) {
            return true;
        }
        return now.clock() != ClockState.UNSYNCED
                && !day(new Ages(now).wallMsOf(last.get())).equals(day(now.wallMs()));
    }

    private LocalDate day(long wallMs) {
        return LocalDate.ofInstant(
                Instant.ofEpochMilli(wallMs).minus(DAY_BEGINS), plan.site().timeZone());
    }
}
