package org.mingchu.gateway.show;

import org.mingchu.config.Advice;
import org.mingchu.config.Plan;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Glance;
import org.mingchu.gateway.judge.Glance.CameraView;
import org.mingchu.gateway.judge.Glance.SensorView;
import org.mingchu.gateway.judge.Glance.UnitView;
import org.mingchu.gateway.judge.Light;
import org.mingchu.gateway.judge.State;
import org.mingchu.sensors.Moment;

import tools.jackson.core.JsonGenerator;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
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

    private static final long NS_PER_MS = 1_000_000;

    private final Plan plan;
    private final Fact.Started program;
    private final Watches watches;
    private final Glance glance;
    private final OpenAlarms alarms;
    private final Cases cases;
    private final Papers papers;

    Picture(Plan plan, List<Advice> advice, Fact.Started program) {
        this.plan = plan;
        this.program = program;
        this.watches = new Watches(plan);
        this.glance = new Glance(plan);
        this.alarms = new OpenAlarms(plan, watches, glance, advice);
        this.cases = new Cases(plan, watches);
        this.papers = new Papers(plan);
    }

    /** The picture at {@code now}. */
    byte[] of(Verbs verbs, Moment now) {
        var state = verbs.state().get();
        var ages = new Ages(now);
        return Json.bytes(json -> {
            json.writeStartObject();
            json.writeStringProperty("version", program.version());
            json.writeBooleanProperty("simulated", program.simulated());
            site(json, now);
            longest(json);
            kept(json, state, ages);
            json.writeArrayPropertyStart("units");
            glance.units(state, now).forEach(unit -> unit(json, unit, state, ages));
            json.writeEndArray();
            json.writeArrayPropertyStart("cameras");
            glance.cameras(state, now).forEach(camera -> camera(json, camera));
            json.writeEndArray();
            alarms.write(json, state, ages);
            cases.write(json, state, ages);
            papers.write(json, now);
            links(json, state, ages, verbs.waiting());
            sound(json, state, now);
            verbs.battery().get().ifPresent(drawn -> battery(json, drawn));
            verbs.standIn().ifPresent(word -> json.writeStringProperty("standIn", word));
            json.writeEndObject();
        });
    }

    private void site(JsonGenerator json, Moment now) {
        json.writeObjectPropertyStart("site")
                .writeStringProperty("id", plan.site().identity().site())
                .writeStringProperty("name", plan.site().name())
                .writeStringProperty("zone", plan.site().timeZone().getId())
                .writeStringProperty("language", plan.site().language())
                .writeStringProperty("face", plan.site().console().face().word())
                .writeEndObject();
        json.writeObjectPropertyStart("now")
                .writeNumberProperty("wallMs", now.wallMs())
                .writeStringProperty("clock", now.clock().word())
                .writeEndObject();
    }

    /** How long people's acts may last: what is longer is refused. */
    private void longest(JsonGenerator json) {
        var acts = plan.pack().acts();
        json.writeObjectPropertyStart("longest")
                .writeNumberProperty("cleaningMs", acts.cleaningLongest().toMillis())
                .writeNumberProperty("loadingMs", acts.loadingLongest().toMillis())
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

    private void unit(JsonGenerator json, UnitView unit, State state, Ages ages) {
        json.writeStartObject()
                .writeStringProperty("id", unit.unit().id())
                .writeStringProperty("name", unit.unit().name())
                .writeStringProperty("kind", unit.unit().kind().word())
                .writeStringProperty("light", unit.light().word());
        unit.unit().place().ifPresent(place -> json.writeStringProperty("place", place));
        json.writeArrayPropertyStart("sensors");
        unit.sensors().forEach(sensor -> sensor(json, sensor, state, ages));
        json.writeEndArray();
        unit.doubt().ifPresent(outage -> outage(json, outage));
        unit.act().ifPresent(act -> json.writeStringProperty("act", act.doing().word()));
        byHand(json, unit.unit().id(), state, ages);
        json.writeEndObject();
    }

    private static void byHand(JsonGenerator json, String unit, State state, Ages ages) {
        Optional.ofNullable(state.duties().byHand().get(unit))
                .ifPresent(read -> {
                    json.writeObjectPropertyStart("byHand")
                            .writeNumberProperty("milli", read.milli())
                            .writeNumberProperty("atMs", ages.wallMsOf(read.at()));
                    ages.msSince(read.at()).ifPresent(ms -> json.writeNumberProperty("ageMs", ms));
                    json.writeEndObject();
                });
    }

    private static void outage(JsonGenerator json, Glance.Outage outage) {
        json.writeObjectPropertyStart("outage").writeNumberProperty("leastMs", outage.leastMs());
        outage.mostMs().ifPresent(ms -> json.writeNumberProperty("mostMs", ms));
        outage.beforeMilli().ifPresent(milli -> json.writeNumberProperty("before", milli));
        outage.afterMilli().ifPresent(milli -> json.writeNumberProperty("after", milli));
        outage.worstMilli().ifPresent(milli -> json.writeNumberProperty("worst", milli));
        outage.beyondMostMs().ifPresent(ms -> json.writeNumberProperty("beyondMostMs", ms));
        json.writeBooleanProperty("check", outage.check()).writeEndObject();
    }

    private void sensor(JsonGenerator json, SensorView view, State state, Ages ages) {
        var sensor = view.sensor();
        json.writeStartObject()
                .writeStringProperty("id", sensor.id())
                .writeStringProperty("measures", sensor.measures().word())
                .writeStringProperty("uom", sensor.measures().senmlUnit());
        view.highMilli().ifPresent(milli -> json.writeNumberProperty("above", milli));
        view.lowMilli().ifPresent(milli -> json.writeNumberProperty("below", milli));
        outMs(sensor.id(), state, ages).ifPresent(ms -> json.writeNumberProperty("outMs", ms));
        view.valueMilli().ifPresent(milli -> json.writeNumberProperty("milli", milli));
        view.ageNs().ifPresent(ns -> json.writeNumberProperty("ageMs", ns / NS_PER_MS));
        json.writeBooleanProperty("stale", stale(view));
        // One bad round between good ones is the judge's business, not the cook's.
        view.fault()
                .filter(_ -> view.light() == Light.FAULT)
                .ifPresent(fault -> json.writeStringProperty("fault", fault.word()));
        json.writeEndObject();
    }

    private boolean stale(SensorView view) {
        var period = view.sensor().period().orElse(plan.site().samplingPeriod());
        return view.ageNs().orElse(Long.MAX_VALUE) > period.toNanos() * STALE_PERIODS;
    }

    private static void camera(JsonGenerator json, CameraView camera) {
        json.writeStartObject()
                .writeStringProperty("id", camera.id())
                .writeStringProperty("light", camera.light().word());
        camera.name().ifPresent(name -> json.writeStringProperty("name", name));
        json.writeArrayPropertyStart("levels");
        for (var level : camera.levels()) {
            json.writeStartObject()
                    .writeStringProperty("level", level.level().word())
                    .writeStringProperty("light", level.light().word());
            level.verdict().ifPresent(v -> json.writeStringProperty("verdict", v.word()));
            json.writeEndObject();
        }
        json.writeEndArray().writeEndObject();
    }

    /** Since when the value has been beyond one of its limits, raised or not yet. */
    private OptionalLong outMs(String sensor, State state, Ages ages) {
        return watches.limitRules(sensor).stream()
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

    /** There only while the mains are gone. */
    private static void battery(JsonGenerator json, Battery drawn) {
        json.writeObjectPropertyStart("battery")
                .writeStringProperty("stage", drawn.stage().word())
                .writeNumberProperty("stopAtPercent", drawn.stopAtPercent());
        drawn.percent().ifPresent(percent -> json.writeNumberProperty("percent", percent));
        json.writeEndObject();
    }

    private void sound(JsonGenerator json, State state, Moment now) {
        json.writeObjectPropertyStart("sound")
                .writeBooleanProperty("fitted", plan.site().annunciator().buzzer().isPresent());
        glance.sounding(state, now).ifPresent(p -> json.writeStringProperty("sounding", p.word()));
        state.silencedUntil()
                .filter(_ -> glance.silenced(state, now))
                .ifPresent(until ->
                        json.writeNumberProperty(
                                "silencedMs", (until.upNs() - now.upNs()) / NS_PER_MS));
        json.writeEndObject();
    }
}
