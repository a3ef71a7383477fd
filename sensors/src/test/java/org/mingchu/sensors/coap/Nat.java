package org.mingchu.sensors.coap;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** A router between a probe and the gateway, which gives the probe a new port when it is told. */
final class Nat implements AutoCloseable {
    private static final int DATAGRAM_BYTES = 2_048;

    private final DatagramSocket inner;
    private final InetSocketAddress gateway;
    private final List<DatagramSocket> outers = new ArrayList<>();
    private volatile DatagramSocket outer;
    private volatile InetSocketAddress probe = Rig.loopback();

    Nat(InetSocketAddress gateway) throws IOException {
        this.gateway = gateway;
        this.inner = new DatagramSocket(Rig.loopback());
        this.outer = open();
        Thread.ofVirtual().start(this::inward);
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), inner.getLocalPort());
    }

    /** From now on the gateway sees another port. */
    void rebind() throws IOException {
        outer = open();
    }

    private synchronized DatagramSocket open() throws IOException {
        var socket = new DatagramSocket(Rig.loopback());
        outers.add(socket);
        Thread.ofVirtual().start(() -> outward(socket));
        return socket;
    }

    private void inward() {
        var packet = new DatagramPacket(new byte[DATAGRAM_BYTES], DATAGRAM_BYTES);
        try {
            while (true) {
                packet.setLength(DATAGRAM_BYTES);
                inner.receive(packet);
                probe = (InetSocketAddress) packet.getSocketAddress();
                outer.send(new DatagramPacket(packet.getData(), packet.getLength(), gateway));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void outward(DatagramSocket socket) {
        var packet = new DatagramPacket(new byte[DATAGRAM_BYTES], DATAGRAM_BYTES);
        try {
            while (true) {
                packet.setLength(DATAGRAM_BYTES);
                socket.receive(packet);
                inner.send(new DatagramPacket(packet.getData(), packet.getLength(), probe));
            }
        } catch (IOException e) {
            // closed
        }
    }

    @Override
    public synchronized void close() {
        inner.close();
        outers.forEach(DatagramSocket::close);
    }
}
