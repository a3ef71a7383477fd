package org.mingchu.sensors.camera.sip;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a device says in a MANSCDP body. Immutable.
 *
 * @param kind the root: {@code Notify}, {@code Response}
 * @param command {@code CmdType}
 * @param device whom it is about; empty where it does not say
 * @param number {@code SN}, which most devices count up
 * @param status {@code OK}, {@code ERROR}; empty where it does not say
 * @param faulty the devices it names as faulty
 */
record Notice(
        String kind,
        String command,
        String device,
        OptionalLong number,
        String status,
        List<String> faulty) {
    /** Enough to send somebody there. */
    private static final int NAMED_MAX = 4;

    Notice {
        faulty = List.copyOf(faulty);
    }

    boolean keepalive() {
        return kind.equals("Notify") && command.equalsIgnoreCase("Keepalive");
    }

    /** What is wrong by the device's own word, if anything. */
    Optional<String> fault() {
        if (!faulty.isEmpty()) {
            var named = String.join(", ", faulty.subList(0, Math.min(NAMED_MAX, faulty.size())));
            return Optional.of(faulty.size() + " faulty: " + named);
        }
        return status.isEmpty() || status.toUpperCase(Locale.ROOT).equals("OK")
                ? Optional.empty()
                : Optional.of("its status is " + Findings.harmless(status));
    }
}
