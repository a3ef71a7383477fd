package org.mingchu.config;

import org.tomlj.Toml;
import org.tomlj.TomlParseError;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A file as read from the disk: its root table and the hash of its bytes. Immutable but for the
 * table's cursor.
 */
record TomlFile(Table root, String sha256) {
    /** Largest file that is read, in bytes; a kitchen's is 10 kB, more is a mistake. */
    static final int BYTES_MAX = 1 << 20;

    private static final Pattern CODE = Pattern.compile("\\\\u([0-9a-f]{4})");

    private static final String TYPED_BY_CHINESE_KEYBOARD = "“”‘’，＝：。［］｛｝＃　";

    /** The file, or empty where it cannot be read at all; syntax errors leave the rest readable. */
    static Optional<TomlFile> open(Path file, Problems problems) {
        return bytes(file, problems)
                .flatMap(bytes ->
                        text(bytes, problems).map(text -> parse(text, sha256(bytes), problems)));
    }

    /** A text as a file would be read; empty where it is too long. */
    static Optional<TomlFile> of(String text, Problems problems) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > BYTES_MAX) {
            unreadable(problems, "more than " + BYTES_MAX + " bytes", "a smaller file");
            return Optional.empty();
        }
        return text(bytes, problems).map(words -> parse(words, sha256(bytes), problems));
    }

    private static Optional<byte[]> bytes(Path file, Problems problems) {
        try (var in = Files.newInputStream(file)) {
            var bytes = in.readNBytes(BYTES_MAX + 1);
            if (bytes.length <= BYTES_MAX) {
                return Optional.of(bytes);
            }
            unreadable(problems, "more than " + BYTES_MAX + " bytes", "a smaller file");
        } catch (NoSuchFileException _) {
            unreadable(problems, "no such file", "the path of a file");
        } catch (IOException e) {
            if (Files.isDirectory(file)) {
                unreadable(problems, "a folder", "the path of a file");
                return Optional.empty();
            }
            // AccessDenied, a dying card: the name says which.
            unreadable(
                    problems,
                    "a file that cannot be read (" + e.getClass().getSimpleName() + ")",
                    "a file that this user may read");
        }
        return Optional.empty();
    }

    private static void unreadable(Problems problems, String found, String expected) {
        problems.error(Spot.wholeFile("file").showing(found), expected);
    }

    private static Optional<String> text(byte[] bytes, Problems problems) {
        var in = ByteBuffer.wrap(bytes);
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(in).toString();
            // Editors of one operating system put a byte order mark first.
            return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
        } catch (CharacterCodingException _) {
            problems.error(badByte(bytes, in.position()), "UTF-8: save the file as UTF-8, not GBK");
            return Optional.empty();
        }
    }

    private static Spot badByte(byte[] bytes, int at) {
        var before = new String(bytes, 0, at, StandardCharsets.UTF_8);
        var line = 1 + (int) before.chars().filter(c -> c == '\n').count();
        var lineStart = before.lastIndexOf('\n') + 1;
        var column = 1 + before.codePointCount(lineStart, before.length());
        return new Spot(line, column, "file", "a byte that is not UTF-8");
    }

    private static TomlFile parse(String text, String sha256, Problems problems) {
        var toml = Toml.parse(text);
        if (toml.hasErrors()) {
            problems.damaged();
            toml.errors().forEach(error -> report(error, text, problems));
        }
        return new TomlFile(Table.root(toml, problems), sha256);
    }

    private static void report(TomlParseError error, String text, Problems problems) {
        var position = error.position();
        var at = new Spot(position.line(), position.column(), "syntax", "a syntax error");
        if (problems.isSecret()) {
            problems.error(at, "TOML, one key = \"value\" a line");
            return;
        }
        var message = readable(String.valueOf(error.getMessage()));
        var parts = message.split(", expected ", 2);
        var expected = parts.length == 2 ? parts[1] : "TOML, one key = value a line";
        problems.error(
                at.showing(parts[0]),
                message.contains("previously defined") ? "every key once" : expected,
                meant(character(text, position.line(), position.column()), expected));
    }

    /** The library's words within a sentence, with characters in place of their codes. */
    private static String readable(String message) {
        return CODE.matcher(message)
                .replaceAll(m -> Character.toString(Integer.parseInt(m.group(1), 16)))
                .replaceFirst("^Unexpected", "unexpected");
    }

    private static Optional<String> meant(String character, String expected) {
        if (character.equals(",")) {
            return Optional.of("a decimal point, as in 8.5");
        }
        if (TYPED_BY_CHINESE_KEYBOARD.contains(character) && !character.isEmpty()) {
            return Optional.of("the same sign of the English keyboard");
        }
        return expected.equals("a value") && character.matches("\\p{L}")
                ? Optional.of("the same text in double quotes")
                : Optional.empty();
    }

    private static String character(String text, int line, int column) {
        var lines = text.split("\n", -1);
        if (line < 1 || line > lines.length) {
            return "";
        }
        var points = lines[line - 1].codePoints().skip(column - 1L).limit(1).toArray();
        return new String(points, 0, points.length);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
