package org.mingchu.simulator.wire;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.MqttPropertyType;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttReasonCodeAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttTopicSubscription;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import io.netty.handler.timeout.ReadTimeoutHandler;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One client's connection: its packets in, our packets out. Event loop only. */
final class BrokerConnection extends SimpleChannelInboundHandler<MqttMessage> {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerConnection.class);

    private final Channel channel;
    private final BrokerHub hub;
    private final Broker.Limits limits;
    private Optional<Guest> guest = Optional.empty();
    private boolean ignored;

    BrokerConnection(Channel channel, BrokerHub hub, Broker.Limits limits) {
        this.channel = channel;
        this.hub = hub;
        this.limits = limits;
    }

    /** A client that has been let in. */
    private record Guest(BrokerSession session, BrokerPublishing publishing, BrokerWill will) {
        Guest withoutWill() {
            return new Guest(session, publishing, BrokerWill.NONE);
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext from, MqttMessage message) {
        if (ignored) {
            return;
        }
        if (message.decoderResult().isFailure()) {
            disconnect(BrokerReason.MALFORMED);
        } else if (message instanceof MqttConnectMessage connect) {
            connect(connect);
        } else if (guest.isPresent()) {
            serve(guest.get(), message);
        } else {
            // MQTT 5 section 3.1: the first packet must be CONNECT
            close();
        }
    }

    private void connect(MqttConnectMessage connect) {
        if (guest.isPresent()) {
            disconnect(BrokerReason.PROTOCOL_ERROR);
            return;
        }
        if (hub.faults().withholdsConnack()) {
            ignored = true;
            return;
        }
        var objection = BrokerGreeting.objection(connect, hub.faults(), limits);
        if (objection.isPresent()) {
            var none = MqttProperties.NO_PROPERTIES;
            writeAndClose(BrokerPackets.connack(objection.get(), false, none));
            return;
        }
        welcome(BrokerGreeting.of(connect));
    }

    private void welcome(BrokerGreeting greeting) {
        var given = greeting.givenId();
        var clientId = given.isEmpty() ? "assigned-" + channel.id().asShortText() : given;
        var window = hub.faults().receiveMaximum().orElse(limits.receiveMaximum());
        var aliases = limits.topicAliasMaximum();
        var opened = hub.open(clientId, greeting.cleanStart());
        var session = opened.session();
        session.expireAfter(greeting.sessionExpirySeconds());
        session.attach(this, greeting.receiveMaximum());
        guest =
                Optional.of(
                        new Guest(
                                session,
                                new BrokerPublishing(hub, this, clientId, window, aliases),
                                greeting.will()));
        expectLifeWithin(greeting.keepAliveSeconds());
        write(
                BrokerPackets.connack(
                        MqttConnectReturnCode.CONNECTION_ACCEPTED,
                        opened.present(),
                        greeting.offer(clientId, window, aliases)));
        session.resume();
    }

    private void expectLifeWithin(int keepAliveSeconds) {
        if (keepAliveSeconds > 0) {
            // MQTT 5 section 3.1.2.10: one and a half times the keep alive
            var patienceMs = keepAliveSeconds * 1500L;
            channel.pipeline().addFirst(new ReadTimeoutHandler(patienceMs, TimeUnit.MILLISECONDS));
        }
    }

    private void serve(Guest from, MqttMessage message) {
        switch (message) {
            case MqttPublishMessage publish -> from.publishing().accept(publish);
            case MqttSubscribeMessage subscribe -> subscribe(from.session(), subscribe);
            case MqttUnsubscribeMessage unsubscribe -> unsubscribe(from.session(), unsubscribe);
            default -> answer(from, message);
        }
    }

    private void answer(Guest from, MqttMessage message) {
        switch (message.fixedHeader().messageType()) {
            case PUBACK ->
                    from.session()
                            .acknowledged(
                                    ((MqttMessageIdVariableHeader) message.variableHeader())
                                            .messageId());
            case PINGREQ -> write(BrokerPackets.pingresp());
            case DISCONNECT -> farewell(from, message);
            default -> disconnect(BrokerReason.PROTOCOL_ERROR);
        }
    }

    private void subscribe(BrokerSession session, MqttSubscribeMessage subscribe) {
        var wishes = subscribe.payload().topicSubscriptions();
        var codes = wishes.stream().map(BrokerConnection::codeFor).toList();
        // SUBACK first: the client then knows what the retained messages belong to
        write(BrokerPackets.suback(subscribe.variableHeader(), codes));
        for (int i = 0; i < codes.size(); i++) {
            if (codes.get(i) <= 1) {
                hub.subscribe(session, wishes.get(i).topicFilter(), wishes.get(i).option());
            }
        }
    }

    private static int codeFor(MqttTopicSubscription wish) {
        if (wish.topicFilter().startsWith("$share/")) {
            return BrokerReason.SHARED_NOT_SUPPORTED;
        }
        if (!BrokerFilter.isValid(wish.topicFilter())) {
            return BrokerReason.FILTER_INVALID;
        }
        return Math.min(1, wish.option().qos().value());
    }

    private void unsubscribe(BrokerSession session, MqttUnsubscribeMessage unsubscribe) {
        var codes = new ArrayList<Short>();
        for (var filter : unsubscribe.payload().topics()) {
            var had = session.subscriptions().remove(filter) != null;
            var code = had ? BrokerReason.SUCCESS : BrokerReason.NO_SUBSCRIPTION_EXISTED;
            codes.add((short) code);
        }
        write(BrokerPackets.unsuback(unsubscribe.variableHeader(), codes));
    }

    private void farewell(Guest from, MqttMessage message) {
        var keepsWill = false;
        if (message.variableHeader() instanceof MqttReasonCodeAndPropertiesVariableHeader head) {
            BrokerMessage.number(head.properties(), MqttPropertyType.SESSION_EXPIRY_INTERVAL)
                    .ifPresent(from.session()::expireAfter);
            keepsWill = head.reasonCode() == BrokerReason.DISCONNECT_WITH_WILL;
        }
        guest = Optional.of(keepsWill ? from : from.withoutWill());
        close();
    }

    /** Another connection has come with this client's id. */
    void takenOver() {
        leave();
        disconnect(BrokerReason.TAKEN_OVER);
    }

    private void leave() {
        var gone = guest;
        guest = Optional.empty();
        gone.ifPresent(g -> hub.left(g.session(), g.will()));
    }

    @Override
    public void channelInactive(ChannelHandlerContext gone) {
        leave();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext at, Throwable cause) {
        LOG.debug("event=connection-failed reason={}", cause.toString());
        var _ = at.close();
    }

    long nowNs() {
        return hub.nowNs();
    }

    /** Sends a message to this client; {@code packetId} is 0 for quality of service 0. */
    void send(BrokerMessage message, int packetId, boolean dup) {
        write(BrokerPackets.publish(message, packetId, dup, hub.nowNs()));
    }

    void write(MqttMessage message) {
        var _ = channel.writeAndFlush(message, channel.voidPromise());
    }

    void disconnect(int reason) {
        LOG.debug("event=disconnect reason=0x{}", Integer.toHexString(reason));
        ignored = true;
        writeAndClose(BrokerPackets.disconnect(reason));
    }

    /** Ends the connection without a word, like a cable that is pulled. */
    void close() {
        var _ = channel.close();
    }

    private void writeAndClose(MqttMessage message) {
        channel.writeAndFlush(message).addListener(ChannelFutureListener.CLOSE);
    }
}
