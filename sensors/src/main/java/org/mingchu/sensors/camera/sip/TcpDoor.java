package org.mingchu.sensors.camera.sip;

import org.mingchu.sensors.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Connections of cameras, as the 2022 edition wants them behind NAT. Lines of registered cameras
 * stay; of the others there are few, and the oldest gives way.
 */
final class TcpDoor implements Door {
    static final int STRANGERS_MAX = 64;
    static final int STRANGERS_OF_ADDRESS_MAX = 4;

    private static final Logger LOG = LoggerFactory.getLogger(TcpDoor.class);

    private final ServerSocket socket;
    private final Reception reception;
    private final Clock clock;
    private final Thread thread;
    private final Set<TcpLine> lines = new LinkedHashSet<>();

    /**
     * @throws IOException if the address cannot be had
     */
    TcpDoor(InetSocketAddress listen, Reception reception, Clock clock) throws IOException {
        this.reception = reception;
        this.clock = clock;
        this.socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(listen);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        this.thread = Thread.ofVirtual().name("sip-tcp").start(this::serve);
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
        while (!socket.isClosed()) {
            try {
                welcome(socket.accept());
            } catch (IOException e) {
                leave(e);
            }
        }
    }

    private void welcome(Socket caller) {
        var line = new TcpLine(caller, reception, clock, this::forget);
        if (admits(line)) {
            Thread.ofVirtual().name("sip-line").start(line);
        } else {
            line.close();
        }
    }

    private boolean admits(TcpLine line) {
        synchronized (lines) {
            var strangers = strangers();
            var ofAddress = strangers.stream().filter(l -> l.sharesAddress(line)).count();
            if (ofAddress >= STRANGERS_OF_ADDRESS_MAX || socket.isClosed()) {
                return false;
            }
            if (strangers.size() >= STRANGERS_MAX) {
                strangers.getFirst().close();
            }
            return lines.add(line);
        }
    }

    private List<TcpLine> strangers() {
        return lines.stream().filter(l -> !l.member()).toList();
    }

    private void forget(TcpLine line) {
        synchronized (lines) {
            lines.remove(line);
        }
    }

    private void leave(IOException cause) {
        if (!socket.isClosed()) {
            LOG.warn("event=sip-tcp-ended cause=\"{}\"", cause.toString());
            close();
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("event=sip-tcp-close cause=\"{}\"", e.toString());
        }
        synchronized (lines) {
            lines.forEach(TcpLine::close);
        }
        Door.await(thread);
    }
}
