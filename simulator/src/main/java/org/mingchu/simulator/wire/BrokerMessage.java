package org.mingchu.simulator.wire;

import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.MqttPropertyType;

import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A message on its way through the broker. The payload is never changed after it was read.
 *
 * @param properties what travels on with it; no alias, no expiry
 * @param expiresAtNs when it must no longer be delivered, on the broker's clock
 */
@SuppressWarnings("ArrayRecordComponent") // the bytes go straight from one socket to others
record BrokerMessage(
        String topic,
        byte[] payload,
        int qos,
        boolean retain,
        MqttProperties properties,
        OptionalLong expiresAtNs) {
    /** Properties that MQTT 5 section 3.3.2.3 has a server pass on unaltered. */
    private static final Set<Integer> TRAVELLING =
            Set.of(
                    MqttPropertyType.PAYLOAD_FORMAT_INDICATOR.value(),
                    MqttPropertyType.CONTENT_TYPE.value(),
                    MqttPropertyType.RESPONSE_TOPIC.value(),
                    MqttPropertyType.CORRELATION_DATA.value(),
                    MqttPropertyType.USER_PROPERTY.value());

    /** What of a sender's properties goes on to the receivers. */
    static MqttProperties travelling(MqttProperties sent) {
        var kept = new MqttProperties();
        for (MqttProperties.MqttProperty<?> property : sent.listAll()) {
            if (TRAVELLING.contains(property.propertyId())) {
                kept.add(property);
            }
        }
        return kept;
    }

    /** The number under {@code type}, where the sender gave one. */
    static OptionalLong number(MqttProperties properties, MqttPropertyType type) {
        return properties.getProperty(type.value()) instanceof MqttProperties.IntegerProperty p
                // unsigned 32 bits on the wire
                ? OptionalLong.of(Integer.toUnsignedLong(p.value()))
                : OptionalLong.empty();
    }

    static MqttProperties.IntegerProperty property(MqttPropertyType type, long value) {
        return new MqttProperties.IntegerProperty(type.value(), (int) value);
    }

    BrokerMessage withQosAtMost(int highest) {
        return new BrokerMessage(
                topic, payload, Math.min(qos, highest), retain, properties, expiresAtNs);
    }

    BrokerMessage withRetain(boolean flag) {
        return new BrokerMessage(topic, payload, qos, flag, properties, expiresAtNs);
    }

    boolean expiredAt(long nowNs) {
        return expiresAtNs.isPresent() && expiresAtNs.getAsLong() <= nowNs;
    }

    /** The properties to send at {@code nowNs}, with the time that is left. */
    MqttProperties propertiesAt(long nowNs) {
        if (expiresAtNs.isEmpty()) {
            return properties;
        }
        var dated = travelling(properties);
        var leftSeconds = TimeUnit.NANOSECONDS.toSeconds(expiresAtNs.getAsLong() - nowNs);
        dated.add(property(MqttPropertyType.PUBLICATION_EXPIRY_INTERVAL, Math.max(1, leftSeconds)));
        return dated;
    }
}
