package org.mingchu.gateway.show;

import org.mingchu.config.Advice;
import org.mingchu.config.CameraLevel;
import org.mingchu.config.Condition;
import org.mingchu.config.Plan;
import org.mingchu.config.Quantity;
import org.mingchu.config.Watch;
import org.mingchu.gateway.judge.AlarmEvent;
import org.mingchu.gateway.judge.AlarmState;
import org.mingchu.gateway.judge.Glance;
import org.mingchu.gateway.judge.State;
import org.mingchu.sensors.Reading;

import tools.jackson.core.JsonGenerator;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The alarms that are open, most urgent first, each with what to do about it. Any thread. */
final class OpenAlarms {
    /** Drills last; those nobody has taken first, then by priority, then the newest raise. */
    private static final Comparator<State.Open> MOST_URGENT_FIRST =
            Comparator.comparing((State.Open open) -> open.last().drill())
                    .thenComparing(open -> !waits(open.last().state()))
                    .thenComparing(open -> open.last().priority())
                    .thenComparingLong(open -> -open.raisedAt().wallMs())
                    .thenComparing(open -> open.last().id().toString());

    private final Watches watches;
    private final Glance glance;
    private final List<Advice> advice;
    private final Map<String, String> names;

    OpenAlarms(Plan plan, Watches watches, Glance glance, List<Advice> advice) {
        this.watches = watches;
        this.glance = glance;
        this.advice = List.copyOf(advice);
        this.names = new HashMap<>();
        plan.site().units().forEach(unit -> names.put(unit.id(), unit.name()));
        for (var eye : plan.site().video().eyes()) {
            eye.name().ifPresent(name -> names.put(eye.subject(), name));
        }
    }

    /** Whether somebody still has to take it. */
    static boolean waits(AlarmState state) {
        return switch (state) {
            case UNACK_ACTIVE, UNACK_RETURNED, LATCHED_UNACK -> true;
            case NORMAL, ACK_ACTIVE, LATCHED_ACK, SHELVED, SUPPRESSED, OUT_OF_SERVICE -> false;
        };
    }

    void write(JsonGenerator json, State state, Ages ages) {
        json.writeArrayPropertyStart("alarms");
        state.watching().values().stream()
                .flatMap(watching -> watching.open().stream())
                .sorted(MOST_URGENT_FIRST)
                .forEach(open -> alarm(json, open, state, ages));
        json.writeEndArray();
    }

    private void alarm(JsonGenerator json, State.Open open, State state, Ages ages) {
        var last = open.last();
        var watch = watches.of(last.subject(), last.rule());
        json.writeStartObject()
                .writeStringProperty("id", last.id().toString())
                .writeStringProperty("subject", last.subject())
                .writeStringProperty("rule", last.rule())
                .writeStringProperty("cause", watch.map(OpenAlarms::cause).orElse("other"))
                .writeStringProperty("priority", last.priority().word())
                .writeStringProperty("state", last.state().word())
                .writeNumberProperty("sinceMs", ages.wallMsOf(last.since()));
        if (last.drill()) {
            json.writeBooleanProperty("drill", true);
        }
        ages.msSince(last.since()).ifPresent(ms -> json.writeNumberProperty("heldMs", ms));
        last.unit().ifPresent(unit -> json.writeStringProperty("unit", unit));
        Optional.ofNullable(names.get(last.unit().orElse(last.subject())))
                .ifPresent(name -> json.writeStringProperty("name", name));
        values(json, last, state);
        last.person().ifPresent(person -> json.writeStringProperty("person", person.id()));
        if (last.state() == AlarmState.ACK_ACTIVE) {
            json.writeNumberProperty("takenMs", ages.wallMsOf(open.changedAt()));
        }
        json.writeNumberProperty("shelveMs", glance.shelveLongest(last).toMillis());
        glance.nextCall(last, state, ages.now()).ifPresent(call -> nextCall(json, call));
        if (glance.asksWhetherStopped(last, state, ages.now())) {
            json.writeStringProperty("asks", "stopped");
        }
        watch.ifPresent(w -> advice(json, w.rule().advice()));
        json.writeEndObject();
    }

