package org.mingchu.sensors.coap;

import org.mingchu.config.HostPort;

/**
 * What a probe has to know: where to report, who it is, and its key. {@link #uri} is made for a QR
 * code: {@code coaps://192.168.1.20:5684/senml?id=probe-1#} and the key in 32 hexadecimal digits.
 * The identity is the PSK identity of DTLS; the fragment is the key and is never sent. Whoever sees
 * it can speak as this probe, so it is shown once and kept nowhere. Immutable.
 */
public record Enrolment(String identity, HostPort gateway, String keyHex) {
    /** The text of the QR code. */
    public String uri() {
        return "coaps://" + host() + ":" + gateway.port() + "/senml?id=" + identity + "#" + keyHex;
    }

    private String host() {
        var host = gateway.host();
        return host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
    }

    @Override
    public String toString() {
        return "Enrolment[" + identity + ", …]";
    }
}
