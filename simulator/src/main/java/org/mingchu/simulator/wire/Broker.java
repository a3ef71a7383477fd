package org.mingchu.simulator.wire;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.util.concurrent.DefaultThreadFactory;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * An MQTT 5 broker on the loopback interface that misbehaves on command. Right by default: quality
 * of service 0 and 1, retained messages, wills with delay, sessions with expiry, topic aliases,
 * receive maximum, takeover, PUBACK reason 16 when nobody is subscribed. No quality of service 2,
 * no shared subscriptions, no TLS, nothing older than MQTT 5.
 *
 * <p>One thread of its own; every method may be called from any other thread.
 */
public final class Broker implements AutoCloseable {
    /** Longest packet taken, in bytes. */
    private static final int PACKET_BYTES_MAX = 1 << 20;

    private static final Duration CLOSED_WITHIN = Duration.ofSeconds(10);

    private final NioEventLoopGroup group =
            new NioEventLoopGroup(1, new DefaultThreadFactory("broker", true));
    private final BrokerFaults faults = new BrokerFaults();
    private final BrokerLog log = new BrokerLog();
    private final ChannelGroup connections = new DefaultChannelGroup(group.next());
    private final BrokerHub hub;
    private final Limits limits;
    private final int port;
    private Optional<Channel> listener = Optional.empty();

    private Broker(Limits limits, LongSupplier nowNs) {
        this.limits = limits;
        this.hub = new BrokerHub(group.next(), nowNs, faults, log::add);
        this.port = listen(FreePort.find());
    }

    /**
     * What the broker tells its clients.
     *
     * @param receiveMaximum messages of quality of service 1 that a client may have in flight,
     *     1..65535
     * @param topicAliasMaximum aliases a client may use, 0..65535
     * @param login the one user it lets in; everybody when absent
     */
    public record Limits(int receiveMaximum, int topicAliasMaximum, Optional<Login> login) {
        /** As mosquitto is by default. */
        public static final Limits USUAL = new Limits(20, 10, Optional.empty());
    }

    /** A user and the password. */
    public record Login(String user, String password) {
        byte[] passwordBytes() {
            return password.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public String toString() {
            return "Login[user=" + user + "]";
        }
    }

    /**
     * Starts a broker on a free port of 127.0.0.1.
     *
     * @param nowNs a clock in nanoseconds that never goes back
     */
    public static Broker start(Limits limits, LongSupplier nowNs) {
        return new Broker(limits, nowNs);
    }

    /** The port of 127.0.0.1 it listens on; the same for its whole life. */
    public int port() {
        return port;
    }

    public BrokerFaults faults() {
        return faults;
    }

    /** Every PUBLISH so far, in the order of arrival; the last {@value BrokerLog#KEPT_MAX}. */
    public List<BrokerReceived> received() {
        return log.matching("#");
    }

    /** The same, of topics that match {@code filter}. */
    public List<BrokerReceived> received(String filter) {
        return log.matching(filter);
    }

    /**
     * Waits until {@code count} messages have come to {@code filter}, and returns them.
     *
     * @throws IllegalStateException when they have not within {@code atMost}
     */
    public List<BrokerReceived> await(String filter, int count, Duration atMost) {
        return log.await(filter, count, atMost);
    }

    /** The retained payloads as text, by topic. */
    public Map<String, String> retained() {
        return onLoop(() -> {
            var texts = new TreeMap<String, String>();
            hub.retained()
                    .forEach((topic, message) ->
                            texts.put(
                                    topic, new String(message.payload(), StandardCharsets.UTF_8)));
            return texts;
        });
    }

    /** The ids of the clients that are connected now. */
    public Set<String> clients() {
        return onLoop(() -> {
            var ids = new TreeSet<String>();
            hub.sessions().values().stream()
                    .filter(session -> session.connection().isPresent())
                    .forEach(session -> ids.add(session.clientId()));
            return ids;
        });
    }

    /** Publishes as if some client had, with quality of service 1; whether anybody got it. */
    public boolean publish(String topic, byte[] payload) {
        var message =
                new BrokerMessage(
                        topic,
                        payload.clone(),
                        1,
                        false,
                        MqttProperties.NO_PROPERTIES,
                        OptionalLong.empty());
        return onLoop(() -> hub.publish(message, ""));
    }

    /** Cuts every connection without a word; new ones are welcome. */
    public void cut() {
        connections.close().awaitUninterruptibly();
    }

    /** Cuts the connection of one client without a word, if it has one. */
    public void cut(String clientId) {
        onLoop(() -> {
            Optional.ofNullable(hub.sessions().get(clientId))
                    .flatMap(BrokerSession::connection)
                    .ifPresent(BrokerConnection::close);
            return true;
        });
    }

    /** Closes the listener and every connection: connecting is refused until {@link #reopen}. */
    public synchronized void refuse() {
        listener.ifPresent(channel -> {
            channel.close().awaitUninterruptibly();
            // the JDK holds the socket, still listening, until the loop's next select
            var endNs = System.nanoTime() + CLOSED_WITHIN.toNanos();
            while (!FreePort.isFree(port)) {
                if (System.nanoTime() > endNs) {
                    throw new IllegalStateException("somebody listens on port " + port);
                }
                Thread.onSpinWait();
            }
        });
        listener = Optional.empty();
        cut();
    }

    /** Listens again on the same port. */
    public synchronized void reopen() {
        if (listener.isEmpty()) {
            listen(port);
        }
    }

    private synchronized int listen(int wanted) {
        var bound =
                new ServerBootstrap()
                        .group(group)
                        .channel(NioServerSocketChannel.class)
                        .option(ChannelOption.SO_REUSEADDR, true)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childHandler(new Greeter())
                        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted))
                        .syncUninterruptibly()
                        .channel();
        listener = Optional.of(bound);
        return ((InetSocketAddress) bound.localAddress()).getPort();
    }

    private final class Greeter extends ChannelInitializer<Channel> {
        @Override
        protected void initChannel(Channel channel) {
            connections.add(channel);
            channel.pipeline()
                    .addLast(
                            new MqttDecoder(PACKET_BYTES_MAX),
                            MqttEncoder.INSTANCE,
                            new BrokerConnection(channel, hub, limits));
        }
    }

    private <T> T onLoop(Callable<T> question) {
        return group.next().submit(question).syncUninterruptibly().getNow();
    }

    /** Ends every connection and its thread. */
    @Override
    public void close() {
        refuse();
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
