package org.mingchu.sensors.camera.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Reads one HTTP/1.1 answer (RFC 9112) within its caps. One thread. */
final class AnswerReader {
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-9][0-9]{2})(?: .*)?");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,9}");
    private static final Pattern CHUNK = Pattern.compile("([0-9A-Fa-f]{1,7})[ \t]*(?:;.*)?\r?");

    /** {@code 100 Continue} and its kin come before the answer; nobody sends many. */
    private static final int INTERIM_MAX = 4;

    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;
    private static final int OK = 200;
    private static final int HEXADECIMAL = 16;

    private final WireReader in;
    private final int bodyBytesMax;

    AnswerReader(WireReader in, int bodyBytesMax) {
        this.in = in;
        this.bodyBytesMax = bodyBytesMax;
    }

    /**
     * @throws OddAnswerException for what is not HTTP, or more than the caps allow
     */
    HttpOutcome.Answer read() throws IOException {
        for (int answers = 0; answers <= INTERIM_MAX; answers++) {
            var head = in.head("HTTP/1.");
            var status = status(head);
            if (status >= OK) {
                return new HttpOutcome.Answer(status, head, body(status, head));
            }
        }
        throw new OddAnswerException("interim answers without end");
    }

    private static int status(Head head) throws OddAnswerException {
        var status = STATUS.matcher(head.start());
        if (!status.matches()) {
            throw new OddAnswerException("the first line is not HTTP's");
        }
        return Integer.parseInt(status.group(1));
    }

    private byte[] body(int status, Head head) throws IOException {
        if (status == NO_CONTENT || status == NOT_MODIFIED) {
            return new byte[0];
        }
        var coding = head.header("Transfer-Encoding");
        if (!coding.isEmpty()) {
            return chunked(coding);
        }
        var lengths = new HashSet<>(head.header("Content-Length"));
        return switch (lengths.size()) {
            case 0 -> joined(in.toEnd(bodyBytesMax));
            case 1 -> in.exactly(length(lengths.iterator().next()));
            default -> throw new OddAnswerException("two lengths of one body");
        };
    }

    private int length(String text) throws OddAnswerException {
        if (!LENGTH.matcher(text).matches()) {
            throw new OddAnswerException("a length that is no number");
        }
        return within(Integer.parseInt(text));
    }

    private int within(int bytes) throws OddAnswerException {
        if (bytes > bodyBytesMax) {
            throw new OddAnswerException("a body of more than " + bodyBytesMax + " bytes");
        }
        return bytes;
    }

    private byte[] chunked(List<String> coding) throws IOException {
        if (coding.size() > 1 || !coding.getFirst().toLowerCase(Locale.ROOT).equals("chunked")) {
            throw new OddAnswerException("a transfer coding other than chunked");
        }
        var body = new ByteArrayOutputStream();
        var framing = new Framing();
        for (var size = framing.size(); size > 0; size = framing.size()) {
            within(size + body.size());
            body.write(in.exactly(size));
            framing.end();
        }
        framing.trailer();
        return body.toByteArray();
    }

    private static byte[] joined(List<byte[]> pieces) {
        var body = new ByteArrayOutputStream();
        pieces.forEach(body::writeBytes);
        return body.toByteArray();
    }

    /** What stands between the chunks. */
    private final class Framing {
        private static final int LINE_BYTES_MAX = 256;

        int size() throws IOException {
            var size = CHUNK.matcher(in.line(LINE_BYTES_MAX));
            if (!size.matches()) {
                throw new OddAnswerException("a chunk without a size");
            }
            return Integer.parseInt(size.group(1), HEXADECIMAL);
        }

        void end() throws IOException {
            if (!in.line(LINE_BYTES_MAX).isBlank()) {
                throw new OddAnswerException("a chunk longer than it said");
            }
        }

        /** Nothing in it is of use; it must end all the same. */
        void trailer() throws IOException {
            for (var left = WireReader.HEAD_BYTES_MAX; left > 0; ) {
                var line = in.line(left);
                if (line.isBlank()) {
                    return;
                }
                left -= line.length() + 1;
            }
            throw new OddAnswerException("a trailer without end");
        }
    }
}
