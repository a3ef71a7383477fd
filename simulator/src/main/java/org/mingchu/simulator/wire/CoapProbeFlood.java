package org.mingchu.simulator.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A host on the kitchen's network that posts CoAP as fast as it can: what a server keeps of each
 * request for its four minutes fills its memory. Written byte by byte, waits for no answer. One
 * thread.
 *
 * <p>{@code CoapProbeFlood PORT one-port|new-ports POSTS [IDENTITY]} floods 127.0.0.1.
 */
public final class CoapProbeFlood {
    /** So many at once, then a short rest: faster, and the kernel throws most of them away. */
    private static final int BURST = 32;

    private static final long REST_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private static final int CON_WITH_TOKEN = 0x41;
    private static final int POST = 0x02;
    private static final int TOKEN = 0x55;
    private static final int SENML_JSON = 110;
    private static final int PAYLOAD = 0xff;

    private final InetSocketAddress to;
    private final String identity;

    /**
     * @param identity that the posts claim
     */
    public CoapProbeFlood(InetSocketAddress to, String identity) {
        if (identity.length() > 9) {
            throw new IllegalArgumentException("an identity of up to 9 characters: " + identity);
        }
        this.to = to;
        this.identity = identity;
    }

    /** Posts with a message id each, all from one port. */
    public void fromOnePort(int posts) throws IOException {
        try (var socket = socket()) {
            for (var i = 0; i < posts; i++) {
                send(socket, i);
            }
        }
    }

    /** Posts from a port of their own each: to a server that counts by port, each is a new peer. */
    public void fromNewPorts(int posts) throws IOException {
        for (var i = 0; i < posts; i++) {
            try (var socket = socket()) {
                send(socket, i);
            }
        }
    }

    private static DatagramSocket socket() throws IOException {
        return new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private void send(DatagramSocket socket, int number) throws IOException {
        var bytes = post(number);
        socket.send(new DatagramPacket(bytes, bytes.length, to));
        if (number % BURST == 0) {
            LockSupport.parkNanos(REST_NS);
        }
    }

    /** POST /senml?id=…, a reading that differs each time. */
    private byte[] post(int number) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(
                new byte[] {CON_WITH_TOKEN, POST, (byte) (number >> 8), (byte) number, TOKEN});
        out.write(0xb5);
        out.writeBytes("senml".getBytes(US_ASCII));
        out.write(0x11);
        out.write(SENML_JSON);
        out.write(0x30 | ("id=" + identity).length());
        out.writeBytes(("id=" + identity).getBytes(US_ASCII));
        out.write(PAYLOAD);
        out.writeBytes(
                ("[{\"n\":\"temp\",\"u\":\"Cel\",\"v\":"
                                + number % 100 / 10.0
                                + ",\"t\":-"
                                + number % 60
                                + "}]")
                        .getBytes(US_ASCII));
        return out.toByteArray();
    }

    /** Floods from the command line. */
    public static void main(String[] args) throws IOException {
        var to = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0]));
        var flood = new CoapProbeFlood(to, args.length > 3 ? args[3] : "probe-1");
        var posts = Integer.parseInt(args[2]);
        switch (args[1]) {
            case "one-port" -> flood.fromOnePort(posts);
            case "new-ports" -> flood.fromNewPorts(posts);
            default -> throw new IllegalArgumentException("one-port or new-ports: " + args[1]);
        }
    }
}
