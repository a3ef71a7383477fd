package org.mingchu.simulator.wire;

import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.mqtt.MqttProperties.MqttPropertyType;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttPublishVariableHeader;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** What one client publishes: its aliases, its window, its order. Event loop only. */
final class BrokerPublishing {
    private final BrokerHub hub;
    private final BrokerConnection connection;
    private final String clientId;
    private final int window;
    private final int topicAliasMaximum;
    private final Map<Long, String> aliases = new HashMap<>();
    private int unanswered;
    private final Deque<Held> held = new ArrayDeque<>();

    BrokerPublishing(
            BrokerHub hub,
            BrokerConnection connection,
            String clientId,
            int window,
            int topicAliasMaximum) {
        this.hub = hub;
        this.connection = connection;
        this.clientId = clientId;
        this.window = window;
        this.topicAliasMaximum = topicAliasMaximum;
    }

    void accept(MqttPublishMessage publish) {
        if (hub.faults().cutsNow()) {
            connection.close();
            return;
        }
        var qos = publish.fixedHeader().qosLevel().value();
        if (qos > 1) {
            connection.disconnect(BrokerReason.QOS_NOT_SUPPORTED);
            return;
        }
        if (qos == 1 && ++unanswered > window) {
            connection.disconnect(BrokerReason.RECEIVE_MAXIMUM_EXCEEDED);
            return;
        }
        var topic = topicOf(publish.variableHeader());
        if (topic.isEmpty()) {
            connection.disconnect(BrokerReason.ALIAS_INVALID);
            return;
        }
        if (!BrokerFilter.isTopic(topic.get())) {
            connection.disconnect(BrokerReason.TOPIC_INVALID);
            return;
        }
        inOrder(copied(publish, topic.get()));
    }

    private Optional<String> topicOf(MqttPublishVariableHeader head) {
        var alias = BrokerMessage.number(head.properties(), MqttPropertyType.TOPIC_ALIAS);
        if (alias.isEmpty()) {
            return Optional.of(head.topicName());
        }
        if (alias.getAsLong() == 0 || alias.getAsLong() > topicAliasMaximum) {
            return Optional.empty();
        }
        if (!head.topicName().isEmpty()) {
            aliases.put(alias.getAsLong(), head.topicName());
        }
        return Optional.ofNullable(aliases.get(alias.getAsLong()));
    }

    /** Copies what is needed later, for the packet's buffer is released on return. */
    private Runnable copied(MqttPublishMessage publish, String topic) {
        var head = publish.fixedHeader();
        var said = publish.variableHeader().properties();
        var expiry = BrokerMessage.number(said, MqttPropertyType.PUBLICATION_EXPIRY_INTERVAL);
        var message =
                new BrokerMessage(
                        topic,
                        ByteBufUtil.getBytes(publish.payload()),
                        head.qosLevel().value(),
                        head.isRetain(),
                        BrokerMessage.travelling(said),
                        deadline(expiry));
        var sent = new Sent(publish.variableHeader().packetId(), head.isDup(), expiry);
        return () -> handle(message, sent);
    }

    /** A message that is delayed. */
    private record Held(long dueNs, Runnable deed) {}

    /** How a message was sent. */
    private record Sent(int packetId, boolean dup, OptionalLong expirySeconds) {}

    private OptionalLong deadline(OptionalLong expirySeconds) {
        if (expirySeconds.isEmpty()) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(hub.nowNs() + TimeUnit.SECONDS.toNanos(expirySeconds.getAsLong()));
    }

    /** A delay never lets a later packet overtake an earlier one, even when it is switched off. */
    private void inOrder(Runnable deed) {
        var now = hub.nowNs();
        var dueNs = now + hub.faults().delay().toNanos();
        if (held.isEmpty() && dueNs <= now) {
            deed.run();
            return;
        }
        held.add(new Held(dueNs, deed));
        if (held.size() == 1) {
            releaseLater();
        }
    }

    /** Timers of their own could fire in another order, so one timer serves the queue's head. */
    private void releaseLater() {
        hub.later(Math.max(0, held.getFirst().dueNs() - hub.nowNs()), this::release);
    }

    private void release() {
        while (!held.isEmpty() && held.getFirst().dueNs() <= hub.nowNs()) {
            held.remove().deed().run();
        }
        if (!held.isEmpty()) {
            releaseLater();
        }
    }

    private void handle(BrokerMessage message, Sent sent) {
        var outcome = route(message);
        var answered = message.qos() == 1 && !hub.faults().mutes(message.topic());
        hub.log(
                new BrokerReceived(
                        clientId,
                        message.topic(),
                        new String(message.payload(), StandardCharsets.UTF_8),
                        message.qos(),
                        message.retain(),
                        sent.dup(),
                        sent.expirySeconds(),
                        answered ? outcome : BrokerReceived.UNANSWERED,
                        hub.nowNs()));
        if (answered) {
            unanswered--;
            connection.write(BrokerPackets.puback(sent.packetId(), outcome));
        }
    }

    private int route(BrokerMessage message) {
        var refusal = hub.faults().refusalOf(message.topic());
        if (refusal.isPresent()) {
            return refusal.getAsInt();
        }
        if (hub.faults().forgets(message.topic()) || hub.publish(message, clientId)) {
            return BrokerReason.SUCCESS;
        }
        return BrokerReason.NO_MATCHING_SUBSCRIBERS;
    }
}
