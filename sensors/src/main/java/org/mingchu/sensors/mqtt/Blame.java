package org.mingchu.sensors.mqtt;

import org.eclipse.paho.mqttv5.common.MqttException;
import org.jspecify.annotations.Nullable;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;

import javax.net.ssl.SSLException;

/** One clear line for a connection that failed. */
final class Blame {
    /** Causes looked at; a chain that is longer goes round in a circle. */
    private static final int DEPTH_MAX = 8;

    private static final int BAD_LOGIN = 0x86;
    private static final int NOT_AUTHORISED = 0x87;

    private Blame() {}

    static String of(@Nullable Throwable failure) {
        var cause = failure;
        for (int i = 0; i < DEPTH_MAX && cause != null; i++) {
            var line = line(cause);
            if (line.isPresent()) {
                return line.get();
            }
            cause = cause.getCause();
        }
        return "the connection was lost";
    }

    private static Optional<String> line(Throwable cause) {
        return switch (cause) {
            case BrokerTls.Unusable unusable -> Optional.of(unusable.line());
            case SSLException tls ->
                    Optional.of("TLS: " + tls.getMessage() + "; check ca in the secrets file");
            case UnknownHostException _ -> Optional.of("no address for the broker's host name");
            case ConnectException _ -> Optional.of("the broker's port is closed or unreachable");
            case NoRouteToHostException _ -> Optional.of("no route to the broker");
            case SocketTimeoutException _ -> Optional.of("the broker does not answer in time");
            case MqttException mqtt when mqtt.getReasonCode() == BAD_LOGIN ->
                    Optional.of("the broker refuses user or password; check the secrets file");
            case MqttException mqtt when mqtt.getReasonCode() == NOT_AUTHORISED ->
                    Optional.of("the broker does not let this user in; check the secrets file");
            case MqttException mqtt
                    when PahoLink.refuses(mqtt.getReasonCode()) && mqtt.getReasonCode() <= 0xff ->
                    Optional.of(
                            "the broker refuses, reason 0x"
                                    + Integer.toHexString(mqtt.getReasonCode()));
            default -> Optional.empty();
        };
    }
}
