package org.mingchu.sensors.camera.http;

import org.mingchu.config.CameraVerdict;
import org.mingchu.sensors.Clock;
import org.mingchu.sensors.camera.http.HttpOutcome.Answer;
import org.mingchu.sensors.camera.http.HttpOutcome.Failure;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

import javax.net.ssl.SSLException;

/**
 * Speaks HTTP/1.1 to one camera or recorder and to nobody else: an answer within its caps and its
 * time, or the stage that failed. A login goes by digest (RFC 7616); no redirection is followed.
 * One connection for each request, closed after it. Any thread; calls are independent.
 */
public final class CameraHttp {
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;
    private static final int UNAUTHORIZED = 401;
    private static final int REDIRECTION = 3;
    private static final int CLASS = 100;
    private static final int CNONCE_BYTES = 16;

    /** Nothing in it can end a line. */
    private static final Pattern TARGET = Pattern.compile("/[\\x21-\\x7e]*");

    private static final Pattern BASIC = Pattern.compile("(?i)(?:.*,)?\\s*basic(?:\\s.*)?");

    private final String host;
    private final int port;
    private final Optional<Tls> tls;
    private final Optional<Digest.Login> login;
    private final Terms terms;
    private final Clock clock;
    private final RandomGenerator chance;

    /** One request, as it is sent again with a login. */
    @SuppressWarnings("ArrayRecordComponent") // sent, never compared
    private record Request(String method, String target, String type, byte[] body) {}

    /**
     * @param base an {@code http} or {@code https} address with a host; its path is of no meaning
     * @param chance for the client's nonces
     */
    public CameraHttp(
            URI base,
            Optional<Digest.Login> login,
            Terms terms,
            Clock clock,
            RandomGenerator chance) {
        var secure = "https".equalsIgnoreCase(base.getScheme());
        this.host = Optional.ofNullable(base.getHost()).orElseThrow();
        this.port = port(base);
        this.tls = secure ? Optional.of(new Tls(terms.trust())) : Optional.empty();
        this.login = login;
        this.terms = terms;
        this.clock = clock;
        this.chance = chance;
    }

    private static int port(URI address) {
        if (address.getPort() >= 0) {
            return address.getPort();
        }
        return "https".equalsIgnoreCase(address.getScheme()) ? HTTPS_PORT : HTTP_PORT;
    }

    /**
     * Asks for something.
     *
     * @param target path and query
     * @param bodyBytesMax a longer answer is a failure
     */
    public HttpOutcome get(String target, int bodyBytesMax) {
        return exchange(new Request("GET", target, "", new byte[0]), bodyBytesMax);
    }

    /** Hands something in; as {@link #get}. */
    public HttpOutcome post(String target, String type, byte[] body, int bodyBytesMax) {
        return exchange(new Request("POST", target, type, body), bodyBytesMax);
    }

    /**
     * Where an address leads that this peer itself has named: a path and query of its own, or
     * nothing when it names anybody else.
     */
    public Optional<String> own(URI named) {
        var here =
                host.equalsIgnoreCase(named.getHost())
                        && port(named) == port
                        && scheme().equalsIgnoreCase(named.getScheme());
        if (!here) {
            return Optional.empty();
        }
        return Optional.of(target(named)).filter(t -> TARGET.matcher(t).matches());
    }

    /** Whether an address that this peer itself has named is HTTP at the same host, at any port. */
    public boolean sameHost(URI named) {
        return host.equalsIgnoreCase(named.getHost())
                && ("http".equalsIgnoreCase(named.getScheme())
                        || "https".equalsIgnoreCase(named.getScheme()))
                && TARGET.matcher(target(named)).matches();
    }

    /** Path and query of an address, as they are asked for. */
    public static String target(URI address) {
        var path = Optional.ofNullable(address.getRawPath()).filter(p -> !p.isEmpty()).orElse("/");
        return path + Optional.ofNullable(address.getRawQuery()).map(q -> "?" + q).orElse("");
    }

    private String scheme() {
        return tls.isPresent() ? "https" : "http";
    }

    private HttpOutcome exchange(Request request, int bodyBytesMax) {
        if (!TARGET.matcher(request.target).matches()) {
            throw new IllegalArgumentException("no path and query: " + request.target);
        }
        var endNs = clock.now().upNs() + terms.whole().toNanos();
        var first = once(request, "", bodyBytesMax, endNs);
        if (first instanceof Answer answer && answer.status() == UNAUTHORIZED) {
            return logIn(request, answer, bodyBytesMax, endNs);
        }
        return plain(first);
    }

