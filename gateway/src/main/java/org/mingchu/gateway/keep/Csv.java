package org.mingchu.gateway.keep;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.util.List;

/**
 * Lines of comma-separated values (RFC 4180), UTF-8 with a byte order mark, so that every office
 * program reads them. One thread.
 */
final class Csv {
    private static final int BUFFER_CHARS = 1 << 15;
    private static final long MILLI = 1_000;

    private final Writer out;
    private final StringBuilder line = new StringBuilder();
    private char[] chars = new char[0];
    private int prefixChars;

    Csv(OutputStream out) throws IOException {
        this.out = new BufferedWriter(new OutputStreamWriter(out, UTF_8), BUFFER_CHARS);
        this.out.write('\ufeff');
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
        prefixChars = 0;
        line.setLength(0);
        fields.run();
        prefixChars = line.length();
    }

    Csv begin() {
        line.setLength(prefixChars);
        return this;
    }

    Csv number(long number) {
        line.append(number).append(',');
        return this;
    }

    /** A number in thousandths. */
    Csv decimal(long milli) {
        var size = Math.abs(milli);
        line.append(milli < 0 ? "-" : "").append(size / MILLI).append('.');
        var rest = size % MILLI;
        line.append((char) ('0' + rest / 100))
                .append((char) ('0' + rest / 10 % 10))
                .append((char) ('0' + rest % 10))
                .append(',');
        return this;
    }

    Csv empty(int fields) {
        line.repeat(',', fields);
        return this;
    }

    Csv text(String text) {
        if (isPlain(text)) {
            line.append(text).append(',');
        } else {
            line.append('"').append(text.replace("\"", "\"\"")).append("\",");
        }
        return this;
    }

    /** A loop: a month has 40 million fields, and a stream for each took a third of an export. */
    private static boolean isPlain(String text) {
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == ',' || c == '"' || c == '\n' || c == '\r') {
                return false;
            }
        }
        return true;
    }

    /** What somebody has typed: a spreadsheet must not take it for a formula. */
    Csv free(String text) {
        return text(!text.isEmpty() && "=+-@\t".indexOf(text.charAt(0)) >= 0 ? "'" + text : text);
    }

    void end() throws IOException {
        line.setLength(line.length() - 1);
        line.append("\r\n");
        if (chars.length < line.length()) {
            chars = new char[line.length() * 2];
        }
        line.getChars(0, line.length(), chars, 0);
        out.write(chars, 0, line.length());
    }

    /** The stream below stays open. */
    void flush() throws IOException {
        out.flush();
    }
}
