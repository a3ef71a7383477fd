package org.mingchu.gateway.show;

import org.mingchu.config.Camera;
import org.mingchu.config.CameraLevel;
import org.mingchu.config.Paper;
import org.mingchu.config.Plan;
import org.mingchu.config.Quantity;
import org.mingchu.config.UnitKind;
import org.mingchu.config.Wall;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Glance;
import org.mingchu.gateway.judge.Glance.CameraView;
import org.mingchu.gateway.judge.Glance.SensorView;
import org.mingchu.gateway.judge.Glance.UnitView;
import org.mingchu.gateway.judge.Light;
import org.mingchu.gateway.judge.State;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

import tools.jackson.core.JsonGenerator;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * What the public is told: facts of the record, no person but a surname that was agreed to, and
 * never that something is fine which nobody recorded. Any thread.
 */
final class WallPicture {
    /** An older value is grey, with its age. */
    static final Duration FRESH = Duration.ofSeconds(30);

    private static final long NS_PER_MS = 1_000_000;

    private final Plan plan;
    private final Fact.Started program;
    private final Glance glance;
    private final List<Coverage> coverage;

    WallPicture(Plan plan, Fact.Started program) {
        this.plan = plan;
        this.program = program;
        this.glance = new Glance(plan);
        this.coverage = Coverage.of(plan.site());
    }