    private static void nextCall(JsonGenerator json, Glance.NextCall call) {
        json.writeObjectPropertyStart("next").writeNumberProperty("inMs", call.inMs());
        call.who().ifPresent(who -> json.writeStringProperty("who", who.word()));
        json.writeEndObject();
    }

    /** The value that decided, and the present one, as far as the sensor still says one. */
    private static void values(JsonGenerator json, AlarmEvent last, State state) {
        last.valueMilli().ifPresent(milli -> json.writeNumberProperty("milli", milli));
        last.limitMilli().ifPresent(milli -> json.writeNumberProperty("limitMilli", milli));
        last.unitOfMeasure().ifPresent(uom -> json.writeStringProperty("uom", uom));
        var heard = Optional.ofNullable(state.heard().get(last.subject()));
        if (last.limitMilli().isPresent()
                && heard.isPresent()
                && heard.get().latest() instanceof Reading.Measured measured) {
            json.writeNumberProperty("nowMilli", measured.milli());
        }
    }

    private void advice(JsonGenerator json, String key) {
        json.writeObjectPropertyStart("advice");
        for (var language : advice) {
            language.of(key).ifPresent(text -> advice(json, language.language(), text));
        }
        json.writeEndObject();
    }

    private static void advice(JsonGenerator json, String language, Advice.Text text) {
        json.writeObjectPropertyStart(language).writeArrayPropertyStart("steps");
        text.steps().forEach(json::writeString);
        json.writeEndArray().writeStringProperty("who", text.who());
        text.then().ifPresent(then -> json.writeStringProperty("then", then));
        json.writeEndObject();
    }

    /** The key of the cause in plain words; the language files have a text for each. */
    static String cause(Watch watch) {
        var of =
                watch.measures()
                        .filter(m -> m == Quantity.HUMIDITY || m == Quantity.BATTERY)
                        .map(m -> m.word() + ".")
                        .orElse("");
        return switch (watch.rule().when()) {
            case Condition.Above _ -> of + "above";
            case Condition.Below _ -> of + "below";
            case Condition.ProductAbove _ -> "product-above";
            case Condition.NotCooling _ -> "not-cooling";
            case Condition.DefrostOverdue _ -> "defrost-overdue";
            case Condition.Drift _ -> "drift";
            case Condition.LeftOpen _ -> "left-open";
            case Condition.Stuck _ -> "stuck";
            case Condition.Cumulative(Condition.Above _, _, _, _) -> "too-long-above";
            case Condition.Cumulative(Condition.Below _, _, _, _) -> "too-long-below";
            case Condition.Danger _ -> "danger";
            case Condition.Cooling(_, _, _, var foretold) ->
                    foretold.isPresent() ? "cooling-late" : "cooling-failed";
            case Condition.Cycle _ -> "cycle-failed";
            case Condition.NoCycle _ -> "no-cycle";
            case Condition.Leap _ -> "leap";
            case Condition.Swapped _ -> "swapped";
            case Condition.Silent _ -> "silent";
            case Condition.Faulty _ -> "faulty";
            case Condition.Open _ -> "open";
            case Condition.Contact _ -> watch.measures().map(Quantity::word).orElse("contact");
            case Condition.Camera camera -> cause(camera);
            case Condition.UplinkLost _ -> "uplink-lost";
            case Condition.StorageLost _ -> "storage-lost";
            case Condition.StorageLow _ -> "storage-low";
            case Condition.BuzzerUnheard _ -> "buzzer-unheard";
            case Condition.ClockUnsure _ -> "clock-unsure";
            case Condition.Drill _ -> "drill";
        };
    }

    /** A rule about one verdict is told by it, one about several by their level. */
    private static String cause(Condition.Camera camera) {
        if (camera.verdicts().size() == 1) {
            return "camera." + camera.verdicts().iterator().next().word();
        }
        return camera.level() == CameraLevel.STREAM
                ? "camera-lost"
                : "camera." + camera.level().word();
    }
}
