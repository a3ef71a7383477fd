package org.mingchu.sensors.camera.sip;

import java.util.List;
import java.util.Optional;

/**
 * A request as it was read. Texts hold one character for each byte (ISO 8859-1), so that what is
 * sent back is what came. Immutable.
 *
 * @param headers in their order, names in lower case and never compact
 */
record SipRequest(String method, List<Header> headers, String body) {
    /** Where a device says nothing of it, as it should. */
    static final long EXPIRES_S_DEFAULT = 3_600;

    /** The 2022 edition's own default, and the longest that is granted. */
    static final long EXPIRES_S_MAX = 86_400;

    private static final int SECONDS_DIGITS_MAX = 10;

    SipRequest {
        headers = List.copyOf(headers);
    }

    record Header(String name, String value) {}

    Optional<String> header(String name) {
        return all(name).stream().findFirst();
    }

    List<String> all(String name) {
        return headers.stream().filter(h -> h.name.equals(name)).map(Header::value).toList();
    }

    String callId() {
        return header("call-id").orElse("");
    }

    String sequence() {
        return header("cseq").orElse("");
    }

    /** One for each hop, the last one first. */
    List<String> vias() {
        return all("via").stream().flatMap(v -> SipText.split(v, ',').stream()).toList();
    }

    /** The user in {@code From} or {@code To}. */
    String user(String header) {
        return header(header).map(SipText::user).orElse("");
    }

    /** How long the device wants to be registered; 0 signs it off. */
    long expiresSeconds() {
        return header("contact")
                .flatMap(c -> SipText.parameter(SipText.split(c, ',').getFirst(), "expires"))
                .or(() -> header("expires"))
                .filter(SipRequest::isSeconds)
                .map(s -> Math.min(Long.parseLong(s), EXPIRES_S_MAX))
                .orElse(EXPIRES_S_DEFAULT);
    }

    private static boolean isSeconds(String text) {
        return text.length() <= SECONDS_DIGITS_MAX && text.matches("[0-9]+");
    }
}
