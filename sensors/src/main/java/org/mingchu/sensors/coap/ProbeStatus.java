package org.mingchu.sensors.coap;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * A probe as the technician's list shows it. Immutable.
 *
 * @param heard empty while it has not spoken since the start
 */
public record ProbeStatus(String identity, Optional<Heard> heard) {
    /**
     * When and how a probe spoke last.
     *
     * @param upNs by the boot clock
     * @param answer what it was told, as CoAP writes it: 2.04
     */
    public record Heard(long upNs, InetSocketAddress from, Way way, String answer) {}

    /** What it spoke through. */
    public enum Way {
        /** DTLS with a connection id: a new address does not end the session. */
        DTLS_CID("dtls-cid"),
        DTLS("dtls"),
        /** Anybody can say it. */
        PLAIN("plain");

        private final String word;

        Way(String word) {
            this.word = word;
        }

        /** The word that is shown. */
        public String word() {
            return word;
        }
    }
}
