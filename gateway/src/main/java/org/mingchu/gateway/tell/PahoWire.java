package org.mingchu.gateway.tell;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.jspecify.annotations.Nullable;
import org.mingchu.config.Secrets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A wire over the Paho v5 client, used as little as can be: one client object per connection, clean
 * start, memory persistence, no automatic reconnect, no offline buffer, no listener per
 * subscription, no topic aliases towards us. Each of these is a defect of Paho 1.2.5 walked around
 * (.adr/0005). Its callbacks only hand over to the sink.
 */
public final class PahoWire implements Wire {
    private static final int PORT_PLAIN = 1883;
    private static final int PORT_TLS = 8883;

    /** Largest message from a platform; larger ones the broker must not send, in bytes. */
    private static final long INCOMING_BYTES_MAX = 128 * 1024;

    /** Paho's own limit of its TCP connect and its waiting; ours is the one that counts. */
    private static final int PAHO_TIMEOUT_S = 10;

    /** How long the DISCONNECT may take, in milliseconds. */
    private static final long DISCONNECT_MS = 500;

    /** MQTT 5 3.2.2.3.3: what holds when the broker names no receive maximum. */
    private static final int RECEIVE_MAXIMUM = 65_535;

    private static final Logger LOG = LoggerFactory.getLogger(PahoWire.class);

    private final URI url;
    private final Secrets.Secret secret;
    private final Sink sink;
    private Optional<MqttAsyncClient> client = Optional.empty();

    /** Publishes that Paho has from us and has not settled, of either quality of service. */
    private final AtomicInteger handed = new AtomicInteger();

    private volatile boolean closed;
    private volatile int receiveMaximum;

    private PahoWire(URI url, Secrets.Secret secret, Sink sink) {
        this.url = url;
        this.secret = secret;
        this.sink = sink;
    }

    /**
     * Wires to one platform.
     *
     * @param url {@code mqtt://} or {@code mqtts://}, host and port
     */
    public static Factory to(URI url, Secrets.Secret secret) {
        return sink -> new PahoWire(url, secret, sink);
    }

    @Override
    public void connect(Hello hello) {
        try {
            var options = options(hello);
            var fresh = new MqttAsyncClient(address(), hello.clientId(), new MemoryPersistence());
            client = Optional.of(fresh);
            fresh.setCallback(new Callback());
            fresh.connect(options, null, new Answer(this::connected, this::connectFailed));
        } catch (Pem.Unusable e) {
            tell(new Event.ConnectFailed(e.line()));
        } catch (MqttException | IllegalArgumentException e) {
            connectFailed(e);
        }
    }

    @Override
    public void subscribe(String filter) {
        client.ifPresent(c -> {
            try {
                c.subscribe(
                        filter,
                        1,
                        null,
                        new Answer(
                                token -> tell(new Event.Subscribed(filter, worst(token))),
                                e -> tell(new Event.Subscribed(filter, code(e)))));
            } catch (MqttException e) {
                tell(new Event.Subscribed(filter, code(e)));
            }
        });
    }

    @Override
    public boolean publish(long token, Message message) {
        if (client.isEmpty() || !mayPublish(client.get())) {
            return false;
        }
        handed.incrementAndGet();
        try {
            client.get()
                    .publish(
                            message.topic(),
                            packet(message),
                            null,
                            new Answer(
                                    t -> {
                                        handed.decrementAndGet();
                                        tell(new Event.Settled(token, worst(t)));
                                    },
                                    // No answer is a lost connection, which is told.
                                    _ -> handed.decrementAndGet()));
            return true;
        } catch (MqttException e) {
            handed.decrementAndGet();
            // 32202 means "later": Paho raises it instead of waiting, and sometimes wrongly.
            LOG.debug("event=publish-not-taken code={}", e.getReasonCode());
            return false;
        }
    }

    /**
     * Paho answers a full window with exception 32202, but only after it has noted a topic alias
     * that the broker then never hears of: the next publish of that topic ends the connection
     * (0x94). So it must not come to that. Paho counts a message when its sender takes it, also one
     * of QoS 0, and a settled one a moment longer: neither count alone is enough.
     */
    private boolean mayPublish(MqttAsyncClient to) {
        return handed.get() < receiveMaximum && to.getInFlightMessageCount() < receiveMaximum;
    }

    @Override
    public void disconnect() {
        closed = true;
        client.ifPresent(c -> release(c, DISCONNECT_MS));
    }

    @Override
    public void drop() {
        closed = true;
        client.ifPresent(c -> release(c, 0));
    }

    /** Closing waits for sockets and threads, so it is nobody's business but its own thread's. */
    private static void release(MqttAsyncClient client, long disconnectMs) {
        Thread.ofVirtual()
                .name("mqtt-release")
                .start(() -> {
                    quietly(() -> client.disconnectForcibly(0, disconnectMs, disconnectMs > 0));
                    quietly(() -> client.close(true));
                });
    }

    /** An act of Paho's that may fail. */
    private interface Act {
        void run() throws MqttException;
    }

