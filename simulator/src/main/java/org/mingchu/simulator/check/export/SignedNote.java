package org.mingchu.simulator.check.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.mingchu.simulator.note.VerifierKey;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * A signed note, read strictly (export.md section 2). Immutable.
 *
 * @param text what is signed, with its last newline
 */
record SignedNote(String text, List<Line> lines) {
    private static final int BYTES_MAX = 64 * 1024;
    private static final int LINES_MAX = 64;
    private static final int ID_BYTES = 4;
    private static final int SIGNATURE_BYTES = 64;
    private static final Pattern LINE = Pattern.compile("— ([^ +\\n]+) ([A-Za-z0-9+/]+={0,2})");

    /** A signature under a name. */
    @SuppressWarnings("ArrayRecordComponent")
    record Line(String name, byte[] id, byte[] signature) {
        boolean isOf(VerifierKey key) {
            return name.equals(key.name()) && Arrays.equals(id, key.id());
        }
    }

    /** Empty for what is no note. */
    static Optional<SignedNote> read(byte[] bytes) {
        if (bytes.length > BYTES_MAX) {
            return Optional.empty();
        }
        try {
            return read(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException _) {
            return Optional.empty();
        }
    }

    private static Optional<SignedNote> read(String note) {
        var split = note.lastIndexOf("\n\n");
        if (split < 0
                || !note.endsWith("\n")
                || note.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n')) {
            return Optional.empty();
        }
        var lines = new ArrayList<Line>();
        for (var line : note.substring(split + 2, note.length() - 1).split("\n", -1)) {
            var read = line(line);
            if (read.isEmpty()) {
                return Optional.empty();
            }
            lines.add(read.get());
        }
        return lines.size() > LINES_MAX
                ? Optional.empty()
                : Optional.of(new SignedNote(note.substring(0, split + 1), lines));
    }

    private static Optional<Line> line(String text) {
        var match = LINE.matcher(text);
        return match.matches()
                ? base64(match.group(2))
                        .filter(b -> b.length > ID_BYTES)
                        .map(b ->
                                new Line(
                                        match.group(1),
                                        Arrays.copyOf(b, ID_BYTES),
                                        Arrays.copyOfRange(b, ID_BYTES, b.length)))
                : Optional.empty();
    }

    /** Base64 with padding and without spare bits: there is one spelling only. */
    static Optional<byte[]> base64(String text) {
        try {
            var bytes = Base64.getDecoder().decode(text);
            return Base64.getEncoder().encodeToString(bytes).equals(text)
                    ? Optional.of(bytes)
                    : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /** Whether a signature of a key that we know does not hold; such a note is worth nothing. */
    boolean isCondemnedBy(List<VerifierKey> keys) {
        return lines.stream()
                .anyMatch(
                        line -> keys.stream().anyMatch(key -> line.isOf(key) && !holds(line, key)));
    }

    boolean isSignedBy(List<VerifierKey> keys) {
        return lines.stream()
                .anyMatch(
                        line -> keys.stream().anyMatch(key -> line.isOf(key) && holds(line, key)));
    }

    /** When one of the keys cosigned it, in seconds since 1970; empty when none did. */
    OptionalLong cosignedAt(List<VerifierKey> keys) {
        return lines.stream()
                .filter(line -> keys.stream().anyMatch(key -> line.isOf(key) && holds(line, key)))
                .mapToLong(line -> ByteBuffer.wrap(line.signature()).getLong())
                .max();
    }

    private boolean holds(Line line, VerifierKey key) {
        if (key.type() == VerifierKey.ED25519) {
            return line.signature().length == SIGNATURE_BYTES
                    && key.verifies(text.getBytes(UTF_8), line.signature());
        }
        if (line.signature().length != Long.BYTES + SIGNATURE_BYTES) {
            return false;
        }
        var seconds = ByteBuffer.wrap(line.signature()).getLong();
        var message = "cosignature/v1\ntime %d\n%s".formatted(seconds, text);
        return seconds >= 0
                && key.verifies(
                        message.getBytes(UTF_8),
                        Arrays.copyOfRange(line.signature(), Long.BYTES, line.signature().length));
    }
}
