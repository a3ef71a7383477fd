package org.mingchu.gateway.show;

import org.mingchu.config.Camera;
import org.mingchu.config.Plan;
import org.mingchu.config.SensorPlan;
import org.mingchu.config.Unit;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.State;
import org.mingchu.gateway.judge.State.Heard;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.Reading;

import tools.jackson.core.JsonGenerator;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * The kitchen in one JSON object, as {@code /api/state} and each frame of {@code /api/events} give
 * it. It says nothing that the state does not hold. Any thread.
 */
final class Picture {
    /** A value older than so many periods is shown as old. */
    static final int STALE_PERIODS = 2;

    /** When nothing has been kept for so many periods, the page says that nobody watches. */
    static final int IDLE_PERIODS = 3;

    private final Plan plan;
    private final Fact.Started program;
    private final Limits limits;
    private final Sight sight;
    private final OpenAlarms alarms;

    Picture(Plan plan, Instructions instructions, Fact.Started program) {
        this.plan = plan;
        this.program = program;
        this.limits = new Limits(plan);
        this.sight = new Sight(plan, limits);
        this.alarms = new OpenAlarms(plan, limits, instructions);
    }

    /** The picture at {@code now}, with what each platform is still to get. */
    byte[] of(State state, Moment now, ToLongFunction<String> waiting) {
        var ages = new Ages(now);
        return Json.bytes(json -> {
            json.writeStartObject();
            json.writeStringProperty("version", program.version());
            json.writeBooleanProperty("simulated", program.simulated());
            site(json, now);
            kept(json, state, ages);
            json.writeArrayPropertyStart("units");
            plan.site().units().forEach(unit -> unit(json, unit, state, ages));
            json.writeEndArray();
            json.writeArrayPropertyStart("cameras");
            plan.site().cameras().forEach(camera -> camera(json, camera, state, ages));
            json.writeEndArray();
            alarms.write(json, state, ages);
            links(json, state, ages, waiting);
            sound(json, state, now);
            json.writeEndObject();
        });
    }

    private void site(JsonGenerator json, Moment now) {
        json.writeObjectPropertyStart("site")
                .writeStringProperty("id", plan.site().identity().site())
                .writeStringProperty("name", plan.site().name())
                .writeStringProperty("zone", plan.site().timeZone().getId())
                .writeStringProperty("language", plan.site().language())
                .writeEndObject();
        json.writeObjectPropertyStart("now")
                .writeNumberProperty("wallMs", now.wallMs())
                .writeStringProperty("clock", now.clock().word())
                .writeEndObject();
    }

    private void kept(JsonGenerator json, State state, Ages ages) {
        var ageMs = state.at().map(ages::msSince).orElseGet(OptionalLong::empty);
        var idleMs = plan.site().samplingPeriod().multipliedBy(IDLE_PERIODS).toMillis();
        json.writeObjectPropertyStart("kept").writeNumberProperty("seq", state.seq());
        ageMs.ifPresent(ms -> json.writeNumberProperty("ageMs", ms));
        json.writeBooleanProperty("idle", ageMs.orElse(Long.MAX_VALUE) > idleMs);
        json.writeEndObject();
    }

    private void unit(JsonGenerator json, Unit unit, State state, Ages ages) {
        json.writeStartObject()
                .writeStringProperty("id", unit.id())
                .writeStringProperty("name", unit.name())
                .writeStringProperty("kind", unit.kind().word())
                .writeStringProperty("light", sight.of(unit, state, ages).word());
        unit.place().ifPresent(place -> json.writeStringProperty("place", place));
        json.writeArrayPropertyStart("sensors");
        unit.sensors().forEach(sensor -> sensor(json, sensor, state, ages));
        json.writeEndArray().writeEndObject();
    }

