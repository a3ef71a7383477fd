package org.mingchu.sensors.coap;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where and how the door listens. Immutable.
 *
 * @param dtls the address of CoAPS
 * @param plain the address of CoAP without DTLS; its readings are flagged, and anybody on the
 *     network can send them
 * @param certificates when probes may come with a certificate, too
 */
public record CoapSettings(
        InetSocketAddress dtls,
        Optional<InetSocketAddress> plain,
        Optional<Certificates> certificates) {

    /**
     * PEM files. A probe's certificate names its identity as the subject's CN.
     *
     * @param own the gateway's certificate, its chain after it; P-256
     * @param key its private key in PKCS #8, without password
     * @param authority who signs the probes' certificates
     */
    public record Certificates(Path own, Path key, Path authority) {}

    /** DTLS with keys and nothing else. */
    public static CoapSettings keysOnly(InetSocketAddress dtls) {
        return new CoapSettings(dtls, Optional.empty(), Optional.empty());
    }
}
