package org.mingchu.sensors.coap;

import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.core.server.MessageDeliverer;
import org.eclipse.californium.elements.Connector;
import org.eclipse.californium.elements.EndpointContext;
import org.eclipse.californium.elements.EndpointContextMatcher;
import org.eclipse.californium.elements.RawData;
import org.eclipse.californium.elements.RawDataChannel;
import org.eclipse.californium.elements.config.Configuration;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Californium without a network: datagrams are given to it by hand and answered at once. It catches
 * whatever its own code and ours throw and writes it into the log, so the log is looked at. One
 * thread.
 */
final class Wire implements Connector {
    static final InetSocketAddress PEER =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000);

    private final String protocol;
    private final EndpointContext context;
    private final CoapEndpoint endpoint;
    private final Complaints complaints = Complaints.listen();
    private final List<byte[]> sent = new ArrayList<>();
    private @Nullable RawDataChannel receiver;

    /**
     * @param protocol UDP or DTLS, by which Californium tells answers apart
     * @param context of all that is received
     */
    Wire(String protocol, EndpointContext context, Configuration settings) {
        this.protocol = protocol;
        this.context = context;
        this.endpoint = Stack.endpoint(settings).setConnector(this).build();
        var now = new Inline();
        endpoint.setExecutors(now, now);
    }

    CoapEndpoint endpoint() {
        return endpoint;
    }

    Wire deliver(MessageDeliverer deliverer) {
        endpoint.setMessageDeliverer(deliverer);
        return this;
    }

    Wire open() {
        try {
            endpoint.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** A datagram comes; what was sent because of it. */
    List<byte[]> receive(byte[] datagram) {
        sent.clear();
        Objects.requireNonNull(receiver)
                .receiveData(RawData.inbound(datagram, context, false, 1, getAddress()));
        return List.copyOf(sent);
    }

    /** The last that was sent by itself. */
    Optional<byte[]> last() {
        return sent.isEmpty() ? Optional.empty() : Optional.of(sent.getLast());
    }

    /**
     * Forgets what is under way, as time would; fails when something was thrown in the meantime.
     */
    void settle() {
        sent.clear();
        endpoint.clear();
        var thrown = complaints.taken();
        if (!thrown.isEmpty()) {
            throw new AssertionError(thrown.getFirst());
        }
    }

    @Override
    public void send(RawData message) {
        sent.add(message.getBytes());
        message.onContextEstablished(context);
        message.onSent();
    }

    @Override
    public void setRawDataReceiver(RawDataChannel messageHandler) {
        receiver = messageHandler;
    }

    @Override
    public String getProtocol() {
        return protocol;
    }

    @Override
    public InetSocketAddress getAddress() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 5_683);
    }

    @Override
    public boolean isRunning() {
        return true;
    }

    @Override
    public void start() {
        // There is no socket.
    }

    @Override
    public void stop() {
        // There is no socket.
    }

    @Override
    public void destroy() {
        // There is no socket.
    }

    @Override
    public void setEndpointContextMatcher(EndpointContextMatcher matcher) {
        // All answers come from one peer.
    }

    @Override
    public void processDatagram(DatagramPacket datagram) {
        throw new UnsupportedOperationException("there is no socket");
    }
}
