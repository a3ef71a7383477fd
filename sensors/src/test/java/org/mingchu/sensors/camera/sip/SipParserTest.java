package org.mingchu.sensors.camera.sip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;

final class SipParserTest {
    private static final String HEAD =
            """
            MESSAGE sip:34020000002000000001@3402000000 SIP/2.0
            Via: SIP/2.0/UDP 192.168.1.64:5060;rport;branch=z9hG4bK1
            From: <sip:34020000001320000001@3402000000>;tag=1
            To: <sip:34020000002000000001@3402000000>
            Call-ID: 1
            CSeq: 20 MESSAGE
            """;

    private static final Peer PEER =
            new Peer(Transport.UDP, InetAddress.getLoopbackAddress(), 40_000);

    @Test
    void a_plain_request_is_read() {
        var request = parsed(HEAD + "Content-Length: 4\n\nbody and more");
        assertThat(request.method()).isEqualTo("MESSAGE");
        assertThat(request.user("from")).isEqualTo("34020000001320000001");
        assertThat(request.callId()).isEqualTo("1");
        assertThat(request.vias()).hasSize(1);
        assertThat(request.body()).isEqualTo("body");
    }

    @Test
    void compact_folded_and_oddly_spaced_headers_in_any_case_mean_the_same() {
        var request =
                parsed(
                        """
                        REGISTER sip:a@b SIP/2.0
                        v: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bKa, SIP/2.0/UDP 10.0.0.2
                         ;branch=z9hG4bKb
                        f : "Chef, \\"<sip:nobody@x>\\"" <sip:34020000001320000001@3402000000>
                        \t;tag=1
                        T:
                         sip:34020000001320000001@3402000000
                        i: 5
                        cSeQ:\t7   REGISTER
                        m: <sip:x@y;expires=5>;expires=120, <sip:z@y>;expires=9
                        eXPires: 60
                        l: 0

                        """);
        assertThat(request.user("from")).isEqualTo("34020000001320000001");
        assertThat(request.user("to")).isEqualTo("34020000001320000001");
        assertThat(request.vias()).hasSize(2);
        assertThat(request.expiresSeconds()).isEqualTo(120);
        assertThat(answer(request))
                .contains("Via: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bKa;received=127.0.0.1\r\n")
                .contains("Via: SIP/2.0/UDP 10.0.0.2 ;branch=z9hG4bKb\r\n");
    }

    /** Found by fuzzing: 4 kB of commas were answered with 27 kB, to whoever the sender named. */
    @Test
    void more_hops_than_a_message_has_are_no_request() {
        var more = ", SIP/2.0/UDP 10.0.0.2";
        var most = more.repeat(SipParser.VIAS_MAX - 1);
        assertThat(SipParser.parse(hops(most))).isPresent();
        assertThat(SipParser.parse(hops(most + more))).isEmpty();
        assertThat(SipParser.parse(hops(",".repeat(3_000)))).isEmpty();
    }

    private static byte[] hops(String more) {
        var head = HEAD.replaceFirst("(?m)^Via: .*$", "$0" + more) + "\n";
        return head.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void an_answer_goes_by_rport_and_keeps_the_requests_bytes() {
        var text = answer(parsed(HEAD.replace("tag=1", "tag=\u00b3\u00f8") + "\n"));
        assertThat(text)
                .startsWith("SIP/2.0 200 OK\r\n")
                .contains(
                        "Via: SIP/2.0/UDP 192.168.1.64:5060;rport=40000;branch=z9hG4bK1"
                                + ";received=127.0.0.1\r\n")
                .contains("tag=\u00b3\u00f8\r\n")
                .contains("To: <sip:34020000002000000001@3402000000>;tag=ours\r\n")
                .endsWith("\r\nContent-Length: 0\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Expires: -1",
                "Expires: soon",
                "Expires: 99999999999",
                "Expires:",
                "Subject: none"
            })
    void a_senseless_expiry_counts_as_none(String header) {
        assertThat(parsed(HEAD + header + "\n\n").expiresSeconds()).isEqualTo(3_600);
    }

    @Test
    void nobody_is_registered_for_more_than_a_day() {
        assertThat(parsed(HEAD + "Expires: 9999999999\n\n").expiresSeconds()).isEqualTo(86_400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\r\n\r\n",
                "SIP/2.0 200 OK\r\n\r\n",
                "MESSAGE sip:a SIP/2.0\n\n",
                "MESSAGE sip:a SIP/3.0\nVia: a\nFrom: b\nTo: c\nCall-ID: d\nCSeq: 1 MESSAGE\n\n",
                "MESSAGE sip:a SIP/2.0\nVia: a\nFrom: b\nTo: c\nCall-ID: d\nCSeq: 1 REGISTER\n\n",
                "MESSAGE sip:a SIP/2.0\nVia: a\nFrom: b\nTo: c\nCall-ID: d\nCSeq: MESSAGE\n\n",
                "MESSAGE sip:a SIP/2.0\nVia: a\nFrom:\nTo: c\nCall-ID: d\nCSeq: 1 MESSAGE\n\n",
                "MESSAGE sip:a SIP/2.0\n folded: a\n\n",
                "MESSAGE sip:a SIP/2.0\nno colon\n\n",
                "MESSAGE sip:a SIP/2.0\nbad name: a\n\n"
            })
    void what_is_no_request_is_none(String text) {
        assertThat(SipParser.parse(text.getBytes(StandardCharsets.ISO_8859_1))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 9", "l: -1", "Content-Length: x", "X: a\rb", "X: \0"})
    void a_body_cut_short_and_a_header_that_hides_another_are_refused(String header) {
        assertThat(
                        SipParser.parse(
                                (HEAD + header + "\n\nbody").getBytes(StandardCharsets.US_ASCII)))
                .isEmpty();
    }

    @Test
    void caps_hold() {
        assertThat(SipParser.parse(request("X: y\n".repeat(59)))).isPresent();
        assertThat(SipParser.parse(request("X: y\n".repeat(60)))).isEmpty();
        assertThat(SipParser.parse(request("X: " + "y".repeat(3_700) + "\n"))).isPresent();
        assertThat(SipParser.parse(request("X: " + "y".repeat(4_000) + "\n"))).isEmpty();
    }

    private static byte[] request(String more) {
        return (HEAD + more + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static SipRequest parsed(String text) {
        return SipParser.parse(text.getBytes(StandardCharsets.ISO_8859_1)).orElseThrow();
    }

    private static String answer(SipRequest request) {
        return new String(SipReply.OK.to(request, PEER, "ours"), StandardCharsets.ISO_8859_1);
    }
}
