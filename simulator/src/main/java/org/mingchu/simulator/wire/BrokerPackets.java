package org.mingchu.simulator.wire;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnAckVariableHeader;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageIdAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPubAckMessage;
import io.netty.handler.codec.mqtt.MqttPubReplyMessageVariableHeader;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttPublishVariableHeader;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttReasonCodeAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttSubAckMessage;
import io.netty.handler.codec.mqtt.MqttSubAckPayload;
import io.netty.handler.codec.mqtt.MqttUnsubAckMessage;
import io.netty.handler.codec.mqtt.MqttUnsubAckPayload;

import java.util.List;

/** The packets a broker sends. Stateless. */
final class BrokerPackets {
    private BrokerPackets() {}

    static MqttConnAckMessage connack(
            MqttConnectReturnCode code, boolean sessionPresent, MqttProperties properties) {
        return new MqttConnAckMessage(
                header(MqttMessageType.CONNACK),
                new MqttConnAckVariableHeader(code, sessionPresent, properties));
    }

    static MqttPublishMessage publish(
            BrokerMessage message, int packetId, boolean dup, long nowNs) {
        var qos = MqttQoS.valueOf(message.qos());
        return new MqttPublishMessage(
                new MqttFixedHeader(MqttMessageType.PUBLISH, dup, qos, message.retain(), 0),
                new MqttPublishVariableHeader(
                        message.topic(), packetId, message.propertiesAt(nowNs)),
                Unpooled.wrappedBuffer(message.payload()));
    }

    static MqttPubAckMessage puback(int packetId, int reason) {
        return new MqttPubAckMessage(
                header(MqttMessageType.PUBACK),
                new MqttPubReplyMessageVariableHeader(
                        packetId, (byte) reason, MqttProperties.NO_PROPERTIES));
    }

    static MqttSubAckMessage suback(MqttMessageIdVariableHeader to, List<Integer> codes) {
        return new MqttSubAckMessage(
                header(MqttMessageType.SUBACK), reply(to), new MqttSubAckPayload(codes));
    }

    static MqttUnsubAckMessage unsuback(MqttMessageIdVariableHeader to, List<Short> codes) {
        return new MqttUnsubAckMessage(
                header(MqttMessageType.UNSUBACK), reply(to), new MqttUnsubAckPayload(codes));
    }

    static MqttMessage pingresp() {
        return new MqttMessage(header(MqttMessageType.PINGRESP));
    }

    static MqttMessage disconnect(int reason) {
        return new MqttMessage(
                header(MqttMessageType.DISCONNECT),
                new MqttReasonCodeAndPropertiesVariableHeader(
                        (byte) reason, MqttProperties.NO_PROPERTIES));
    }

    private static MqttMessageIdAndPropertiesVariableHeader reply(MqttMessageIdVariableHeader to) {
        return new MqttMessageIdAndPropertiesVariableHeader(
                to.messageId(), MqttProperties.NO_PROPERTIES);
    }

    private static MqttFixedHeader header(MqttMessageType type) {
        return new MqttFixedHeader(type, false, MqttQoS.AT_MOST_ONCE, false, 0);
    }
}
