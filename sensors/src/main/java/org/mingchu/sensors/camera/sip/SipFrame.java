package org.mingchu.sensors.camera.sip;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/** Where a message ends in a stream of bytes: its head at an empty line, its body by its length. */
final class SipFrame {
    /** Over TCP a message without a length has no body. */
    private static final Pattern LENGTH =
            Pattern.compile("(?im)^(?:content-length|l)[ \\t]*:[ \\t]*([0-9]{1,4})[ \\t]*\\r?$");

    private static final int HEAD = -1;

    private final byte[] bytes = new byte[SipParser.MESSAGE_BYTES_MAX];
    private int size;
    private int bodyLeft = HEAD;

    /** What a frame wants after a byte. */
    enum State {
        MORE,
        WHOLE,
        TOO_LONG
    }

    State add(byte next) {
        if (size == bytes.length) {
            return State.TOO_LONG;
        }
        bytes[size++] = next;
        if (bodyLeft > 0) {
            bodyLeft--;
        } else if (next == '\n' && emptyLine()) {
            bodyLeft = bodyLength();
        }
        return bodyLeft == 0 ? State.WHOLE : State.MORE;
    }

    private boolean emptyLine() {
        return at(2) == '\n' || (at(2) == '\r' && at(3) == '\n');
    }

    /** The byte so many places from the end; 0 before the start. */
    private byte at(int fromEnd) {
        return size < fromEnd ? 0 : bytes[size - fromEnd];
    }

    private int bodyLength() {
        var length = LENGTH.matcher(new String(bytes, 0, size, StandardCharsets.ISO_8859_1));
        return length.find() ? Integer.parseInt(length.group(1)) : 0;
    }

    byte[] message() {
        return Arrays.copyOf(bytes, size);
    }
}
