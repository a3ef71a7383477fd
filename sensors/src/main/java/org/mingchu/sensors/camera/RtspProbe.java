package org.mingchu.sensors.camera;

import org.mingchu.config.CameraVerdict;
import org.mingchu.config.Secrets;
import org.mingchu.sensors.Clock;
import org.mingchu.sensors.Reading;
import org.mingchu.sensors.Sensor;
import org.mingchu.sensors.camera.RtspOutcome.Answer;
import org.mingchu.sensors.camera.RtspOutcome.Failure;
import org.mingchu.sensors.camera.http.DeadlineSocket;
import org.mingchu.sensors.camera.http.Digest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * Asks a camera how far it answers: TCP, OPTIONS, DESCRIBE, login by digest, a description with
 * video. One connection, no picture, no redirect, at most 4.5 s. One thread at a time.
 */
public final class RtspProbe implements Sensor {
    private static final Logger LOG = LoggerFactory.getLogger(RtspProbe.class);

    private static final int RTSP_PORT = 554;
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int GONE = 410;
    private static final int REDIRECTION = 3;
    private static final int SERVER_ERROR = 5;
    private static final int CLASS = 100;
    private static final int CNONCE_BYTES = 16;

    private static final String ACCEPT = "Accept: application/sdp\r\n";
    private static final Pattern DESCRIPTION = Pattern.compile("(?s)v=0\\R.*");
    private static final Pattern VIDEO = Pattern.compile("(?m)^m=video ");

    private final String id;
    private final String uri;
    private final String host;
    private final int port;
    private final Optional<Digest.Login> login;
    private final Clock clock;
    private final RandomGenerator chance;
    private final Patience patience;
    private Optional<CameraVerdict> last = Optional.empty();

    /**
     * @param address an {@code rtsp} address with a host
     * @param secret user and password, where the camera wants them
     * @param chance for the client's nonces
     */
    public RtspProbe(
            String id,
            URI address,
            Optional<Secrets.Secret> secret,
            Clock clock,
            RandomGenerator chance) {
        this(id, address, secret, clock, chance, Patience.DEFAULT);
    }

    RtspProbe(
            String id,
            URI address,
            Optional<Secrets.Secret> secret,
            Clock clock,
            RandomGenerator chance,
            Patience patience) {
        this.id = id;
        this.host = Optional.ofNullable(address.getHost()).orElseThrow();
        this.port = address.getPort() < 0 ? RTSP_PORT : address.getPort();
        this.uri = request(address);
        this.login = secret.flatMap(RtspProbe::login);
        this.clock = clock;
        this.chance = chance;
        this.patience = patience;
    }

    /** Without user and fragment: they are nobody's business on the wire. */
    private String request(URI address) {
        var path = Optional.ofNullable(address.getRawPath()).orElse("");
        var query = Optional.ofNullable(address.getRawQuery()).map(q -> "?" + q).orElse("");
        return "rtsp://" + host + ":" + port + path + query;
    }

    static Optional<Digest.Login> login(Secrets.Secret secret) {
        return secret.user().map(user -> new Digest.Login(user, secret.password().orElse("")));
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Reading read() {
        var found = probe();
        if (!last.equals(Optional.of(found.verdict()))) {
            LOG.info(
                    "event=camera id={} verdict={} cause=\"{}\"",
                    id,
                    found.verdict(),
                    found.cause());
            last = Optional.of(found.verdict());
        }
        return new Reading.Seen(id, found.verdict(), 0);
    }

    /** Asks without a word to the log. */
    Found probe() {
        var address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            return new Found(CameraVerdict.UNREACHABLE, "no address for " + host);
        }
        try (var connection = RtspConnection.open(address, clock, patience)) {
            return options(connection);
        } catch (IOException e) {
            return new Found(DeadlineSocket.unopened(e), e);
        }
    }

    /** Any status but a redirection will do: most cameras answer OPTIONS to everybody. */
    private Found options(RtspConnection connection) {
        return switch (connection.exchange(request("OPTIONS", 1, ""))) {
            case Failure failure -> new Found(failure.verdict(), failure.cause());
            case Answer answer when answer.status() / CLASS == REDIRECTION -> redirected();
            case Answer _ -> describe(connection);
        };
    }

    private Found describe(RtspConnection connection) {
        return switch (connection.exchange(request("DESCRIBE", 2, ACCEPT))) {
            case Failure failure -> new Found(failure.verdict(), failure.cause());
            case Answer answer when answer.status() == UNAUTHORIZED -> logIn(connection, answer);
            case Answer answer -> judged(answer);
        };
    }

    private Found logIn(RtspConnection connection, Answer refusal) {
        if (login.isEmpty()) {
            return new Found(CameraVerdict.AUTH, "credentials wanted, none in the site file");
        }
        var digest = Digest.strongest(refusal.header("WWW-Authenticate"));
        if (digest.isEmpty()) {
            return new Found(CameraVerdict.AUTH, "no digest login offered; Basic is not used");
        }
        var answer =
                digest.orElseThrow().answer("DESCRIBE", uri, login.orElseThrow(), clientNonce());
        var headers = ACCEPT + "Authorization: " + answer + "\r\n";
        return switch (connection.exchange(request("DESCRIBE", 3, headers))) {
            case Failure failure -> new Found(failure.verdict(), failure.cause());
            case Answer second -> judged(second);
        };
    }

    static Found judged(Answer answer) {
        return switch (answer.status()) {
            case OK -> described(answer.body());
            case UNAUTHORIZED, FORBIDDEN -> new Found(CameraVerdict.AUTH, "credentials refused");
            case NOT_FOUND, GONE -> new Found(CameraVerdict.NO_SUCH_STREAM, "no such path");
            default -> odd(answer.status());
        };
    }

    private static Found odd(int status) {
        return switch (status / CLASS) {
            case REDIRECTION -> redirected();
            case SERVER_ERROR ->
                    new Found(CameraVerdict.NO_VIDEO, "the camera fails with " + status);
            default -> new Found(CameraVerdict.PROTOCOL, "status " + status);
        };
    }

    private static Found described(String body) {
        if (!DESCRIPTION.matcher(body).matches()) {
            return new Found(CameraVerdict.PROTOCOL, "the answer is not a stream description");
        }
        return VIDEO.matcher(body).find()
                ? new Found(CameraVerdict.HEALTHY, "")
                : new Found(CameraVerdict.NO_VIDEO, "a description without video");
    }

    /** Not followed: it would carry the login to a host that nobody has named. */
    private static Found redirected() {
        return new Found(CameraVerdict.PROTOCOL, "redirections are not followed");
    }

    private String request(String method, int sequence, String headers) {
        return method
                + " "
                + uri
                + " RTSP/1.0\r\nCSeq: "
                + sequence
                + "\r\nUser-Agent: mingchu\r\n"
                + headers
                + "\r\n";
    }

    private String clientNonce() {
        var bytes = new byte[CNONCE_BYTES];
        chance.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
