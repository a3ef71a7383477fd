package org.mingchu.simulator.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A camera that registers at a platform by GB/T 28181 and says that it lives, once for each call;
 * {@link SipPulse} makes it do so by itself. Each verb waits for the answer, at most 16 s unless
 * told otherwise, and returns its status, 0 for none. One thread.
 */
public final class SipCamera implements AutoCloseable {
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int EXPIRES_S = 3600;
    private static final Duration PATIENCE = Duration.ofSeconds(16);

    private final SipAccount account;
    private final SipDialect dialect;
    private final Carrier carrier;
    private final InetAddress from;
    private final InetSocketAddress server;
    private SipLink link;
    private Sent last = new Sent("", "", 0);
    private SipAnswer answer = SipAnswer.NONE;
    private Duration patience = PATIENCE;
    private int boots;
    private int sequence;
    private int number;

    /** What carries its messages. */
    public enum Carrier {
        UDP,
        TCP
    }

    /** One character for each byte. */
    private record Sent(String text, String callId, int sequence) {}

    /** A camera on 127.0.0.1. */
    public SipCamera(
            SipAccount account, SipDialect dialect, Carrier carrier, InetSocketAddress server) {
        this(account, dialect, carrier, InetAddress.getLoopbackAddress(), server);
    }

    /**
     * @param from its own address; with TCP the system's choice is taken
     */
    public SipCamera(
            SipAccount account,
            SipDialect dialect,
            Carrier carrier,
            InetAddress from,
            InetSocketAddress server) {
        this.account = account;
        this.dialect = dialect;
        this.carrier = carrier;
        this.from = from;
        this.server = server;
        this.link = connect();
    }

