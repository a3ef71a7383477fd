package org.mingchu.sensors.camera.sip;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Whatever a camera may send, all of the way in: framing, parsing, digest, XML, answer. */
public final class SipFuzz {
    private static final int CUT_BYTES = 5_000;

    private SipFuzz() {}

    public static void fuzzerTestOneInput(byte[] message) {
        frame(message);
        SipParser.parse(Arrays.copyOf(message, Math.min(message.length, CUT_BYTES)))
                .ifPresent(SipFuzz::use);
        var text = new String(message, StandardCharsets.ISO_8859_1);
        new NoticeReader().read(text, "Application/MANSCDP+xml;charset=\"GB2312\"");
        new NoticeReader().read(text, "");
    }

    private static void frame(byte[] message) {
        var frame = new SipFrame();
        for (var next : message) {
            if (frame.add(next) != SipFrame.State.MORE) {
                break;
            }
        }
        check(frame.message().length <= SipParser.MESSAGE_BYTES_MAX);
    }

    private static void use(SipRequest request) {
        check(request.headers().size() <= SipParser.HEADERS_MAX);
        check(request.expiresSeconds() >= 0);
        check(request.expiresSeconds() <= SipRequest.EXPIRES_S_MAX);
        request.user("from");
        Login.of(request, "3402000000").ifPresent(l -> l.holds(request.method(), "password"));
        var peer = new Peer(Transport.UDP, InetAddress.getLoopbackAddress(), 5060);
        var answer = SipReply.OK.to(request, peer, "tag");
        var text = new String(answer, StandardCharsets.ISO_8859_1);
        // One head: nothing a peer says may end it.
        check(text.indexOf("\r\n\r\n") == text.length() - 4);
    }

    private static void check(boolean holds) {
        if (!holds) {
            throw new AssertionError("a message or an answer beyond its limits");
        }
    }
}