    private void sensor(JsonGenerator json, SensorPlan sensor, State state, Ages ages) {
        var id = sensor.id();
        json.writeStartObject()
                .writeStringProperty("id", id)
                .writeStringProperty("measures", sensor.measures().word())
                .writeStringProperty("uom", sensor.measures().senmlUnit());
        limits.above(id).ifPresent(milli -> json.writeNumberProperty("above", milli));
        limits.below(id).ifPresent(milli -> json.writeNumberProperty("below", milli));
        outMs(id, state, ages).ifPresent(ms -> json.writeNumberProperty("outMs", ms));
        Optional.ofNullable(state.heard().get(id))
                .ifPresent(heard -> heard(json, heard, sight.periodOf(sensor), ages));
        json.writeEndObject();
    }

    /** The last value it gave, with its age; and the fault, when that is what it said last. */
    private static void heard(JsonGenerator json, Heard heard, Duration period, Ages ages) {
        if (heard.latest() instanceof Reading.Silent silent) {
            json.writeStringProperty("fault", silent.fault().word());
        }
        if (heard.lastGood().orElse(heard.latest()) instanceof Reading.Measured measured) {
            json.writeNumberProperty("milli", measured.milli());
        }
        age(json, heard, period, ages);
    }

    private void camera(JsonGenerator json, Camera camera, State state, Ages ages) {
        json.writeStartObject()
                .writeStringProperty("id", camera.id())
                .writeStringProperty("name", camera.name())
                .writeStringProperty("light", sight.of(camera, state, ages).word());
        Optional.ofNullable(state.heard().get(camera.id()))
                .ifPresent(heard -> seen(json, heard, ages));
        json.writeEndObject();
    }

    private static void seen(JsonGenerator json, Heard heard, Ages ages) {
        switch (heard.latest()) {
            case Reading.Seen seen -> json.writeStringProperty("verdict", seen.verdict().word());
            case Reading.Silent silent -> json.writeStringProperty("fault", silent.fault().word());
            case Reading.Measured _ -> {} // a camera measures nothing
        }
        age(json, heard, Plan.CAMERA_PERIOD, ages);
    }

    private static void age(JsonGenerator json, Heard heard, Duration period, Ages ages) {
        heard.lastGoodAt()
                .ifPresent(at ->
                        ages.msSince(at).ifPresent(ms -> json.writeNumberProperty("ageMs", ms)));
        json.writeBooleanProperty("stale", Sight.stale(heard, period, ages));
    }

    /** Since when the value has been beyond one of its limits, raised or not yet. */
    private OptionalLong outMs(String sensor, State state, Ages ages) {
        return limits.limitRules(sensor).stream()
                .flatMap(rule ->
                        Stream.ofNullable(state.watching().get(new State.Key(sensor, rule))))
                .flatMap(watching ->
                        Stream.concat(
                                watching.pending().map(State.Pending::begun).stream(),
                                watching.open().map(open -> open.last().since()).stream()))
                .flatMapToLong(since -> ages.msSince(since).stream())
                .max();
    }

    private void links(JsonGenerator json, State state, Ages ages, ToLongFunction<String> waiting) {
        json.writeArrayPropertyStart("links");
        for (var platform : plan.site().platforms()) {
            var link = Optional.ofNullable(state.links().get(platform.id()));
            json.writeStartObject()
                    .writeStringProperty("id", platform.id())
                    .writeStringProperty("state", link.map(l -> l.state().word()).orElse("unknown"))
                    .writeStringProperty("reason", link.map(State.LinkView::reason).orElse(""))
                    .writeNumberProperty("waiting", waiting.applyAsLong(platform.id()));
            link.flatMap(l -> ages.msSince(l.since()).stream().boxed().findFirst())
                    .ifPresent(ms -> json.writeNumberProperty("forMs", ms));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void sound(JsonGenerator json, State state, Moment now) {
        json.writeObjectPropertyStart("sound")
                .writeBooleanProperty("fitted", plan.site().annunciator().buzzer().isPresent());
        sight.sounding(state, now).ifPresent(p -> json.writeStringProperty("sounding", p.word()));
        var silencedMs = TimeUnit.NANOSECONDS.toMillis(Sight.silencedNs(state, now));
        if (silencedMs > 0) {
            json.writeNumberProperty("silencedMs", silencedMs);
        }
        json.writeEndObject();
    }
}
