package org.mingchu.sensors.camera.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads what HTTP and RTSP have in common: a head of lines, and bytes. Heads have a cap, so that a
 * peer which floods cannot fill memory. One thread.
 */
public final class WireReader {
    /** Status line and headers of one answer. */
    public static final int HEAD_BYTES_MAX = 8 * 1024;

    private static final int BUFFER_BYTES = 4096;
    private static final int END = -1;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int next;
    private int filled;

    public WireReader(InputStream in) {
        this.in = in;
    }

    /**
     * The lines up to the first empty one.
     *
     * @param protocol what the first line must begin with, as {@code RTSP/}
     * @throws OddAnswerException when it does not, or when it is longer than {@link
     *     #HEAD_BYTES_MAX}
     */
    public Head head(String protocol) throws IOException {
        var lines = new ArrayList<String>();
        var left = HEAD_BYTES_MAX;
        while (left > 0) {
            var line = line(left);
            left -= line.length() + 1;
            var text = line.stripTrailing();
            if (text.isEmpty() && !lines.isEmpty()) {
                return Head.of(lines);
            }
            lines.add(text);
            if (!lines.getFirst().startsWith(protocol)) {
                throw new OddAnswerException("the first line is not " + protocol);
            }
        }
        throw new OddAnswerException("headers of more than " + HEAD_BYTES_MAX + " bytes");
    }

    /**
     * One line without its end, a byte a character.
     *
     * @throws OddAnswerException when it does not end within {@code bytesMax}
     */
    String line(int bytesMax) throws IOException {
        var line = new StringBuilder();
        for (int bytes = 0; bytes < bytesMax; bytes++) {
            var character = (char) read();
            if (character == '\n') {
                return line.toString();
            }
            line.append(character);
        }
        throw new OddAnswerException("a line of more than " + bytesMax + " bytes");
    }

    /** Exactly so many bytes. */
    public byte[] exactly(int bytes) throws IOException {
        var body = new byte[bytes];
        for (int i = 0; i < bytes; ) {
            i += some(body, i);
        }
        return body;
    }

    /** All bytes until the peer closes; one more than {@code bytesMax} is one too many. */
    List<byte[]> toEnd(int bytesMax) throws IOException {
        var pieces = new ArrayList<byte[]>();
        for (int bytes = 0; next < filled || fill(); ) {
            bytes += filled - next;
            if (bytes > bytesMax) {
                throw new OddAnswerException("a body of more than " + bytesMax + " bytes");
            }
            pieces.add(exactly(filled - next));
        }
        return pieces;
    }

    /** Copies what the buffer has, at least one byte. */
    private int some(byte[] body, int offset) throws IOException {
        if (next == filled && !fill()) {
            throw new EOFException("the camera closed the connection");
        }
        var length = Math.min(filled - next, body.length - offset);
        System.arraycopy(buffer, next, body, offset, length);
        next += length;
        return length;
    }

    private int read() throws IOException {
        if (next == filled && !fill()) {
            throw new EOFException("the camera closed the connection");
        }
        return Byte.toUnsignedInt(buffer[next++]);
    }

    private boolean fill() throws IOException {
        var read = in.read(buffer);
        next = 0;
        filled = Math.max(read, 0);
        return read != END;
    }
}
