package org.mingchu.gateway.doctor;

import org.mingchu.config.Quantity;
import org.mingchu.config.SensorPlan;
import org.mingchu.config.Unit;
import org.mingchu.config.Video;
import org.mingchu.gateway.judge.State;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Reading;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the probes and cameras say, and until when they are calibrated. Immutable. */
record SensorChecks(Patient patient) {
    private static final long SOON_DAYS = 30;
    private static final long BATTERY_LEAST_MILLI = 20_000;

    /**
     * What no air in a unit of its kind can be, far beyond any limit: a probe that hangs elsewhere.
     */
    private record Bounds(long leastMilli, long mostMilli) {}

    List<Check> all() {
        var checks = new ArrayList<>(each());
        checks.add(new Check("sensors.calibration", this::calibration));
        checks.add(new Check("sensors.battery", this::battery));
        patient.plan().stream()
                .flatMap(plan -> plan.site().video().eyes().stream())
                .forEach(eye -> checks.add(new Check("camera", eye.subject(), () -> camera(eye))));
        return checks;
    }

    /** One for each probe. */
    List<Check> each() {
        return patient.plan().stream()
                .flatMap(plan -> plan.site().units().stream())
                .flatMap(unit -> unit.sensors().stream().map(sensor -> check(unit, sensor)))
                .toList();
    }

    private Check check(Unit unit, SensorPlan sensor) {
        return new Check("sensor", sensor.id(), () -> sensor(unit, sensor));
    }

    private Verdict sensor(Unit unit, SensorPlan sensor) {
        if (patient.agent().isEmpty()) {
            return Verdict.skipped("no-agent");
        }
        if (patient.agent().get().state().services().containsKey(sensor.id())) {
            return Verdict.skipped("out-of-service");
        }
        return heard(sensor.id())
                .map(heard -> sensor(unit, sensor, heard))
                .orElseGet(() -> Verdict.fail("never"));
    }

    private Verdict sensor(Unit unit, SensorPlan sensor, State.Heard heard) {
        if (!patient.fresh(heard.at(), sensor)) {
            return Verdict.fail("stale");
        }
        return switch (heard.latest()) {
            case Reading.Silent(_, var fault, var detail) ->
                    Verdict.fail(fault.word(), "detail", Verdict.aside(detail));
            case Reading.Seen _ -> Verdict.ok("value", "");
            case Reading.Measured value when !plausible(unit, value) ->
                    Verdict.fail("misplaced", "value", shown(value), "unit", unit.name());
            case Reading.Measured value -> Verdict.ok("value", shown(value));
        };
    }

    private static String shown(Reading.Measured value) {
        var unit = value.quantity().senmlUnit();
        return value.milli() / 1000.0 + " " + (unit.equals("Cel") ? "°C" : unit);
    }

    private static boolean plausible(Unit unit, Reading.Measured value) {
        if (value.quantity() != Quantity.TEMPERATURE) {
            return true;
        }
        var bounds =
                switch (unit.kind()) {
                    case FREEZER -> new Bounds(-60_000, 45_000);
                    case CHILLED, SAMPLE_FRIDGE -> new Bounds(-25_000, 50_000);
                    case HOT_HOLDING, TRANSIT_BOX -> new Bounds(-30_000, 110_000);
                    case DISINFECTION -> new Bounds(-10_000, 200_000);
                    case AMBIENT -> new Bounds(-25_000, 60_000);
                };
        return value.milli() >= bounds.leastMilli() && value.milli() <= bounds.mostMilli();
    }

    private Optional<State.Heard> heard(String subject) {
        return patient.agent().map(agent -> agent.state().heard().get(subject));
    }

    private Verdict calibration() {
        var planned = sensors().filter(s -> s.calibration().due().isPresent()).toList();
        if (planned.isEmpty()) {
            return Verdict.skipped("none");
        }
        if (patient.plan().isEmpty() || patient.now().clock() == ClockState.UNSYNCED) {
            return Verdict.skipped("no-day");
        }
        var over = due(planned, 0);
        if (!over.isEmpty()) {
            return Verdict.fail("expired", "sensors", String.join(", ", over));
        }
        var soon = due(planned, SOON_DAYS);
        return soon.isEmpty()
                ? Verdict.ok("n", String.valueOf(planned.size()))
                : Verdict.warn("soon", "sensors", String.join(", ", soon));
    }

    /** Whose day is over, or will be in so many days. */
    private List<String> due(List<SensorPlan> sensors, long days) {
        var zone = patient.plan().orElseThrow().site().timeZone();
        var day =
                LocalDate.ofInstant(Instant.ofEpochMilli(patient.now().wallMs()), zone)
                        .plusDays(days);
        return sensors.stream()
                .filter(s -> s.calibration().due().orElseThrow().isBefore(day))
                .map(s -> s.id() + " (" + s.calibration().due().orElseThrow() + ")")
                .toList();
    }

    private Verdict battery() {
        var fitted = sensors().filter(s -> s.measures() == Quantity.BATTERY).toList();
        if (fitted.isEmpty()) {
            return Verdict.skipped("none");
        }
        var low =
                fitted.stream()
                        .filter(s ->
                                heard(s.id()).flatMap(State.Heard::lastGood).stream()
                                        .anyMatch(r ->
                                                r instanceof Reading.Measured m
                                                        && m.milli() < BATTERY_LEAST_MILLI))
                        .map(SensorPlan::id)
                        .toList();
        return low.isEmpty()
                ? Verdict.ok()
                : Verdict.warn("low", "sensors", String.join(", ", low));
    }

    private Stream<SensorPlan> sensors() {
        return patient.plan().stream()
                .flatMap(plan -> plan.site().units().stream())
                .flatMap(unit -> unit.sensors().stream());
    }

    private Verdict camera(Video.Eye eye) {
        if (patient.agent().isEmpty()) {
            return Verdict.skipped("no-agent");
        }
        return heard(eye.subject())
                .map(State.Heard::latest)
                .filter(Reading.Seen.class::isInstance)
                .map(reading -> ((Reading.Seen) reading).verdict())
                .map(verdict ->
                        verdict.wrong()
                                ? Verdict.fail(
                                        verdict.level().orElseThrow().word(),
                                        "word",
                                        verdict.word())
                                : Verdict.ok("word", verdict.word()))
                .orElseGet(() -> Verdict.skipped("not-yet"));
    }
}
