package org.mingchu.gateway.shipped;

import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Hears what a broker passes on: how many messages of each topic, and the highest seq in them. */
final class Ear implements AutoCloseable {
    private static final Pattern SEQ = Pattern.compile("\"seq\":(\\d+)");
    private static final long ANSWER_MS = 10_000;

    private final Map<String, Long> messages = new ConcurrentHashMap<>();
    private final Map<String, Long> highest = new ConcurrentHashMap<>();
    private final MqttAsyncClient client;

    Ear(int port) {
        try {
            client = new MqttAsyncClient("tcp://127.0.0.1:" + port, "ear", new MemoryPersistence());
            client.setCallback(new Heard());
            client.connect(new MqttConnectionOptions()).waitForCompletion(ANSWER_MS);
            client.subscribe("#", 0).waitForCompletion(ANSWER_MS);
        } catch (MqttException e) {
            throw new AssertionError("no ear at the broker", e);
        }
    }

    long messages(String topic) {
        return messages.getOrDefault(topic, 0L);
    }

    /** 0 while nothing came. */
    long highest(String topic) {
        return highest.getOrDefault(topic, 0L);
    }

    @Override
    public void close() {
        try {
            client.disconnect().waitForCompletion(ANSWER_MS);
            client.close();
        } catch (MqttException e) {
            throw new AssertionError("the ear does not close", e);
        }
    }

    private final class Heard implements MqttCallback {
        @Override
        public void messageArrived(String topic, MqttMessage message) {
            var text = new String(message.getPayload(), StandardCharsets.UTF_8);
            SEQ.matcher(text)
                    .results()
                    .mapToLong(seq -> Long.parseLong(seq.group(1)))
                    .max()
                    .ifPresent(seq -> highest.merge(topic, seq, Math::max));
            messages.merge(topic, 1L, Long::sum);
        }

        @Override
        public void disconnected(MqttDisconnectResponse response) {}

        @Override
        public void mqttErrorOccurred(MqttException e) {}

        @Override
        public void deliveryComplete(IMqttToken token) {}

        @Override
        public void connectComplete(boolean reconnect, String broker) {}

        @Override
        public void authPacketArrived(int reasonCode, MqttProperties properties) {}
    }
}
