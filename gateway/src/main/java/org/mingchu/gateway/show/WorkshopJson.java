package org.mingchu.gateway.show;

import org.mingchu.config.Plan;
import org.mingchu.config.SensorPlan;
import org.mingchu.config.Unit;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.State;
import org.mingchu.sensors.Flag;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.Reading;

import tools.jackson.core.JsonGenerator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;

/** The technician's page in one JSON object, as {@code /api/technician} gives it. Any thread. */
final class WorkshopJson {
    private final Plan plan;
    private final Fact.Started program;

    WorkshopJson(Plan plan, Fact.Started program) {
        this.plan = plan;
        this.program = program;
    }

    byte[] of(Workshop workshop, State state, Moment now, ToLongFunction<String> waiting) {
        var ages = new Ages(now);
        return Json.bytes(json -> {
            json.writeStartObject()
                    .writeStringProperty("version", program.version())
                    .writeBooleanProperty("simulated", program.simulated());
            site(json, now);
            sensors(json, state, ages);
            buses(json, state);
            platforms(json, state, ages, waiting);
            checks(json, "checks", workshop.checks());
            checks(json, "commissioning", workshop.commissioning());
            json.writeNumberProperty("checkedMs", workshop.ageMs());
            workshop.test().ifPresent(test -> test(json, test));
            workshop.drill().ifPresent(drill -> drill(json, drill));
            json.writeEndObject();
        });
    }

    private void site(JsonGenerator json, Moment now) {
        json.writeObjectPropertyStart("site")
                .writeStringProperty("name", plan.site().name())
                .writeStringProperty("zone", plan.site().timeZone().getId())
                .writeStringProperty("language", plan.site().language())
                .writeEndObject();
        json.writeObjectPropertyStart("now")
                .writeNumberProperty("wallMs", now.wallMs())
                .writeStringProperty("clock", now.clock().word())
                .writeEndObject();
    }

    private void sensors(JsonGenerator json, State state, Ages ages) {
        json.writeArrayPropertyStart("sensors");
        for (var unit : plan.site().units()) {
            unit.sensors().forEach(sensor -> sensor(json, unit, sensor, state, ages));
        }
        json.writeEndArray();
    }

    private static void sensor(
            JsonGenerator json, Unit unit, SensorPlan sensor, State state, Ages ages) {
        json.writeStartObject()
                .writeStringProperty("id", sensor.id())
                .writeStringProperty("unit", unit.name())
                .writeStringProperty("measures", sensor.measures().word())
                .writeStringProperty("uom", sensor.measures().senmlUnit())
                .writeStringProperty("source", sensor.source().written());
        var calibration = sensor.calibration();
        if (calibration.offsetMilli() != 0) {
            json.writeNumberProperty("offsetMilli", calibration.offsetMilli());
        }
        calibration.due().ifPresent(due -> json.writeStringProperty("due", due.toString()));
        Optional.ofNullable(state.heard().get(sensor.id()))
                .ifPresent(heard -> heard(json, heard, ages));
        json.writeEndObject();
    }

    /** Its last value, however old, and why its latest word is none. */
    private static void heard(JsonGenerator json, State.Heard heard, Ages ages) {
        if (heard.latest() instanceof Reading.Silent(_, var fault, var detail)) {
            json.writeStringProperty("fault", fault.word()).writeStringProperty("detail", detail);
        }
        heard.lastGood()
                .filter(Reading.Measured.class::isInstance)
                .map(Reading.Measured.class::cast)
                .ifPresent(value ->
                        json.writeNumberProperty("rawMilli", value.rawMilli())
                                .writeNumberProperty("milli", value.milli())
                                .writeBooleanProperty(
                                        "calibrationExpired",
                                        value.flags().contains(Flag.CALIBRATION_EXPIRED)));
        heard.lastGoodAt()
                .map(ages::msSince)
                .orElseGet(OptionalLong::empty)
                .ifPresent(ms -> json.writeNumberProperty("ageMs", ms));
    }

    /** How many probes hang on each bus, and how many of them answer. */
    private static final class Bus {
        private int sensors;
        private int answering;
    }

    private void buses(JsonGenerator json, State state) {
        var buses = new LinkedHashMap<String, Bus>();
        for (var unit : plan.site().units()) {
            for (var sensor : unit.sensors()) {
                var bus = buses.computeIfAbsent(sensor.source().hangsOn(), _ -> new Bus());
                bus.sensors++;
                bus.answering += answers(state, sensor) ? 1 : 0;
            }
        }
        json.writeArrayPropertyStart("buses");
        for (Map.Entry<String, Bus> one : buses.entrySet()) {
            json.writeStartObject()
                    .writeStringProperty("id", one.getKey())
                    .writeNumberProperty("sensors", one.getValue().sensors)
                    .writeNumberProperty("answering", one.getValue().answering)
                    .writeEndObject();
        }
        json.writeEndArray();
    }

    private static boolean answers(State state, SensorPlan sensor) {
        var heard = state.heard().get(sensor.id());
        return heard != null && !(heard.latest() instanceof Reading.Silent);
    }

    private void platforms(
            JsonGenerator json, State state, Ages ages, ToLongFunction<String> waiting) {
        json.writeArrayPropertyStart("platforms");
        for (var platform : plan.site().platforms()) {
            var link = Optional.ofNullable(state.links().get(platform.id()));
            json.writeStartObject()
                    .writeStringProperty("id", platform.id())
                    .writeStringProperty("address", platform.url().getHost())
                    .writeStringProperty("state", link.map(l -> l.state().word()).orElse("unknown"))
                    .writeStringProperty("reason", link.map(State.LinkView::reason).orElse(""))
                    .writeNumberProperty("waiting", waiting.applyAsLong(platform.id()));
            link.map(l -> ages.msSince(l.since()))
                    .orElseGet(OptionalLong::empty)
                    .ifPresent(ms -> json.writeNumberProperty("forMs", ms));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void checks(JsonGenerator json, String name, List<Workshop.Checked> checks) {
        json.writeArrayPropertyStart(name);
        for (var check : checks) {
            json.writeStartObject()
                    .writeStringProperty("id", check.id())
                    .writeStringProperty("of", check.of())
                    .writeStringProperty("status", check.status());
            check.texts()
                    .forEach((language, text) -> {
                        json.writeObjectPropertyStart(language)
                                .writeStringProperty("title", text.title())
                                .writeStringProperty("cause", text.cause());
                        text.remedy().ifPresent(words -> json.writeStringProperty("remedy", words));
                        json.writeEndObject();
                    });
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void drill(JsonGenerator json, Workshop.Drilled drill) {
        json.writeObjectPropertyStart("drill")
                .writeBooleanProperty("over", drill.over())
                .writeBooleanProperty("passed", drill.passed())
                .writeNumberProperty("ageMs", drill.ageMs());
        checks(json, "hops", drill.hops());
        json.writeEndObject();
    }

    private static void test(JsonGenerator json, Workshop.Tested test) {
        json.writeObjectPropertyStart("test")
                .writeBooleanProperty("passed", test.passed())
                .writeNumberProperty("ageMs", test.ageMs())
                .writeNumberProperty("tookMs", test.tookMs());
        checks(json, "steps", test.steps());
        json.writeEndObject();
    }
}
