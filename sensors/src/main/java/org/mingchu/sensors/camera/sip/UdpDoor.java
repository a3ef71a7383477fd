package org.mingchu.sensors.camera.sip;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.Arrays;

/** One datagram, one answer to where it came from. */
final class UdpDoor implements Door {
    private static final Logger LOG = LoggerFactory.getLogger(UdpDoor.class);

    /** All cameras of a site after a power cut, while a slow card holds the program up. */
    private static final int RECEIVE_BUFFER_BYTES = 256 * 1024;

    private final DatagramSocket socket;
    private final Reception reception;
    private final Thread thread;

    /**
     * @throws IOException if the address cannot be had
     */
    UdpDoor(InetSocketAddress listen, Reception reception) throws IOException {
        this.reception = reception;
        this.socket = new DatagramSocket(null);
        try {
            socket.setReceiveBufferSize(RECEIVE_BUFFER_BYTES);
            socket.bind(listen);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        this.thread = Thread.ofVirtual().name("sip-udp").start(this::serve);
    }

    @Override
    public int port() {
        return socket.getLocalPort();
    }

    @Override
    public boolean open() {
        return thread.isAlive();
    }

    private void serve() {
        var packet = packet();
        while (!socket.isClosed()) {
            try {
                packet.setLength(packet.getData().length);
                socket.receive(packet);
                answer(packet);
            } catch (IOException e) {
                leave(e);
            }
        }
    }

    /** One byte more than is read, so that what is too long is seen to be. */
    private static DatagramPacket packet() {
        var bytes = new byte[SipParser.MESSAGE_BYTES_MAX + 1];
        return new DatagramPacket(bytes, bytes.length);
    }

    /** The loop's one guard: a mistake costs one datagram, not the registrar. */
    private void answer(DatagramPacket packet) {
        try {
            var message = Arrays.copyOf(packet.getData(), packet.getLength());
            var from = (InetSocketAddress) packet.getSocketAddress();
            reception.answer(message, new Peer(Transport.UDP, from)).ifPresent(a -> send(a, from));
        } catch (RuntimeException e) {
            LOG.error("event=sip-datagram-lost", e);
        }
    }

    /** The device asks again if its answer is lost. */
    private void send(byte[] answer, InetSocketAddress to) {
        try {
            socket.send(new DatagramPacket(answer, answer.length, to));
        } catch (IOException e) {
            LOG.debug("event=sip-answer-lost cause=\"{}\"", e.toString());
        }
    }

    private void leave(IOException cause) {
        if (!socket.isClosed()) {
            LOG.warn("event=sip-udp-ended cause=\"{}\"", cause.toString());
            socket.close();
        }
    }

    @Override
    public void close() {
        socket.close();
        Door.await(thread);
    }
}
