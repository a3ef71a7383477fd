package org.mingchu.sensors.coap;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.Optional;

/** CoAP written by hand: what a probe sends is chosen byte by byte. */
final class Datagram {
    private static final int CON_POST = 0x02;
    private static final int VERSION_AND_TYPE = 0x40;
    private static final int URI_PATH = 11;
    private static final int CONTENT_FORMAT_AFTER_PATH = 1;
    private static final int URI_QUERY_AFTER_FORMAT = 3;
    private static final int SENML_JSON = 110;
    private static final int PAYLOAD = 0xff;

    private Datagram() {}

    /** A confirmable POST of SenML to /senml with a token of one byte. */
    static byte[] post(int mid, int token, String query, String body) {
        var out = new ByteArrayOutputStream();
        out.write(VERSION_AND_TYPE | 1);
        out.write(CON_POST);
        out.write(mid >> 8);
        out.write(mid);
        out.write(token);
        option(out, URI_PATH, "senml".getBytes(UTF_8));
        option(out, CONTENT_FORMAT_AFTER_PATH, new byte[] {SENML_JSON});
        option(out, URI_QUERY_AFTER_FORMAT, query.getBytes(UTF_8));
        out.write(PAYLOAD);
        out.writeBytes(body.getBytes(UTF_8));
        return out.toByteArray();
    }

    /** Of fewer than 13 in delta, and a value of fewer than 269 bytes. */
    private static void option(ByteArrayOutputStream out, int delta, byte[] value) {
        if (value.length < 13) {
            out.write(delta << 4 | value.length);
        } else {
            out.write(delta << 4 | 13);
            out.write(value.length - 13);
        }
        out.writeBytes(value);
    }

    /** Sends it and waits for one datagram back. */
    static Optional<byte[]> ask(DatagramSocket socket, InetSocketAddress to, byte[] bytes)
            throws IOException {
        socket.setSoTimeout(5_000);
        socket.send(new DatagramPacket(bytes, bytes.length, to));
        var answer = new DatagramPacket(new byte[1_500], 1_500);
        try {
            socket.receive(answer);
        } catch (SocketTimeoutException e) {
            return Optional.empty();
        }
        return Optional.of(Arrays.copyOf(answer.getData(), answer.getLength()));
    }

    /** Class and detail as CoAP writes them: 2.04. */
    static String code(byte[] answer) {
        return (answer[1] >> 5 & 7) + ".%02d".formatted(answer[1] & 31);
    }

    static int token(byte[] answer) {
        return answer[4];
    }
}
