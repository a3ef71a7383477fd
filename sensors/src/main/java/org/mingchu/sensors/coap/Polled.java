package org.mingchu.sensors.coap;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;

/**
 * A probe that is a CoAP server, and how it is asked. Immutable.
 *
 * @param address of one resource: {@code coaps:} with the probe's key, or {@code coap:}, whose
 *     readings are flagged; a numeric host is asked without a name server
 */
public record Polled(String identity, URI address, Manner manner) {
    /** How its values come. */
    public sealed interface Manner {
        /** Asked once in each period. */
        record Every(Duration period) implements Manner {
            public Every {
                if (!period.isPositive()) {
                    throw new IllegalArgumentException("a period must be above zero: " + period);
                }
            }
        }

        /** It says by itself what has changed (RFC 7641). */
        record Observe() implements Manner {}
    }

    public Polled {
        if (address.getHost() == null || !(secure(address) || scheme(address).equals("coap"))) {
            throw new IllegalArgumentException("not coaps://host/path or coap://…: " + address);
        }
    }

    boolean secure() {
        return secure(address);
    }

    private static boolean secure(URI address) {
        return scheme(address).equals("coaps");
    }

    private static String scheme(URI address) {
        return String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
    }
}
