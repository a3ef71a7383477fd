package org.mingchu.gateway.doctor;

import org.mingchu.config.SensorPlan;
import org.mingchu.config.Source;
import org.mingchu.gateway.judge.State;
import org.mingchu.sensors.Fault;
import org.mingchu.sensors.Reading;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whether each chip on I²C and SPI and each slave on RS-485 answers: as the agent's last readings
 * have it, because two programs that ask on one wire disturb each other, and some chips begin a
 * measurement when they are looked at. Without an agent it is seen whether the kernel holds the
 * chip itself. Immutable.
 */
record ChipChecks(Patient patient) {
    /** Words for a thing that says nothing; with any other it has answered. */
    private static final Set<Fault> UNANSWERED =
            EnumSet.of(Fault.SILENT, Fault.DISCONNECTED, Fault.BUS);

    List<Check> all() {
        var chips = new LinkedHashMap<Source, List<SensorPlan>>();
        var slaves = new LinkedHashMap<String, List<SensorPlan>>();
        patient.plan().stream()
                .flatMap(plan -> plan.site().units().stream())
                .flatMap(unit -> unit.sensors().stream())
                .forEach(sensor -> sort(sensor, chips, slaves));
        var checks = new ArrayList<Check>();
        chips.forEach((chip, sensors) ->
                checks.add(new Check("bus.chip", chip.written(), () -> chip(chip, sensors))));
        slaves.forEach((slave, sensors) ->
                checks.add(new Check("bus.slave", slave, () -> answers(sensors))));
        return checks;
    }

    private static void sort(
            SensorPlan sensor,
            Map<Source, List<SensorPlan>> chips,
            Map<String, List<SensorPlan>> slaves) {
        switch (sensor.source()) {
            case Source.I2c chip -> chips.computeIfAbsent(chip, _ -> new ArrayList<>()).add(sensor);
            case Source.Spi chip -> chips.computeIfAbsent(chip, _ -> new ArrayList<>()).add(sensor);
            case Source.Modbus(var line, var slave, _) ->
                    slaves.computeIfAbsent(line + "/" + slave, _ -> new ArrayList<>()).add(sensor);
            case Source.W1 _,
                    Source.Gpio _,
                    Source.Hwmon _,
                    Source.Iio _,
                    Source.Coap _,
                    Source.Mqtt _ -> {}
        }
    }

    private Verdict chip(Source chip, List<SensorPlan> sensors) throws IOException {
        if (chip instanceof Source.I2c(var bus, var address, _)) {
            var driver = "sys/bus/i2c/devices/%d-%04x/driver".formatted(bus, address);
            if (patient.tree().has(driver)) {
                var real = patient.tree().at(driver).toRealPath();
                return Verdict.fail("claimed", "driver", String.valueOf(real.getFileName()));
            }
        }
        return answers(sensors);
    }

    /** One value is enough: a chip that measures two things is asked twice. */
    private Verdict answers(List<SensorPlan> sensors) {
        if (patient.agent().isEmpty()) {
            return Verdict.skipped("no-agent");
        }
        var state = patient.agent().get().state();
        var asked =
                sensors.stream().filter(one -> !state.services().containsKey(one.id())).toList();
        if (asked.isEmpty()) {
            return Verdict.skipped("out-of-service");
        }
        var said = asked.stream().flatMap(one -> latest(one, state)).toList();
        if (said.isEmpty()) {
            return Verdict.skipped("not-yet");
        }
        return said.stream()
                .map(ChipChecks::unanswered)
                .reduce((one, other) -> one.isEmpty() ? one : other)
                .filter(why -> !why.isEmpty())
                .map(why ->
                        Verdict.fail(
                                "silent",
                                "sensors",
                                String.join(", ", asked.stream().map(SensorPlan::id).toList()),
                                "detail",
                                why))
                .orElseGet(Verdict::ok);
    }

    private Stream<Reading> latest(SensorPlan sensor, State state) {
        return Optional.ofNullable(state.heard().get(sensor.id())).stream()
                .filter(heard -> patient.fresh(heard.at(), sensor))
                .map(State.Heard::latest);
    }

    /** Why it counts as unanswered; empty when it was an answer. */
    private static String unanswered(Reading reading) {
        return reading instanceof Reading.Silent(_, var fault, var detail)
                        && UNANSWERED.contains(fault)
                ? "(" + (fault.word() + " " + detail).strip() + ")"
                : "";
    }
}
