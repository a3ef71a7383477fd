package org.mingchu.sensors.coap;

import java.util.regex.Pattern;

/** What may stand in the file of the keys: entries, or a complaint that shows no key. */
public final class ProbeKeysFuzz {
    private static final Pattern KEY = Pattern.compile("[0-9a-f]{32}");

    private ProbeKeysFuzz() {}

    public static void fuzzerTestOneInput(byte[] file) {
        try {
            var entries = ProbeKeys.parse(file, "probes");
            check(entries.size() <= ProbeKeys.PROBES_MAX);
            check(entries.keySet().stream().allMatch(ProbeKeys::allows));
        } catch (ProbeKeys.BadFile e) {
            var message = String.valueOf(e.getMessage());
            check(message.startsWith("probes:") && !KEY.matcher(message).find());
        }
    }

    private static void check(boolean holds) {
        if (!holds) {
            throw new AssertionError("entries or a complaint beyond their limits");
        }
    }
}
