package org.mingchu.gateway.doctor;

import org.mingchu.config.Plan;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

import java.io.IOException;
import java.nio.file.Files;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Whether the time is known, and will be after a power cut. Immutable. */
record ClockChecks(Patient patient) {
    private static final String RTC = "sys/class/rtc/rtc0";

    /** 2024-01-01: a battery clock that says less has lost its battery. */
    private static final long RTC_LEAST_S = 1_704_067_200;

    /** Farther from a synced clock than this, a battery clock is worth little. */
    private static final long RTC_APART_MAX_S = 60;

    private static final long MS_PER_S = 1000;

    List<Check> all() {
        return List.of(
                new Check("clock.synced", this::synced),
                new Check("clock.source", this::source),
                new Check("clock.rtc", this::rtc),
                new Check("clock.zone", this::zone));
    }

    private Verdict synced() {
        var now = patient.now();
        return switch (now.clock()) {
            case SYNCED ->
                    Verdict.ok(
                            "error",
                            now.errorMs() == Moment.ERROR_UNKNOWN_MS
                                    ? "?"
                                    : String.valueOf(now.errorMs()));
            case HOLDOVER -> Verdict.warn("holdover");
            case RTC -> Verdict.warn("rtc");
            case UNSYNCED -> Verdict.fail("unsynced");
        };
    }

    /** Some program has to ask for the time. */
    private Verdict source() {
        var tree = patient.tree();
        return tree.has("run/systemd/timesync")
                        || tree.has("run/chrony")
                        || tree.has("run/ntpd.pid")
                ? Verdict.ok()
                : Verdict.warn("none");
    }

    private Verdict rtc() {
        var tree = patient.tree();
        if (!tree.has(RTC)) {
            return Verdict.warn("missing");
        }
        var says = tree.number(RTC + "/since_epoch");
        if (says.isEmpty() || says.getAsLong() < RTC_LEAST_S) {
            return Verdict.fail("empty");
        }
        var apart = Math.abs(says.getAsLong() - patient.now().wallMs() / MS_PER_S);
        return patient.now().clock() == ClockState.SYNCED && apart > RTC_APART_MAX_S
                ? Verdict.warn("apart", "seconds", String.valueOf(apart))
                : Verdict.ok();
    }

    private Verdict zone() throws IOException {
        var machine = machineZone();
        var kitchen = patient.plan().map(Plan::site).map(site -> site.timeZone());
        if (machine.isEmpty() || kitchen.isEmpty()) {
            return Verdict.skipped("unknown");
        }
        return same(machine.get(), kitchen.get())
                ? Verdict.ok("zone", machine.get())
                : Verdict.warn("differs", "machine", machine.get(), "site", kitchen.get().getId());
    }

    private boolean same(String machine, ZoneId kitchen) {
        return machine.equals(kitchen.getId());
    }

    private Optional<String> machineZone() throws IOException {
        var link = patient.tree().at("etc/localtime");
        if (Files.isSymbolicLink(link)) {
            var target = Files.readSymbolicLink(link).toString();
            var at = target.indexOf("zoneinfo/");
            if (at >= 0) {
                return Optional.of(target.substring(at + "zoneinfo/".length()));
            }
        }
        return patient.tree().line("etc/timezone");
    }
}