    private SipLink connect() {
        try {
            return switch (carrier) {
                case UDP -> new SipLink.Udp(new InetSocketAddress(from, 0), server);
                case TCP -> new SipLink.Tcp(server);
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How long it waits for an answer from now on. */
    public void patience(Duration most) {
        patience = most;
    }

    /** Logs in for an hour. */
    public int register() {
        return register(EXPIRES_S);
    }

    /** Logs in; answers the challenge if it can. 0 seconds sign off. */
    public int register(int seconds) {
        if (ask(registration(seconds, Optional.empty())) != UNAUTHORIZED) {
            return answer.status();
        }
        var challenges = answer.headers("WWW-Authenticate");
        var login = SipDigest.answer(dialect, account, uri(), challenges);
        return login.isPresent() ? ask(registration(seconds, login)) : UNAUTHORIZED;
    }

    /** Asks to be registered and leaves the challenge unanswered. */
    public int knock() {
        return ask(registration(EXPIRES_S, Optional.empty()));
    }

    public int signOff() {
        return register(0);
    }

    /** Says that all is well. */
    public int keepalive() {
        return keepalive("OK", List.of());
    }

    /**
     * Says how it is.
     *
     * @param status {@code OK} or {@code ERROR}
     * @param faulty ids of devices below it that are out of order
     */
    public int keepalive(String status, List<String> faulty) {
        var ids = new StringBuilder();
        faulty.forEach(id -> ids.append("<DeviceID>").append(id).append("</DeviceID>\r\n"));
        return notify(
                "Keepalive", "<Status>" + status + "</Status>\r\n<Info>" + ids + "</Info>\r\n");
    }

    /** Tells its own idea of heartbeats, as it would on being asked; it may be nonsense. */
    public int declareHeartbeat(String interval, String count) {
        return message(
                "Response",
                "ConfigDownload",
                """
                <Result>OK</Result>
                <BasicParam>
                <Name>厨房</Name>
                <HeartBeatInterval>%s</HeartBeatInterval>
                <HeartBeatCount>%s</HeartBeatCount>
                </BasicParam>
                """
                        .formatted(interval, count));
    }

    /** Sends a notification of its own making. */
    public int notify(String command, String inside) {
        return message("Notify", command, inside);
    }

    private int message(String kind, String command, String inside) {
        number++;
        var xml =
                """
                <?xml version="1.0" encoding="%s"?>
                <%s>
                <CmdType>%s</CmdType>
                <SN>%d</SN>
                <DeviceID>%s</DeviceID>
                %s</%s>
                """
                        .formatted(
                                dialect.charset(),
                                kind,
                                command,
                                number,
                                account.id(),
                                inside,
                                kind);
        return message(xml);
    }

    /** Sends any body as a message. */
    public int message(String body) {
        return ask(
                request(
                        "MESSAGE",
                        "Content-Type: Application/MANSCDP+xml\r\n",
                        body.getBytes(Charset.forName(dialect.charset()))));
    }

    /** Sends a request without a body. */
    public int request(String method) {
        return ask(request(method, "", new byte[0]));
    }

    /** Sends the last request once more, to the byte, as if its answer had been lost. */
    public int again() {
        return ask(last);
    }

    /** Sends what another has sent, to the byte: what an eavesdropper can do. */
    public int replay(SipCamera other) {
        return ask(other.last);
    }

    /** What was answered last. */
    public SipAnswer answer() {
        return answer;
    }

    public int port() {
        return link.port();
    }

    /** Its NAT gives it another port; it knows nothing of it. */
    public void moveAddress() {
        close();
        link = connect();
    }

    /** Starts anew, with all numbers, and from the same port; by TCP from another. */
    public void reboot() {
        boots++;
        sequence = 0;
        number = 0;
        if (carrier == Carrier.TCP) {
            moveAddress();
        }
    }

    private Sent registration(int seconds, Optional<String> login) {
        var headers =
                "Contact: <sip:%s@127.0.0.1:%d>\r\nExpires: %d\r\nX-GB-Ver: %s\r\n"
                        .formatted(account.id(), link.port(), seconds, dialect.version());
        var authorization = login.map(l -> "Authorization: " + l + "\r\n").orElse("");
        return request("REGISTER", headers + authorization, new byte[0]);
    }

    private String uri() {
        return "sip:" + account.serverId() + "@" + account.domain();
    }

    private Sent request(String method, String headers, byte[] body) {
        sequence++;
        var callId = account.id() + "-" + boots + "-" + link.port() + "-" + method;
        var head =
                """
                %s %s SIP/2.0
                Via: SIP/2.0/%s 127.0.0.1:%d;rport;branch=z9hG4bK%d.%d
                From: <sip:%s@%s>;tag=%d
                To: <sip:%s@%s>
                Call-ID: %s
                CSeq: %d %s
                Max-Forwards: 70
                User-Agent: IP Camera
                %sContent-Length: %d

                """
                        .formatted(
                                method,
                                uri(),
                                carrier,
                                link.port(),
                                boots,
                                sequence,
                                account.id(),
                                account.domain(),
                                boots + 1,
                                method.equals("REGISTER") ? account.id() : account.serverId(),
                                account.domain(),
                                callId,
                                sequence,
                                method,
                                headers.replace("\r\n", "\n"),
                                body.length)
                        .replace("\n", "\r\n");
        return new Sent(
                spoken(head) + new String(body, StandardCharsets.ISO_8859_1), callId, sequence);
    }

    private String spoken(String head) {
        return dialect == SipDialect.TERSE
                ? head.replace("\r\nVia: ", "\r\nv:")
                        .replace("\r\nFrom: ", "\r\nf : ")
                        .replace("\r\nTo: ", "\r\nt:\r\n ")
                        .replace("\r\nCall-ID: ", "\r\ni: ")
                        .replace("\r\nCSeq: ", "\r\ncseq:\t")
                        .replace("\r\nContact: ", "\r\nm: ")
                        .replace("\r\nContent-Length: ", "\r\nl: ")
                : head;
    }

    private int ask(Sent request) {
        last = request;
        try {
            var bytes = request.text.getBytes(StandardCharsets.ISO_8859_1);
            answer =
                    link.ask(
                            bytes,
                            request.callId,
                            request.sequence,
                            Math.toIntExact(patience.toMillis()));
        } catch (IOException e) {
            answer = SipAnswer.NONE;
        }
        return answer.status();
    }

    /** Whether the last answer was a plain yes. */
    public boolean content() {
        return answer.status() == OK;
    }

    @Override
    public void close() {
        try {
            link.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