    private HttpOutcome logIn(Request request, Answer refusal, int bodyBytesMax, long endNs) {
        if (login.isEmpty()) {
            return new Failure(CameraVerdict.AUTH, "credentials wanted, none in the site file");
        }
        var answer = authorization(request, refusal.head().header("WWW-Authenticate"));
        if (answer.isEmpty()) {
            return new Failure(CameraVerdict.AUTH, "no digest login offered; Basic is not used");
        }
        var header = "Authorization: " + answer.get() + "\r\n";
        return plain(once(request, header, bodyBytesMax, endNs));
    }

    private Optional<String> authorization(Request request, List<String> challenges) {
        var who = login.orElseThrow();
        var digest = Digest.strongest(challenges);
        if (digest.isPresent()) {
            return digest.map(d -> d.answer(request.method, request.target, who, clientNonce()));
        }
        var basic = challenges.stream().anyMatch(c -> BASIC.matcher(c).matches());
        return basic && mayShowPassword() ? Optional.of(basic(who)) : Optional.empty();
    }

    private boolean mayShowPassword() {
        return switch (terms.passwords()) {
            case DIGEST_ONLY -> tls.isPresent();
            case BASIC_IN_CLEAR -> true;
        };
    }

    private static String basic(Digest.Login who) {
        var both = (who.user() + ":" + who.password()).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(both);
    }

    /** An answer that is one; a login that is refused and a way to elsewhere are none. */
    private static HttpOutcome plain(HttpOutcome outcome) {
        return switch (outcome) {
            case Failure failure -> failure;
            case Answer answer when answer.status() == UNAUTHORIZED ->
                    new Failure(CameraVerdict.AUTH, "credentials refused");
            case Answer answer when answer.status() / CLASS == REDIRECTION ->
                    new Failure(CameraVerdict.PROTOCOL, "redirections are not followed");
            case Answer answer -> answer;
        };
    }

    private HttpOutcome once(Request request, String login, int bodyBytesMax, long endNs) {
        var address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            return new Failure(CameraVerdict.UNREACHABLE, "no address for " + host);
        }
        try (var socket = new DeadlineSocket(clock, endNs)) {
            var refusal = connect(socket, address);
            return refusal.isPresent()
                    ? refusal.get()
                    : talk(socket, bytes(request, login), bodyBytesMax);
        } catch (OddAnswerException | SSLException e) {
            return new Failure(CameraVerdict.PROTOCOL, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return new Failure(CameraVerdict.NO_ANSWER, e.toString());
        }
    }

    private Optional<HttpOutcome> connect(DeadlineSocket socket, InetSocketAddress address) {
        try {
            socket.setTcpNoDelay(true);
            socket.connect(address, Math.toIntExact(terms.connect().toMillis()));
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(new Failure(DeadlineSocket.unopened(e), e.toString()));
        }
    }

    private Answer talk(DeadlineSocket socket, byte[] request, int bodyBytesMax)
            throws IOException {
        if (tls.isEmpty()) {
            return answer(socket, request, bodyBytesMax);
        }
        try (var secured = tls.get().over(socket, host)) {
            return answer(secured, request, bodyBytesMax);
        }
    }

    private static Answer answer(Socket socket, byte[] request, int bodyBytesMax)
            throws IOException {
        socket.getOutputStream().write(request);
        return new AnswerReader(new WireReader(socket.getInputStream()), bodyBytesMax).read();
    }

    private byte[] bytes(Request request, String login) {
        var head =
                request.method
                        + " "
                        + request.target
                        + " HTTP/1.1\r\nHost: "
                        + host.toLowerCase(Locale.ROOT)
                        + ":"
                        + port
                        + "\r\nUser-Agent: mingchu\r\nConnection: close\r\n"
                        + login
                        + content(request)
                        + "\r\n";
        var all = new ByteArrayOutputStream();
        all.writeBytes(head.getBytes(StandardCharsets.UTF_8));
        all.writeBytes(request.body);
        return all.toByteArray();
    }

    private static String content(Request request) {
        return request.type.isEmpty()
                ? ""
                : "Content-Type: "
                        + request.type
                        + "\r\nContent-Length: "
                        + request.body.length
                        + "\r\n";
    }

    private String clientNonce() {
        var bytes = new byte[CNONCE_BYTES];
        chance.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
