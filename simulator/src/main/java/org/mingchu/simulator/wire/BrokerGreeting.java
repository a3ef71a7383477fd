package org.mingchu.simulator.wire;

import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.MqttPropertyType;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/** What one CONNECT asks for, and what it is told. Immutable. */
record BrokerGreeting(
        String givenId,
        boolean cleanStart,
        long sessionExpirySeconds,
        int receiveMaximum,
        int keepAliveSeconds,
        BrokerWill will) {
    private static final int MQTT_5 = 5;
    private static final int RECEIVE_MAXIMUM_UNSAID = 65_535;

    static BrokerGreeting of(MqttConnectMessage connect) {
        var head = connect.variableHeader();
        var said = head.properties();
        return new BrokerGreeting(
                connect.payload().clientIdentifier(),
                head.isCleanSession(),
                BrokerMessage.number(said, MqttPropertyType.SESSION_EXPIRY_INTERVAL).orElse(0),
                (int)
                        BrokerMessage.number(said, MqttPropertyType.RECEIVE_MAXIMUM)
                                .orElse(RECEIVE_MAXIMUM_UNSAID),
                head.keepAliveTimeSeconds(),
                willOf(connect));
    }

    private static BrokerWill willOf(MqttConnectMessage connect) {
        var head = connect.variableHeader();
        if (!head.isWillFlag()) {
            return BrokerWill.NONE;
        }
        var payload = connect.payload();
        var said = payload.willProperties();
        var message =
                new BrokerMessage(
                        payload.willTopic(),
                        payload.willMessageInBytes(),
                        head.willQos(),
                        head.isWillRetain(),
                        BrokerMessage.travelling(said),
                        OptionalLong.empty());
        return new BrokerWill(
                Optional.of(message),
                BrokerMessage.number(said, MqttPropertyType.WILL_DELAY_INTERVAL).orElse(0));
    }

    /** Why this client is not let in, if it is not. */
    static Optional<MqttConnectReturnCode> objection(
            MqttConnectMessage connect, BrokerFaults faults, Broker.Limits limits) {
        if (connect.variableHeader().version() != MQTT_5) {
            return Optional.of(
                    MqttConnectReturnCode.CONNECTION_REFUSED_UNACCEPTABLE_PROTOCOL_VERSION);
        }
        if (faults.connectRefusal().isPresent()) {
            var code = (byte) faults.connectRefusal().getAsInt();
            return Optional.of(MqttConnectReturnCode.valueOf(code));
        }
        if (connect.variableHeader().willQos() > 1) {
            return Optional.of(MqttConnectReturnCode.CONNECTION_REFUSED_QOS_NOT_SUPPORTED);
        }
        return limits.login()
                .filter(login -> !knows(login, connect))
                .map(_ -> MqttConnectReturnCode.CONNECTION_REFUSED_BAD_USERNAME_OR_PASSWORD);
    }

    private static boolean knows(Broker.Login login, MqttConnectMessage connect) {
        var payload = connect.payload();
        return login.user().equals(payload.userName())
                && Arrays.equals(login.passwordBytes(), payload.passwordInBytes());
    }

    /**
     * What CONNACK says about the broker.
     *
     * @param clientId the id the client goes by, its own or one it is given
     */
    MqttProperties offer(String clientId, int window, int topicAliasMaximum) {
        var offer = new MqttProperties();
        offer.add(BrokerMessage.property(MqttPropertyType.RECEIVE_MAXIMUM, window));
        offer.add(BrokerMessage.property(MqttPropertyType.MAXIMUM_QOS, 1));
        offer.add(BrokerMessage.property(MqttPropertyType.TOPIC_ALIAS_MAXIMUM, topicAliasMaximum));
        offer.add(BrokerMessage.property(MqttPropertyType.SUBSCRIPTION_IDENTIFIER_AVAILABLE, 0));
        offer.add(BrokerMessage.property(MqttPropertyType.SHARED_SUBSCRIPTION_AVAILABLE, 0));
        if (givenId.isEmpty()) {
            var type = MqttPropertyType.ASSIGNED_CLIENT_IDENTIFIER;
            offer.add(new MqttProperties.StringProperty(type.value(), clientId));
        }
        return offer;
    }
}
