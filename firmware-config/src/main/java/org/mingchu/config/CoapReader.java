package org.mingchu.config;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Reads where radio probes report. */
final class CoapReader {
    /** Most probes that are asked; each holds a session of its own. */
    private static final int ASKED_MAX = 64;

    /** A probe on a battery is not to be asked each second. */
    private static final Form<Duration> EVERY =
            Times.duration(Duration.ofSeconds(1), Duration.ofMinutes(15));

    private CoapReader() {}

    static Optional<Coap> read(Table root) {
        return root.mayTable("coap").map(CoapReader::coap);
    }

    private static Coap coap(Table table) {
        var taken = new HashSet<String>();
        var read =
                new Coap(
                        table.need("listen", Addresses.HOST_PORT_FORM),
                        table.may("plain", Addresses.HOST_PORT_FORM),
                        table.may("credentials", Form.ID),
                        table.tables("probe", ASKED_MAX).stream()
                                .map(probe -> asked(probe, taken))
                                .toList());
        if (read.plain().isPresent()) {
            table.problems()
                    .warning(
                            table.spot("plain"),
                            "no plain CoAP: anybody in the kitchen's network can send readings by"
                                    + " it; they are flagged and never clear an alarm");
        }
        if (read.plain().equals(Optional.of(read.listen()))) {
            table.problems().error(table.spot("plain"), "a port of its own, not that of listen");
        }
        table.end();
        return read;
    }

    private static Coap.Asked asked(Table table, Set<String> taken) {
        var identity = table.need("identity", Sources.IDENTITY);
        if (!identity.isEmpty() && !taken.add(identity)) {
            table.problems().error(table.spot("identity"), "a probe that is not asked twice");
        }
        var asked =
                new Coap.Asked(
                        identity, table.need("url", Addresses.COAP), table.may("every", EVERY));
        table.end();
        return asked;
    }
}
