package org.mingchu.simulator.wire;

import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Arrays;

/** A camera's socket: sends a request again until it is answered, as SIP has it. One thread. */
sealed interface SipLink extends Closeable {
    /** RFC 3261's T1; each wait is twice the last. */
    int FIRST_WAIT_MS = 500;

    int ANSWER_BYTES_MAX = 8192;

    /**
     * The answer to a request, or {@link SipAnswer#NONE}.
     *
     * @param patienceMs how long it is waited for
     */
    SipAnswer ask(byte[] request, String callId, int sequence, int patienceMs) throws IOException;

    int port();

    /** Over UDP from a port of its own. */
    final class Udp implements SipLink {
        private final DatagramSocket socket;
        private final InetSocketAddress server;

        Udp(InetSocketAddress from, InetSocketAddress server) throws IOException {
            this.socket = new DatagramSocket(from);
            this.server = server;
        }

        @Override
        public SipAnswer ask(byte[] request, String callId, int sequence, int patienceMs)
                throws IOException {
            var waitMs = Math.min(FIRST_WAIT_MS, patienceMs);
            for (var waitedMs = 0; waitedMs < patienceMs; waitedMs += waitMs / 2) {
                socket.send(new DatagramPacket(request, request.length, server));
                var answer = await(waitMs, callId, sequence);
                if (answer.status() != 0) {
                    return answer;
                }
                waitMs *= 2;
            }
            return SipAnswer.NONE;
        }

        private SipAnswer await(int waitMs, String callId, int sequence) throws IOException {
            socket.setSoTimeout(waitMs);
            var packet = new DatagramPacket(new byte[ANSWER_BYTES_MAX], ANSWER_BYTES_MAX);
            try {
                while (true) {
                    socket.receive(packet);
                    var answer = SipAnswer.of(packet.getData(), packet.getLength());
                    if (answer.isTo(callId, sequence)) {
                        return answer;
                    }
                }
            } catch (SocketTimeoutException e) {
                return SipAnswer.NONE;
            }
        }

        @Override
        public int port() {
            return socket.getLocalPort();
        }

        @Override
        public void close() {
            socket.close();
        }
    }

    /** Over a connection that stays. */
    final class Tcp implements SipLink {
        private final Socket socket;

        Tcp(InetSocketAddress server) throws IOException {
            socket = new Socket(server.getAddress(), server.getPort());
        }

        @Override
        public SipAnswer ask(byte[] request, String callId, int sequence, int patienceMs)
                throws IOException {
            socket.setSoTimeout(patienceMs);
            socket.getOutputStream().write(request);
            var bytes = new byte[ANSWER_BYTES_MAX];
            for (var size = 0; size < bytes.length; size++) {
                var next = socket.getInputStream().read();
                if (next < 0) {
                    return SipAnswer.NONE;
                }
                bytes[size] = (byte) next;
                if (ends(bytes, size + 1)) {
                    return SipAnswer.of(bytes, size + 1);
                }
            }
            return SipAnswer.NONE;
        }

        /** Answers of a registrar have no body. */
        private static boolean ends(byte[] bytes, int size) {
            var end = new byte[] {'\r', '\n', '\r', '\n'};
            return size >= end.length
                    && Arrays.equals(bytes, size - end.length, size, end, 0, end.length);
        }

        @Override
        public int port() {
            return socket.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
