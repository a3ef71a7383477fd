package org.mingchu.gateway.doctor;

import org.mingchu.config.Quantity;
import org.mingchu.config.SensorPlan;
import org.mingchu.sensors.Reading;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** What the board is fed with. Immutable. */
record PowerChecks(Patient patient) {
    /** Bits of the firmware's word; those 16 higher say that it was so since the boot. */
    private static final long UNDER_VOLTAGE = 0x1;

    /** Frequency capped, throttled, soft temperature limit. */
    private static final long SLOWED = 0xE;

    private static final int SINCE_BOOT = 16;
    private static final String FIRMWARE = "sys/devices/platform/soc/soc:firmware/get_throttled";
    private static final String HWMON = "sys/class/hwmon";
    private static final String SUPPLIES = "sys/class/power_supply";
    private static final long CAPACITY_LEAST = 20;

    /** Words of the kernel that tell whether somebody feeds a battery. */
    private static final List<String> FLOWS =
            List.of("Charging", "Discharging", "Full", "Not charging");

    List<Check> all() {
        return List.of(
                new Check("power.voltage", this::voltage),
                new Check("power.throttled", this::throttled),
                new Check("power.mains", this::mains),
                new Check("power.ups", this::ups),
                new Check("power.stop", this::stop));
    }

    private Verdict voltage() {
        var word = firmware();
        var alarm = lowAlarm();
        if (word.isEmpty() && alarm.isEmpty()) {
            return Verdict.skipped("untold");
        }
        if (alarm.orElse(0) != 0 || (word.orElse(0) & UNDER_VOLTAGE) != 0) {
            return Verdict.fail("low");
        }
        return (word.orElse(0) & (UNDER_VOLTAGE << SINCE_BOOT)) != 0
                ? Verdict.warn("was-low")
                : Verdict.ok();
    }

    private Verdict throttled() {
        var word = firmware();
        if (word.isEmpty()) {
            return Verdict.skipped("untold");
        }
        if ((word.getAsLong() & SLOWED) != 0) {
            return Verdict.fail("now");
        }
        return (word.getAsLong() & (SLOWED << SINCE_BOOT)) != 0
                ? Verdict.warn("before")
                : Verdict.ok();
    }

    private OptionalLong firmware() {
        var word = patient.tree().line(FIRMWARE).orElse("").replaceFirst("^0x", "");
        return word.matches("[0-9a-fA-F]{1,8}")
                ? OptionalLong.of(Long.parseLong(word, 16))
                : OptionalLong.empty();
    }

    private OptionalLong lowAlarm() {
        var tree = patient.tree();
        return tree.names(HWMON).stream()
                .map(one -> HWMON + "/" + one)
                .filter(one -> tree.line(one + "/name").filter("rpi_volt"::equals).isPresent())
                .flatMapToLong(one -> tree.number(one + "/in0_lcrit_alarm").stream())
                .findFirst();
    }

    /** A contact that closes when the mains are lost. */
    private Verdict mains() {
        var contacts = contacts();
        if (contacts.isEmpty()) {
            return Verdict.skipped("not-fitted");
        }
        if (patient.agent().isEmpty()) {
            return Verdict.skipped("no-agent");
        }
        var heard = patient.agent().get().state().heard();
        return contacts.stream()
                        .flatMap(id -> Stream.ofNullable(heard.get(id)))
                        .anyMatch(h -> h.latest() instanceof Reading.Measured m && m.milli() != 0)
                ? Verdict.fail("lost", "sensors", String.join(", ", contacts))
                : Verdict.ok();
    }

    private List<String> contacts() {
        return patient.plan().stream()
                .flatMap(plan -> plan.site().units().stream())
                .flatMap(unit -> unit.sensors().stream())
                .filter(sensor -> sensor.measures() == Quantity.MAINS)
                .map(SensorPlan::id)
                .toList();
    }

    /** Whether the gateway can end in order before its battery is empty. */
    private Verdict stop() {
        var ups = patient.plan().flatMap(plan -> plan.site().board().ups());
        if (ups.isEmpty()) {
            return Verdict.skipped("not-fitted");
        }
        var folder = SUPPLIES + "/" + ups.get().supply();
        if (patient.tree().number(folder + "/capacity").isEmpty()) {
            return Verdict.fail("missing", "supply", "/" + folder);
        }
        var told = patient.tree().line(folder + "/status").filter(FLOWS::contains).isPresent();
        var stopAt = String.valueOf(ups.get().stopAtPercent());
        return told || !contacts().isEmpty()
                ? Verdict.ok("percent", stopAt)
                : Verdict.warn("blind", "supply", ups.get().supply());
    }

    private Verdict ups() {
        var tree = patient.tree();
        var supplies =
                tree.names(SUPPLIES).stream()
                        .map(one -> SUPPLIES + "/" + one)
                        .filter(one ->
                                List.of("UPS", "Battery")
                                        .contains(tree.line(one + "/type").orElse("")))
                        .toList();
        if (supplies.isEmpty()) {
            return Verdict.skipped("not-fitted");
        }
        var left =
                supplies.stream()
                        .flatMapToLong(one -> tree.number(one + "/capacity").stream())
                        .min();
        var left100 = left.isPresent() ? String.valueOf(left.getAsLong()) : "?";
        if (left.isPresent() && left.getAsLong() < CAPACITY_LEAST) {
            return Verdict.fail("empty", "percent", left100);
        }
        return supplies.stream()
                        .anyMatch(one ->
                                tree.line(one + "/status")
                                        .filter("Discharging"::equals)
                                        .isPresent())
                ? Verdict.warn("discharging", "percent", left100)
                : Verdict.ok("percent", left100);
    }
}
