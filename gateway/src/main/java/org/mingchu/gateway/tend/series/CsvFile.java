package org.mingchu.gateway.tend.series;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Consumer;

/**
 * A file of separated values, read line by line: UTF-8 with or without a byte order mark, separated
 * by whichever of comma, semicolon and tab its first line has most of. It is never held in memory.
 * One thread.
 */
record CsvFile(Path path) {
    /** Longest field, in characters; a sensor's value has ten, so an unclosed quote shows soon. */
    private static final int FIELD_MAX = 1 << 16;

    private static final String SEPARATORS = ",;\t";
    private static final int[] MARK = {0xef, 0xbb, 0xbf};

    /** The file is not of lines of fields. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1;

        private final String expected;

        Unreadable(String found, String expected) {
            super(found);
            this.expected = expected;
        }

        String expected() {
            return expected;
        }
    }

    /**
     * Hands on line by line.
     *
     * @return SHA-256 over the file's bytes, in hexadecimal
     */
    String read(Consumer<Line> lines, Progress progress) throws IOException, Unreadable {
        var hash = sha256();
        var separator = separator();
        try (var in = new Counted(Files.newInputStream(path), Files.size(path), hash, progress);
                var csv =
                        CsvReader.builder()
                                .fieldSeparator(separator)
                                .maxBufferSize(FIELD_MAX)
                                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                                .build(new LineReader(), text(new BufferedInputStream(in)))) {
            csv.forEach(lines);
            return HexFormat.of().formatHex(hash.digest());
        } catch (CsvParseException e) {
            throw new Unreadable(
                    String.valueOf(e.getMessage()),
                    "quotes that are closed on their line, or none");
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof CharacterCodingException coding) {
                throw coded(coding);
            }
            throw new IOException(e);
        } catch (CharacterCodingException e) {
            throw coded(e);
        }
    }

    private static Unreadable coded(CharacterCodingException e) {
        return new Unreadable(
                "bytes that are not UTF-8 (" + e.getMessage() + ")", "UTF-8: save it as UTF-8");
    }

    private char separator() throws IOException, Unreadable {
        try (var in = text(new BufferedInputStream(Files.newInputStream(path)))) {
            var counts = new int[SEPARATORS.length()];
            for (int c = in.read(), n = 0; c >= 0 && c != '\n' && c != '\r' && n < FIELD_MAX; n++) {
                var which = SEPARATORS.indexOf(c);
                if (which >= 0) {
                    counts[which]++;
                }
                c = in.read();
            }
            var most = 0;
            for (var i = 1; i < counts.length; i++) {
                most = counts[i] > counts[most] ? i : most;
            }
            return SEPARATORS.charAt(most);
        } catch (CharacterCodingException e) {
            throw coded(e);
        }
    }

    /** Bytes that are no UTF-8 are told, not replaced: they would become another sensor's name. */
    private static Reader text(InputStream in) throws IOException {
        return new InputStreamReader(
                withoutMark(in),
                UTF_8.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
    }

    private static InputStream withoutMark(InputStream in) throws IOException {
        in.mark(MARK.length);
        for (var expected : MARK) {
            if (in.read() != expected) {
                in.reset();
                return in;
            }
        }
        return in;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