    /** How things stand: asked for every few seconds. */
    byte[] now(State state, Moment now, Optional<Week> week) {
        var ages = new Ages(now);
        return Json.bytes(json -> {
            json.writeStartObject().writeBooleanProperty("simulated", program.simulated());
            site(json, now);
            kept(json, state, ages);
            json.writeArrayPropertyStart("units");
            glance.units(state, now).stream()
                    .filter(WallPicture::keepsFood)
                    .forEach(unit -> unit(json, unit));
            json.writeEndArray();
            cameras(json, state, now);
            week.ifPresent(w -> week(json, w));
            disinfection(json, week);
            expiries(json, now);
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

    private void kept(JsonGenerator json, State state, Ages ages) {
        var ageMs = state.at().map(ages::msSince).orElseGet(OptionalLong::empty);
        var idleMs = plan.site().samplingPeriod().multipliedBy(Picture.IDLE_PERIODS).toMillis();
        json.writeObjectPropertyStart("kept");
        ageMs.ifPresent(ms -> json.writeNumberProperty("ageMs", ms));
        json.writeBooleanProperty("idle", ageMs.orElse(Long.MAX_VALUE) > idleMs);
        json.writeEndObject();
    }

    /** A distribution box with its contacts says nothing of food; a store without a probe does. */
    private static boolean keepsFood(UnitView view) {
        return view.unit().kind() != UnitKind.AMBIENT
                || view.sensors().stream()
                        .anyMatch(s -> s.sensor().measures() == Quantity.TEMPERATURE);
    }

    private static void unit(JsonGenerator json, UnitView view) {
        json.writeStartObject()
                .writeStringProperty("id", view.unit().id())
                .writeStringProperty("name", view.unit().name())
                .writeStringProperty("kind", view.unit().kind().word());
        view.unit().place().ifPresent(place -> json.writeStringProperty("place", place));
        var temperatures =
                view.sensors().stream()
                        .filter(s -> s.sensor().measures() == Quantity.TEMPERATURE)
                        .toList();
        json.writeStringProperty("state", word(view, temperatures));
        json.writeArrayPropertyStart("values");
        temperatures.forEach(sensor -> value(json, sensor));
        json.writeEndArray().writeEndObject();
    }

    /** A deviation is being handled; what nobody knows is no news, and no good news either. */
    private static String word(UnitView view, List<SensorView> temperatures) {
        var limited =
                temperatures.stream()
                        .anyMatch(s -> s.highMilli().isPresent() || s.lowMilli().isPresent());
        return switch (view.light()) {
            case FINE -> limited ? "within" : temperatures.isEmpty() ? "unmeasured" : "measured";
            case ATTENTION, ALARM -> "handling";
            case PLANNED -> "planned";
            case DOUBT -> "checking";
            case UNKNOWN, FAULT -> "no-data";
        };
    }

    private static void value(JsonGenerator json, SensorView view) {
        json.writeStartObject();
        view.valueMilli().ifPresent(milli -> json.writeNumberProperty("milli", milli));
        view.ageNs().ifPresent(ns -> json.writeNumberProperty("ageMs", ns / NS_PER_MS));
        var fresh = view.ageNs().orElse(Long.MAX_VALUE) <= FRESH.toNanos();
        json.writeBooleanProperty("stale", !fresh || view.light() == Light.FAULT);
        view.highMilli().ifPresent(milli -> json.writeNumberProperty("above", milli));
        view.lowMilli().ifPresent(milli -> json.writeNumberProperty("below", milli));
        json.writeEndObject();
    }

    private void cameras(JsonGenerator json, State state, Moment now) {
        var views =
                glance.cameras(state, now).stream()
                        .collect(Collectors.toMap(CameraView::id, view -> view, (one, _) -> one));
        json.writeArrayPropertyStart("cameras");
        for (var camera : plan.site().cameras()) {
            json.writeStartObject()
                    .writeStringProperty("name", camera.name())
                    .writeStringProperty(
                            "state", word(Optional.ofNullable(views.get(camera.id()))));
            lastSeenMs(camera, state, now).ifPresent(ms -> json.writeNumberProperty("seenMs", ms));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static String word(Optional<CameraView> view) {
        var stream =
                view.stream()
                        .flatMap(v -> v.levels().stream())
                        .filter(level -> level.level() == CameraLevel.STREAM)
                        .findFirst();
        return stream.flatMap(Glance.LevelView::verdict)
                .map(verdict ->
                        switch (verdict) {
                            case HEALTHY -> "live";
                            case PLANNED_OFF -> "planned";
                            case UNKNOWN -> "unknown";
                            default -> "offline";
                        })
                .orElse("unknown");
    }

    private static OptionalLong lastSeenMs(Camera camera, State state, Moment now) {
        return Optional.ofNullable(state.heard().get(camera.id()))
                .flatMap(State.Heard::lastGoodAt)
                .map(new Ages(now)::msSince)
                .orElseGet(OptionalLong::empty);
    }

    private void week(JsonGenerator json, Week week) {
        json.writeObjectPropertyStart("week")
                .writeNumberProperty("days", Week.DAYS)
                .writeNumberProperty("asOfMs", week.asOfMs());
        json.writeArrayPropertyStart("units");
        for (var unit : week.units()) {
            json.writeStartObject()
                    .writeStringProperty("id", unit.unit())
                    .writeNumberProperty("withinMs", unit.withinMs())
                    .writeNumberProperty("beyondMs", unit.beyondMs())
                    .writeNumberProperty("unseenMs", unit.unseenMs())
                    .writeEndObject();
        }
        json.writeEndArray().writeArrayPropertyStart("deviations");
        for (var one : week.deviations()) {
            json.writeStartObject()
                    .writeStringProperty("unit", one.unit())
                    .writeNumberProperty("fromMs", one.fromMs());
            one.toMs().ifPresent(ms -> json.writeNumberProperty("toMs", ms));
            json.writeStringProperty("standing", one.standing().word()).writeEndObject();
        }
        json.writeEndArray().writeEndObject();
    }

    /** Cycles that were proven by temperature; where none can be, that is what is told. */
    private void disinfection(JsonGenerator json, Optional<Week> week) {
        json.writeArrayPropertyStart("disinfection");
        for (var unit : plan.site().units()) {
            if (unit.method().isEmpty()) {
                continue;
            }
            json.writeStartObject().writeStringProperty("name", unit.name());
            week.stream()
                    .flatMap(w -> w.cycles().stream())
                    .filter(cycles -> cycles.unit().equals(unit.id()))
                    .findFirst()
                    .ifPresent(cycles -> {
                        json.writeNumberProperty("passed", cycles.passed())
                                .writeNumberProperty("failed", cycles.failed());
                        cycles.lastMs().ifPresent(ms -> json.writeNumberProperty("lastMs", ms));
                    });
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void expiries(JsonGenerator json, Moment now) {
        var all = Expiry.all(plan.site().wall(), plan.site().timeZone(), now);
        json.writeBooleanProperty("dated", now.clock() != ClockState.UNSYNCED);
        json.writeArrayPropertyStart("expiries");
        var consent =
                plan.site().wall().staff().stream().map(Wall.HealthCertificate::consent).iterator();
        for (var one : all.orElse(List.of())) {
            json.writeStartObject().writeStringProperty("kind", one.kind().word());
            if (one.kind() == Expiry.Kind.CERTIFICATE || consent.next() == Wall.Consent.GIVEN) {
                json.writeStringProperty("name", one.name());
            }
            json.writeStringProperty("detail", one.detail())
                    .writeStringProperty("validTo", one.validTo().toString())
                    .writeBooleanProperty("expired", one.expired())
                    .writeEndObject();
        }
        json.writeEndArray();
    }

    /** What does not change while the program runs: papers, telephone, what is recorded at all. */
    byte[] notices() {
        var wall = plan.site().wall();
        return Json.bytes(json -> {
            json.writeStartObject();
            wall.phone().ifPresent(phone -> json.writeStringProperty("phone", phone));
            wall.form().ifPresent(form -> json.writeStringProperty("form", form.toString()));
            wall.inspection()
                    .ifPresent(one -> {
                        json.writeObjectPropertyStart("inspection")
                                .writeStringProperty("date", one.date().toString())
                                .writeStringProperty("result", one.result());
                        one.by().ifPresent(by -> json.writeStringProperty("by", by));
                        json.writeEndObject();
                    });
            json.writeArrayPropertyStart("papers");
            for (var i = 0; i < wall.papers().size(); i++) {
                paper(json, wall.papers().get(i), i);
            }
            json.writeEndArray().writeArrayPropertyStart("coverage");
            coverage.forEach(point -> point(json, point));
            json.writeEndArray().writeEndObject();
        });
    }

    private static void paper(JsonGenerator json, Paper paper, int i) {
        json.writeStartObject()
                .writeStringProperty("kind", paper.kind().word())
                .writeStringProperty("title", paper.title());
        switch (paper.content()) {
            case Paper.Content.Words(var text) -> json.writeStringProperty("text", text);
            case Paper.Content.Picture _ ->
                    json.writeStringProperty("picture", PublicWall.paperPath(i));
            case Paper.Content.Missing _ -> json.writeBooleanProperty("missing", true);
        }
        json.writeEndObject();
    }

    private static void point(JsonGenerator json, Coverage point) {
        json.writeStartObject()
                .writeStringProperty("point", point.point())
                .writeStringProperty("by", point.by().word())
                .writeNumberProperty("seen", point.seen())
                .writeNumberProperty("all", point.all())
                .writeEndObject();
    }

    /** The words that the texts of the wall have to know. */
    static Map<String, List<String>> vocabulary() {
        return Map.of(
                "state.",
                List.of(
                        "within",
                        "measured",
                        "unmeasured",
                        "handling",
                        "planned",
                        "checking",
                        "no-data"),
                "camera.",
                List.of("live", "planned", "unknown", "offline"));
    }
}
