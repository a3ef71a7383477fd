package org.mingchu.sensors.camera.sip;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * An answer before it is put on the wire. Immutable.
 *
 * @param headers whole lines beyond those that every answer repeats
 */
record SipReply(int status, String phrase, List<String> headers) {
    static final SipReply OK = new SipReply(200, "OK", List.of());
    static final SipReply BAD_REQUEST = new SipReply(400, "Bad Request", List.of());

    /** Cameras take it as the order to register anew. */
    static final SipReply FORBIDDEN = new SipReply(403, "Forbidden", List.of());

    private static final String ALLOW = "Allow: REGISTER, MESSAGE, OPTIONS";

    static final SipReply CAPABLE = new SipReply(200, "OK", List.of(ALLOW));
    static final SipReply NOT_ALLOWED = new SipReply(405, "Method Not Allowed", List.of(ALLOW));

    SipReply {
        headers = List.copyOf(headers);
    }

    static SipReply unauthorized(List<String> challenges) {
        return new SipReply(401, "Unauthorized", challenges);
    }

    /**
     * The bytes to send to {@code peer}.
     *
     * @param tag ours in {@code To}, where the request has none
     */
    byte[] to(SipRequest request, Peer peer, String tag) {
        var text = new StringBuilder(512);
        line(text, "SIP/2.0 " + status + " " + phrase);
        vias(text, request, peer);
        line(text, "From: " + request.header("from").orElse(""));
        line(text, "To: " + tagged(request.header("to").orElse(""), tag));
        line(text, "Call-ID: " + request.callId());
        line(text, "CSeq: " + request.sequence());
        headers.forEach(h -> line(text, h));
        line(text, "Content-Length: 0");
        line(text, "");
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void vias(StringBuilder text, SipRequest request, Peer peer) {
        var vias = request.vias();
        line(text, "Via: " + received(vias.getFirst(), peer));
        vias.stream().skip(1).forEach(v -> line(text, "Via: " + v));
    }

    /** Says whence the request really came (RFC 3581), so that a device behind NAT learns it. */
    private static String received(String via, Peer peer) {
        var seen = new StringBuilder();
        for (var part : SipText.split(via, ';')) {
            var name = SipText.name(part);
            if (name.equalsIgnoreCase("rport")) {
                seen.append(";rport=").append(peer.port());
            } else if (!name.equalsIgnoreCase("received")) {
                seen.append(seen.isEmpty() ? "" : ";").append(part);
            }
        }
        return seen.append(";received=").append(peer.host()).toString();
    }

    private static String tagged(String to, String tag) {
        return SipText.parameter(to, "tag").isPresent() ? to : to + ";tag=" + tag;
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append("\r\n");
    }
}