    private static void quietly(Act act) {
        try {
            act.run();
        } catch (MqttException e) {
            LOG.debug("event=release code={}", e.getReasonCode());
        }
    }

    private String address() {
        var tls = tls();
        var port = url.getPort() > 0 ? url.getPort() : tls ? PORT_TLS : PORT_PLAIN;
        return (tls ? "ssl://" : "tcp://") + url.getHost() + ":" + port;
    }

    private boolean tls() {
        return switch (url.getScheme()) {
            case "mqtts" -> true;
            case "mqtt" -> false;
            default ->
                    throw new IllegalArgumentException(
                            "%s: the scheme must be mqtts, or mqtt on this machine".formatted(url));
        };
    }

    private MqttConnectionOptions options(Hello hello) throws Pem.Unusable {
        var options = new MqttConnectionOptions();
        options.setCleanStart(true);
        options.setAutomaticReconnect(false);
        options.setSessionExpiryInterval(hello.session().toSeconds());
        options.setKeepAliveInterval((int) hello.keepAlive().toSeconds());
        options.setConnectionTimeout(PAHO_TIMEOUT_S);
        options.setMaximumPacketSize(INCOMING_BYTES_MAX);
        options.setWill(hello.will().topic(), packet(hello.will()));
        options.setWillMessageProperties(will(hello.willDelay()));
        secret.user().ifPresent(options::setUserName);
        secret.password().ifPresent(p -> options.setPassword(p.getBytes(UTF_8)));
        if (tls()) {
            options.setSocketFactory(Tls.context(secret).getSocketFactory());
            options.setHttpsHostnameVerificationEnabled(true);
        }
        return options;
    }

    private static MqttProperties will(Duration delay) {
        var properties = new MqttProperties();
        properties.setWillDelayInterval(delay.toSeconds());
        properties.setContentType("application/json");
        return properties;
    }

    private static MqttMessage packet(Message message) {
        var packet = new MqttMessage(message.text().getBytes(UTF_8));
        packet.setQos(message.qos());
        packet.setRetained(message.retained());
        var properties = new MqttProperties();
        message.expiry().ifPresent(e -> properties.setMessageExpiryInterval(e.toSeconds()));
        if (!message.text().isEmpty()) {
            properties.setPayloadFormat(true);
            properties.setContentType("application/json");
        }
        packet.setProperties(properties);
        return packet;
    }

    private void connected(IMqttToken token) {
        var properties = token.getResponseProperties();
        var named = properties == null ? null : properties.getReceiveMaximum();
        receiveMaximum = named == null ? RECEIVE_MAXIMUM : named;
        var packetMax = properties == null ? null : properties.getMaximumPacketSize();
        tell(new Event.Connected(receiveMaximum, packetMax == null ? Long.MAX_VALUE : packetMax));
    }

    private void connectFailed(@Nullable Throwable e) {
        tell(new Event.ConnectFailed(Blame.beforeConnack(e, secret)));
    }

    /** Of several reason codes the worst; a QoS 0 publish and an MQTT 3 broker send none. */
    private static int worst(IMqttToken token) {
        var worst = 0;
        var codes = token.getReasonCodes();
        for (var i = 0; codes != null && i < codes.length; i++) {
            worst = Math.max(worst, codes[i]);
        }
        return worst;
    }

    private static int code(@Nullable Throwable e) {
        return e instanceof MqttException mqtt
                        && mqtt.getReasonCode() >= Reasons.REFUSED_FROM
                        && mqtt.getReasonCode() <= 0xff
                ? mqtt.getReasonCode()
                : Reasons.REFUSED_FROM;
    }

    private void tell(Event event) {
        if (!closed) {
            sink.accept(event);
        }
    }

    /** An answer to one request. */
    private record Answer(Consumer<IMqttToken> good, Consumer<@Nullable Throwable> bad)
            implements MqttActionListener {
        @Override
        public void onSuccess(IMqttToken token) {
            good.accept(token);
        }

        @Override
        public void onFailure(@Nullable IMqttToken token, @Nullable Throwable e) {
            bad.accept(e);
        }
    }

    /** The one callback of the connection; anything but handing over can block Paho for ever. */
    private final class Callback implements MqttCallback {
        @Override
        public void disconnected(MqttDisconnectResponse response) {
            var code = response.getReturnCode();
            tell(
                    new Event.Lost(
                            Reasons.refuses(code) && code <= 0xff
                                    ? "the broker ended the connection: " + Reasons.words(code)
                                    : Blame.of(response.getException(), secret)));
        }

        @Override
        public void mqttErrorOccurred(MqttException e) {
            LOG.debug("event=mqtt-error code={}", e.getReasonCode());
        }

        @Override
        public void messageArrived(String topic, MqttMessage message) {
            tell(new Event.Arrived(topic, new String(message.getPayload(), UTF_8)));
        }

        @Override
        public void deliveryComplete(IMqttToken token) {}

        @Override
        public void connectComplete(boolean reconnect, String address) {}

        @Override
        public void authPacketArrived(int reasonCode, MqttProperties properties) {}
    }
}
