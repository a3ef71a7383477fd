package org.mingchu.gateway.keep;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;

/**
 * Lines of comma-separated values (RFC 4180), UTF-8 with a byte order mark, so that every office
 * program reads them. Bytes and loops rather than strings: a month has 40 million fields. One
 * thread.
 */
final class Csv {
    private static final int LINE_BYTES = 512;
    private static final long MILLI = 1_000;

    private final OutputStream out;
    private byte[] line = new byte[LINE_BYTES];
    private int length;
    private int prefixLength;

    Csv(OutputStream out) throws IOException {
        this.out = out;
        out.write("\ufeff".getBytes(UTF_8));
    }

    @SafeVarargs
    final void header(List<String>... words) throws IOException {
        prefix(() -> {});
        begin();
        for (var some : words) {
            some.forEach(this::text);
        }
        end();
    }

    /** What the lines from now on begin with. */
    void prefix(Runnable fields) {
        prefixLength = 0;
        length = 0;
        fields.run();
        prefixLength = length;
    }

    Csv begin() {
        length = prefixLength;
        return this;
    }

    Csv number(long number) {
        digits(signed(number), 1);
        return empty(1);
    }

    /** A number in thousandths. */
    Csv decimal(long milli) {
        var negative = signed(milli);
        digits(negative / MILLI, 1);
        put('.');
        digits(negative % MILLI, 3);
        return empty(1);
    }

    /** Writes the sign, and gives the number below zero: there is one more of those. */
    private long signed(long number) {
        if (number < 0) {
            put('-');
        }
        return number < 0 ? number : -number;
    }

    /** Writes {@code least} digits or more. */
    private void digits(long negative, int least) {
        var count = Math.max(least, count(negative));
        room(count);
        var rest = negative;
        for (var i = length + count - 1; i >= length; i--) {
            line[i] = (byte) ('0' - rest % 10);
            rest /= 10;
        }
        length += count;
    }

    private static int count(long negative) {
        var count = 1;
        for (var rest = negative; rest <= -10; rest /= 10) {
            count++;
        }
        return count;
    }

    Csv empty(int fields) {
        for (var i = 0; i < fields; i++) {
            put(',');
        }
        return this;
    }

    Csv text(String text) {
        var from = length;
        room(text.length());
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c >= 0x80 || c == ',' || c == '"' || c == '\n' || c == '\r') {
                length = from;
                bytes(inFull(text));
                break;
            }
            line[length++] = (byte) c;
        }
        return empty(1);
    }

    private static byte[] inFull(String text) {
        var quoted = text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return (quoted ? '"' + text.replace("\"", "\"\"") + '"' : text).getBytes(UTF_8);
    }

    /** What somebody has typed: a spreadsheet must not take it for a formula. */
    Csv free(String text) {
        return text(!text.isEmpty() && "=+-@\t".indexOf(text.charAt(0)) >= 0 ? "'" + text : text);
    }

    void end() throws IOException {
        length--;
        put('\r');
        put('\n');
        out.write(line, 0, length);
    }

    private void put(char ascii) {
        room(1);
        line[length++] = (byte) ascii;
    }

    private void bytes(byte[] bytes) {
        room(bytes.length);
        System.arraycopy(bytes, 0, line, length, bytes.length);
        length += bytes.length;
    }

    private void room(int bytes) {
        if (line.length - length < bytes) {
            line = Arrays.copyOf(line, 2 * (length + bytes));
        }
    }
}
