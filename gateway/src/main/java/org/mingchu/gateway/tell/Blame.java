package org.mingchu.gateway.tell;

import org.eclipse.paho.mqttv5.common.MqttException;
import org.jspecify.annotations.Nullable;
import org.mingchu.config.Secrets;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

import javax.net.ssl.SSLException;

/** One clear line for a connection that failed: what is wrong, which file, what helps. */
final class Blame {
    /** Causes looked at; a chain that is longer goes round in a circle. */
    private static final int DEPTH_MAX = 8;

    private Blame() {}

    /** A connection that was lost. */
    static String of(@Nullable Throwable failure, Secrets.Secret secret) {
        return find(failure, secret)
                .orElse(
                        failure instanceof MqttException mqtt
                                ? "the connection was lost (Paho " + mqtt.getReasonCode() + ")"
                                : "the connection was lost");
    }

    /**
     * A connection that was never made. With TLS 1.3 a broker that does not like our certificate
     * often just hangs up, after the handshake as we see it.
     */
    static String beforeConnack(@Nullable Throwable failure, Secrets.Secret secret) {
        return find(failure, secret)
                .or(() -> secret.certificate().map(Blame::hungUp))
                .orElse("the broker hung up before it answered");
    }

    private static String hungUp(Path certificate) {
        return "TLS: the broker hung up before it answered; perhaps it does not accept our"
                + " certificate %s; check certificate and key in the secrets file"
                        .formatted(certificate);
    }

    private static Optional<String> find(@Nullable Throwable failure, Secrets.Secret secret) {
        var cause = failure;
        for (int i = 0; i < DEPTH_MAX && cause != null; i++) {
            var line = line(cause, secret);
            if (line.isPresent()) {
                return line;
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }

    private static Optional<String> line(Throwable cause, Secrets.Secret secret) {
        return switch (cause) {
            case SSLException tls -> Optional.of(tls(tls, secret));
            case UnknownHostException unknown ->
                    Optional.of("no address for the host name " + unknown.getMessage());
            case ConnectException _ -> Optional.of("the broker's port is closed or unreachable");
            case NoRouteToHostException _ -> Optional.of("no route to the broker");
            case SocketTimeoutException _ -> Optional.of("the broker does not answer in time");
            case MqttException mqtt when refusal(mqtt.getReasonCode()) ->
                    Optional.of(
                            "the broker refuses the connection: "
                                    + Reasons.words(mqtt.getReasonCode()));
            default -> Optional.empty();
        };
    }

    private static boolean refusal(int code) {
        return code >= Reasons.REFUSED_FROM && code <= 0xff;
    }

    private static String tls(SSLException failure, Secrets.Secret secret) {
        var words = words(failure);
        var ca = secret.ca().map(Object::toString).orElse("the machine's CA list");
        var ours = secret.certificate().map(Object::toString).orElse("(none given)");
        if (words.contains("no subject alternative") || words.contains("no name matching")) {
            return "TLS: the broker's certificate is for another host name; check url in the site"
                    + " file";
        }
        if (words.contains("expired") && !words.contains("received fatal alert")) {
            return "TLS: the broker's certificate has expired, or our clock is wrong";
        }
        if (words.contains("notyetvalid") || words.contains("not yet valid")) {
            return "TLS: the broker's certificate is not valid yet: our clock is wrong";
        }
        if (words.contains("pkix") || words.contains("path")) {
            return "TLS: the broker's certificate is not signed by %s; check ca in the secrets file"
                    .formatted(ca);
        }
        if (words.contains("received fatal alert")) {
            return "TLS: the broker does not accept our certificate %s (%s); check certificate and"
                            .formatted(ours, failure.getMessage())
                    + " key in the secrets file";
        }
        return "TLS: " + failure.getMessage();
    }

    /** The messages of the failure and its causes: the telling one is often at the bottom. */
    private static String words(Throwable failure) {
        var words = new StringBuilder();
        Throwable cause = failure;
        for (int i = 0; i < DEPTH_MAX && cause != null; i++) {
            words.append(cause).append('\n');
            cause = cause.getCause();
        }
        return words.toString().toLowerCase(Locale.ROOT);
    }
}
