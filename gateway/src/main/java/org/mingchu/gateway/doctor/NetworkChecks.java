package org.mingchu.gateway.doctor;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The way out of the machine: cable, radio, mobile network, and what it has cost. Immutable. */
record NetworkChecks(Patient patient) {
    private static final String PORTS = "sys/class/net";

    /** Below this a WLAN loses packets. */
    private static final double WEAK_DBM = -80;

    /** Ports whose bytes somebody pays for. */
    private static final Pattern MOBILE = Pattern.compile("(wwan|ppp|usb|wwp).*");

    /** What a SIM of a kitchen has in a month, by far; a forgotten camera makes it in a day. */
    private static final long MONTH_BYTES_MAX = 1L << 30;

    private static final Duration MONTH = Duration.ofDays(30);
    private static final Duration TELLING = Duration.ofHours(6);

    List<Check> all() {
        return List.of(
                new Check("network.link", this::link),
                new Check("network.signal", this::signal),
                new Check("network.mobile", this::mobile),
                new Check("network.bytes", this::bytes));
    }

    private Verdict link() {
        var tree = patient.tree();
        var carriers =
                tree.names(PORTS).stream()
                        .filter(port -> tree.has(PORTS + "/" + port + "/device"))
                        .flatMap(port -> tree.line(PORTS + "/" + port + "/carrier").stream())
                        .toList();
        if (carriers.isEmpty()) {
            return Verdict.skipped("untold");
        }
        return carriers.contains("1") ? Verdict.ok() : Verdict.fail("unplugged");
    }

    /** {@code wlan0: 0000 54. -56. -256 …}: quality, level in dBm. */
    private Verdict signal() {
        var level =
                patient.tree()
                        .text("proc/net/wireless")
                        .orElse("")
                        .lines()
                        .skip(2)
                        .map(line -> line.strip().split("\\s+", -1))
                        .filter(words -> words.length > 3 && words[3].matches("-?[0-9]+\\.?"))
                        .map(words -> Double.parseDouble(words[3]))
                        .findFirst();
        if (level.isEmpty()) {
            return Verdict.skipped("none");
        }
        var dbm = String.valueOf(Math.round(level.get()));
        return level.get() < WEAK_DBM ? Verdict.warn("weak", "dbm", dbm) : Verdict.ok("dbm", dbm);
    }

    private Optional<String> modem() {
        return patient.tree().names(PORTS).stream()
                .filter(port -> MOBILE.matcher(port).matches())
                .findFirst();
    }

    private Verdict mobile() {
        if (modem().isEmpty()) {
            return Verdict.skipped("none");
        }
        var state = patient.tree().line(PORTS + "/" + modem().get() + "/operstate").orElse("");
        return state.equals("down")
                ? Verdict.fail("down", "port", modem().get())
                : Verdict.ok("port", modem().get());
    }

    /** Counted since the boot, because the kernel does no longer; so it is called a rate. */
    private Verdict bytes() {
        var upMs = upMs();
        if (modem().isEmpty() || upMs < TELLING.toMillis()) {
            return Verdict.skipped("none");
        }
        var folder = PORTS + "/" + modem().get() + "/statistics/";
        var sum =
                patient.tree().number(folder + "rx_bytes").orElse(0)
                        + patient.tree().number(folder + "tx_bytes").orElse(0);
        var month = Math.round((double) sum * MONTH.toMillis() / upMs);
        var mib = String.valueOf(month >> 20);
        return month > MONTH_BYTES_MAX ? Verdict.warn("much", "mib", mib) : Verdict.ok("mib", mib);
    }

    private long upMs() {
        var words = patient.tree().line("proc/uptime").orElse("").split(" ", -1);
        return words[0].matches("[0-9]+\\.[0-9]+")
                ? Math.round(Double.parseDouble(words[0]) * 1000)
                : 0;
    }
}
