package org.mingchu.gateway.doctor;

import org.mingchu.config.Network;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The way out of the machine: cable, radio, mobile network, and what it has cost. Immutable. */
record NetworkChecks(Patient patient) {
    private static final String PORTS = "sys/class/net";
    private static final String PROFILE =
            "etc/NetworkManager/system-connections/mingchu-modem.nmconnection";

    /** Below this a WLAN loses packets. */
    private static final double WEAK_DBM = -80;

    /** Of what is paid for: time to look for whoever uses it. */
    private static final long NEARLY_PERCENT = 80;

    /**
     * What a SIM of a kitchen has in a month, by far, where the site file does not say; a forgotten
     * camera makes it in a day.
     */
    private static final long MONTH_BYTES_MAX = 1L << 30;

    private static final Duration MONTH = Duration.ofDays(30);
    private static final Duration TELLING = Duration.ofHours(6);

    List<Check> all() {
        return List.of(
                new Check("network.link", this::link),
                new Check("network.signal", this::signal),
                new Check("network.apn", this::apn),
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

    /**
     * {@code wlan0: 0000 54. -56. -256 …}: quality, level in dBm. No file tells how well a modem
     * hears; only its own program does.
     */
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
            return network()
                    .wifi()
                    .map(wifi -> Verdict.fail("not-joined", "ssid", wifi.ssid()))
                    .orElseGet(() -> Verdict.skipped("none"));
        }
        var dbm = String.valueOf(Math.round(level.get()));
        return level.get() < WEAK_DBM ? Verdict.warn("weak", "dbm", dbm) : Verdict.ok("dbm", dbm);
    }

    private Optional<String> modem() {
        return patient.tree().names(PORTS).stream().filter(MonthBytes::isMobile).findFirst();
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

    private Network network() {
        return patient.plan().map(plan -> plan.site().network()).orElse(Network.UNTOLD);
    }

    /** Without its name the operator lets nobody through, and no program can guess it. */
    private Verdict apn() {
        var named = network().modem().map(Network.Modem::apn);
        if (modem().isEmpty()) {
            return named.map(apn -> Verdict.fail("no-modem", "apn", apn))
                    .orElseGet(() -> Verdict.skipped("none"));
        }
        if (named.isEmpty()) {
            return Verdict.warn("unset", "port", modem().get());
        }
        return patient.tree().has(PROFILE)
                ? Verdict.ok("apn", named.get())
                : netplanned(named.get())
                        .orElseGet(() -> Verdict.fail("unwritten", "apn", named.get()));
    }

    /** Netplan, where it is below NetworkManager, takes profiles over, and closes them to us. */
    private Optional<Verdict> netplanned(String named) {
        var tree = patient.tree();
        return tree.names("etc/netplan").stream()
                .map(yaml -> tree.text("etc/netplan/" + yaml))
                .filter(text -> text.isEmpty() || text.get().contains("mingchu-modem"))
                .map(text -> text.isEmpty() ? Verdict.skipped("unseen") : Verdict.ok("apn", named))
                .findFirst();
    }

    private Verdict bytes() {
        var budget = network().modem().map(Network.Modem::monthMib).orElse(OptionalInt.empty());
        return budget.isPresent() ? month(budget.getAsInt()) : rate();
    }

    /** By the agent's own sum, and what the kernel has counted since it was written. */
    private Verdict month(int budgetMib) {
        var counted = MonthBytes.counted(patient.root());
        var kept = MonthBytes.read(patient.state());
        if (counted.isEmpty() && kept.isEmpty()) {
            return Verdict.skipped("none");
        }
        var zone = patient.plan().orElseThrow().site().timeZone();
        var mib = MonthBytes.after(kept, counted, patient.now(), zone).bytes() >> 20;
        var words = Map.of("mib", String.valueOf(mib), "budget", String.valueOf(budgetMib));
        if (mib >= budgetMib) {
            return new Verdict(Status.FAIL, "over", words);
        }
        return mib * 100 >= budgetMib * NEARLY_PERCENT
                ? new Verdict(Status.WARN, "nearly", words)
                : new Verdict(Status.OK, "within", words);
    }

    /** Where nothing is said to be paid for: since the boot, and so it is called a rate. */
    private Verdict rate() {
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
