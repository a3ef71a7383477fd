package org.mingchu.sensors.mqtt;

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
import org.mingchu.config.Broker;
import org.mingchu.config.Secrets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * One connection to the kitchen's broker over the Paho v5 client, used as little as can be: a new
 * client object for each connection, memory persistence, no automatic reconnect, no offline buffer,
 * no listener per subscription, no topic alias maximum of ours, manual acknowledgement. Each of
 * these walks around a defect of Paho 1.2.5 (.adr/0005, .adr/0018). Its callbacks only hand over.
 * The loop's thread.
 */
final class PahoLink {
    /** Messages that the broker may have unacknowledged with us. */
    static final int RECEIVE_MAXIMUM = 256;

    /** How long the broker keeps our session and what comes for it. */
    private static final Duration SESSION = Duration.ofDays(7);

    private static final int KEEP_ALIVE_S = 30;
    private static final int PORT_PLAIN = 1883;
    private static final int PORT_TLS = 8883;

    /** A payload of {@link Picker#BYTES_MAX} with its topic and properties. */
    private static final long PACKET_BYTES_MAX = Picker.BYTES_MAX + 8 * 1024L;

    /** Paho's own limit of its TCP connect and its waiting; ours is the one that counts. */
    private static final int PAHO_TIMEOUT_S = 10;

    private static final long DISCONNECT_MS = 500;

    /** For acknowledgements that are on their way; none are, as a rule. */
    private static final long FLUSH_MS = 200;

    private static final int QOS = 1;
    private static final int REFUSED_FROM = 0x80;

    private static final Logger LOG = LoggerFactory.getLogger(PahoLink.class);

    private final Broker broker;
    private final Secrets.Secret secret;
    private final Inbox inbox;
    private final MqttAsyncClient client;
    private volatile boolean released;

    /**
     * @throws MqttException when the URL or the client id cannot be used
     */
    PahoLink(Broker broker, Secrets.Secret secret, String clientId, Inbox inbox)
            throws MqttException {
        this.broker = broker;
        this.secret = secret;
        this.inbox = inbox;
        this.client = new MqttAsyncClient(address(broker), clientId, new MemoryPersistence());
    }

    private static boolean tls(Broker broker) {
        return "mqtts".equalsIgnoreCase(broker.url().getScheme());
    }

    private static String address(Broker broker) {
        var url = broker.url();
        var port = url.getPort() > 0 ? url.getPort() : tls(broker) ? PORT_TLS : PORT_PLAIN;
        return (tls(broker) ? "ssl://" : "tcp://") + url.getHost() + ":" + port;
    }

    /** Answers with {@link Event.Connected} or {@link Event.Lost}, or never. */
    void connect() {
        try {
            client.setCallback(new Callback());
            client.setManualAcks(true);
            client.connect(options(), null, new Answer(this::connected, this::failed));
        } catch (MqttException | BrokerTls.Unusable e) {
            failed(e);
        }
    }

    private MqttConnectionOptions options() throws BrokerTls.Unusable {
        var options = new MqttConnectionOptions();
        options.setCleanStart(false);
        options.setSessionExpiryInterval(SESSION.toSeconds());
        options.setReceiveMaximum(RECEIVE_MAXIMUM);
        options.setAutomaticReconnect(false);
        options.setKeepAliveInterval(KEEP_ALIVE_S);
        options.setConnectionTimeout(PAHO_TIMEOUT_S);
        options.setMaximumPacketSize(PACKET_BYTES_MAX);
        secret.user().ifPresent(options::setUserName);
        secret.password().ifPresent(p -> options.setPassword(p.getBytes(UTF_8)));
        if (tls(broker)) {
            options.setSocketFactory(BrokerTls.context(secret).getSocketFactory());
            options.setHttpsHostnameVerificationEnabled(true);
        }
        return options;
    }

    private void connected(IMqttToken token) {
        inbox.tell(new Event.Connected(this, token.getSessionPresent()));
    }

    private void failed(@Nullable Throwable e) {
        inbox.tell(new Event.Lost(this, Blame.of(e)));
    }

    /** Answers with {@link Event.Subscribed} or {@link Event.Lost}, or never. */
    void subscribe(List<String> filters) {
        var qos = new int[filters.size()];
        Arrays.fill(qos, QOS);
        try {
            client.subscribe(
                    filters.toArray(String[]::new),
                    qos,
                    null,
                    new Answer(
                            token -> inbox.tell(new Event.Subscribed(this, worst(token))),
                            this::failed));
        } catch (MqttException e) {
            failed(e);
        }
    }

    /** Sends one message, for once; what becomes of it is seen when it comes back. */
    void publish(String topic, String text, Duration expiry) {
        var message = new MqttMessage(text.getBytes(UTF_8));
        message.setQos(QOS);
        var properties = new MqttProperties();
        properties.setMessageExpiryInterval(expiry.toSeconds());
        message.setProperties(properties);
        try {
            client.publish(topic, message, null, new Answer(_ -> {}, _ -> {}));
        } catch (MqttException e) {
            LOG.debug("event=fence-not-sent code={}", e.getReasonCode());
        }
    }

    /** The broker may forget this message. */
    void acknowledge(Delivery.Publish publish) {
        try {
            client.messageArrivedComplete(publish.packetId(), publish.qos());
        } catch (MqttException e) {
            // The connection is going; the broker sends the message again.
            LOG.debug("event=puback-not-sent code={}", e.getReasonCode());
        }
    }

    /** Ends it; the broker keeps the session. Nothing may be asked of this link after it. */
    void release() {
        released = true;
        // Closing waits for sockets and threads, so it is nobody's business but its own thread's.
        Thread.ofVirtual()
                .name("kitchen-broker-release")
                .start(() -> {
                    quietly(() ->
                            client.disconnectForcibly(
                                    FLUSH_MS, DISCONNECT_MS, client.isConnected()));
                    quietly(() -> client.close(true));
                });
    }

    boolean released() {
        return released;
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

    private static int worst(IMqttToken token) {
        var worst = 0;
        var codes = token.getReasonCodes();
        for (var i = 0; codes != null && i < codes.length; i++) {
            worst = Math.max(worst, codes[i]);
        }
        return worst;
    }

    static boolean refuses(int reason) {
        return reason >= REFUSED_FROM;
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
            var why =
                    refuses(code) && code <= 0xff
                            ? "the broker ended the connection, reason 0x"
                                    + Integer.toHexString(code)
                            : Blame.of(response.getException());
            inbox.tell(new Event.Lost(PahoLink.this, why));
        }

        @Override
        public void mqttErrorOccurred(MqttException e) {
            LOG.debug("event=mqtt-error code={}", e.getReasonCode());
        }

        @Override
        public void messageArrived(String topic, MqttMessage message) {
            inbox.arrived(
                    PahoLink.this,
                    new Delivery.Publish(
                            topic,
                            message.getPayload(),
                            message.getId(),
                            message.getQos(),
                            message.isRetained()));
        }

        @Override
        public void deliveryComplete(IMqttToken token) {}

        @Override
        public void connectComplete(boolean reconnect, String address) {}

        @Override
        public void authPacketArrived(int reasonCode, MqttProperties properties) {}
    }
}
