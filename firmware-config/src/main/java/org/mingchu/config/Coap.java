package org.mingchu.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where radio probes report by CoAP, and which are asked instead. Immutable.
 *
 * @param listen for DTLS
 * @param plain for CoAP that proves no sender; nothing listens there unless the site says so
 * @param credentials a name in the secrets file: certificate, key and ca for probes that have one
 * @param asked probes that are servers themselves
 */
public record Coap(
        HostPort listen,
        Optional<HostPort> plain,
        Optional<String> credentials,
        List<Asked> asked) {
    public Coap {
        asked = List.copyOf(asked);
    }

    /**
     * A device that is asked.
     *
     * @param identity that of its {@code coap:} sources
     * @param every how often; empty to observe it
     */
    public record Asked(String identity, URI url, Optional<Duration> every) {}
}
