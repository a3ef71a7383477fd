package org.mingchu.gateway.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Heat, memory, load, the watchdog, what sounds and what is shown. Immutable. */
record BoardChecks(Patient patient) {
    /** The firmware slows a Pi down from 80 on (soft limit of a Pi 3 B+: 60, settable). */
    private static final long HOT_MILLI = 80_000;

    private static final long WARM_MILLI = 70_000;
    private static final long MEMORY_WARN_PERCENT = 10;
    private static final long MEMORY_FAIL_PERCENT = 5;

    /** Processes that want a processor, for each that there is. */
    private static final double BUSY = 3.0;

    /** The BCM2835's own maximum; a longer request was once masked to a shorter one. */
    private static final long WATCHDOG_MAX_S = 16;

    private static final String WATCHDOG = "sys/class/watchdog/watchdog0";
    private static final Pattern CJK =
            Pattern.compile("(?i).*(cjk|wqy|droidsansfallback|sourcehan|arphic|ukai|uming).*");
    private static final int FONT_DEPTH = 4;

    List<Check> all() {
        return List.of(
                new Check("board.temperature", this::temperature),
                new Check("board.memory", this::memory),
                new Check("board.load", this::load),
                new Check("board.watchdog", this::watchdog),
                new Check("board.font", this::font),
                new Check("buzzer.pins", this::pins),
                new Check("buzzer.heard", this::heard));
    }

    private Verdict temperature() {
        var milli = patient.tree().number("sys/class/thermal/thermal_zone0/temp");
        if (milli.isEmpty()) {
            return Verdict.skipped("untold");
        }
        var degrees = String.valueOf(milli.getAsLong() / 1000);
        if (milli.getAsLong() >= HOT_MILLI) {
            return Verdict.fail("hot", "degrees", degrees);
        }
        return milli.getAsLong() >= WARM_MILLI
                ? Verdict.warn("warm", "degrees", degrees)
                : Verdict.ok("degrees", degrees);
    }

    private Verdict memory() {
        var total = kilobytes("MemTotal");
        var free = kilobytes("MemAvailable");
        if (total.isEmpty() || free.isEmpty() || total.getAsLong() == 0) {
            return Verdict.skipped("untold");
        }
        var percent = free.getAsLong() * 100 / total.getAsLong();
        var mib = String.valueOf(free.getAsLong() >> 10);
        if (percent < MEMORY_FAIL_PERCENT) {
            return Verdict.fail("out", "mib", mib);
        }
        return percent < MEMORY_WARN_PERCENT
                ? Verdict.warn("low", "mib", mib)
                : Verdict.ok("mib", mib);
    }

    private OptionalLong kilobytes(String key) {
        return patient.tree()
                .text("proc/meminfo")
                .orElse("")
                .lines()
                .filter(line -> line.startsWith(key + ":"))
                .map(line -> line.replaceAll("[^0-9]", ""))
                .filter(digits -> !digits.isEmpty())
                .mapToLong(Long::parseLong)
                .findFirst();
    }

    /** Over five minutes: a peak is none of our business. */
    private Verdict load() {
        var words = patient.tree().line("proc/loadavg").orElse("").split(" ", -1);
        if (words.length < 2 || !words[1].matches("[0-9]+\\.[0-9]+")) {
            return Verdict.skipped("untold");
        }
        var load = Double.parseDouble(words[1]);
        var many = processors();
        return load > BUSY * many
                ? Verdict.warn("busy", "load", words[1], "processors", String.valueOf(many))
                : Verdict.ok("load", words[1]);
    }

    /** As the kernel writes them: {@code 0-3}. */
    private int processors() {
        var range = patient.tree().line("sys/devices/system/cpu/online").orElse("");
        return range.matches("0-[0-9]{1,3}") ? Integer.parseInt(range.substring(2)) + 1 : 1;
    }

    private Verdict watchdog() {
        var tree = patient.tree();
        if (!tree.has(WATCHDOG) && !tree.has("dev/watchdog0") && !tree.has("dev/watchdog")) {
            return Verdict.warn("missing");
        }
        var state = tree.line(WATCHDOG + "/state");
        if (state.isEmpty()) {
            return Verdict.skipped("untold");
        }
        if (!state.get().equals("active")) {
            return Verdict.warn("idle");
        }
        var timeout = tree.number(WATCHDOG + "/timeout");
        return timeout.orElse(0) > WATCHDOG_MAX_S
                ? Verdict.warn("long", "seconds", String.valueOf(timeout.getAsLong()))
                : Verdict.ok();
    }

    /** Only where a panel hangs at this board: other screens have their own fonts. */
    private Verdict font() throws IOException {
        var tree = patient.tree();
        if (!tree.has("usr/lib/systemd/system/mingchu-kiosk.service")
                && !tree.has("lib/systemd/system/mingchu-kiosk.service")) {
            return Verdict.skipped("no-panel");
        }
        var fonts = tree.at("usr/share/fonts");
        if (!Files.isDirectory(fonts)) {
            return Verdict.fail("missing");
        }
        try (var all = Files.walk(fonts, FONT_DEPTH)) {
            return all.anyMatch(one -> CJK.matcher(one.getFileName().toString()).matches())
                    ? Verdict.ok()
                    : Verdict.fail("missing");
        }
    }

    private Verdict pins() {
        if (patient.plan().isPresent() && !patient.sounds()) {
            return Verdict.skipped("not-fitted");
        }
        if (patient.agent().isEmpty()) {
            return Verdict.skipped("no-agent");
        }
        var missing = patient.agent().get().missingPins();
        return missing.isEmpty()
                ? Verdict.ok()
                : Verdict.fail("missing", "pins", String.join(", ", missing));
    }

    private Verdict heard() {
        if (patient.plan().filter(p -> p.site().annunciator().buzzer().isPresent()).isEmpty()) {
            return Verdict.skipped("not-fitted");
        }
        if (patient.agent().isEmpty()) {
            return Verdict.skipped("no-agent");
        }
        var tested = patient.agent().get().state().duties().tested();
        if (tested.isEmpty()) {
            return Verdict.warn("untested");
        }
        return tested.get().heard() ? Verdict.ok() : Verdict.fail("unheard");
    }
}
