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
        if (text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')) {
            line.append(text).append(',');
        } else {
            line.append('"').append(text.replace("\"", "\"\"")).append("\",");
        }
        return this;
    }

    /** What somebody has typed: a spreadsheet must not take it for a formula. */
    Csv free(String text) {
        return text(!text.isEmpty() && "=+-@\t".indexOf(text.charAt(0)) >= 0 ? "'" + text : text);
    }

    void end() throws IOException {
        line.setLength(line.length() - 1);
        out.append(line).append("\r\n");
    }

    /** The stream below stays open. */
    void flush() throws IOException {
        out.flush();
    }
}
