package org.mingchu.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Reads a paper for the wall from a file beside the site file. A paper that cannot be shown is a
 * warning: the kitchen is watched all the same.
 */
final class PaperReader {
    /** A page of rules is 6 kB; more nobody reads on a wall. */
    static final int TEXT_BYTES_MAX = 32 * 1024;

    /** Enough for a scan at the wall's own 1920 x 1080. */
    static final int PICTURE_BYTES_MAX = 512 * 1024;

    /** Relative, without a step up, so that nothing outside of the folder can be named. */
    private static final Form<String> FILE =
            Form.words(
                    "",
                    "the name of a .txt, .png, .jpg or .webp file in this file's folder or below"
                            + " it, such as \"wall/licence.png\"",
                    text ->
                            Optional.of(text)
                                    .filter(t ->
                                            t.matches(
                                                    "([\\p{L}\\p{N}_-][\\p{L}\\p{N}_. -]{0,60}/){0,3}"
                                                            + "[\\p{L}\\p{N}_-][\\p{L}\\p{N}_. -]{0,80}"
                                                            + "\\.(txt|png|jpe?g|webp)")));

    private static final Form<Paper.Kind> KIND =
            Form.oneOf(List.of(Paper.Kind.values()), Paper.Kind::word);

    private PaperReader() {}

    static Paper read(Table table, Path folder) {
        var kind = table.need("kind", KIND);
        var title = table.need("title", IdNumbers.TEXT);
        var content =
                table.ask("file", FILE)
                        .flatMap(name -> content(table, folder, name))
                        .orElseGet(Paper.Content.Missing::new);
        table.end();
        return new Paper(kind, title, content);
    }

    private static Optional<Paper.Content> content(Table table, Path folder, String name) {
        try {
            var real = folder.resolve(name).toRealPath();
            if (!real.startsWith(folder.toRealPath())) {
                return refused(table, "a link out of the folder", "the file itself");
            }
            return name.endsWith(".txt") ? words(table, real) : picture(table, real);
        } catch (IOException e) {
            return refused(
                    table,
                    "a file that cannot be read (" + e.getClass().getSimpleName() + ")",
                    "a file that is there and that this user may read; it is not shown");
        }
    }

    private static Optional<Paper.Content> words(Table table, Path file) throws IOException {
        var bytes = bytes(file, TEXT_BYTES_MAX);
        if (bytes.length > TEXT_BYTES_MAX) {
            return tooLong(table, TEXT_BYTES_MAX);
        }
        try {
            var text =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString()
                            .replace("\uFEFF", "");
            return IdNumbers.in(text)
                    ? refused(
                            table,
                            "a text with what looks like an ID number",
                            "no ID number: take it out; the paper is not shown")
                    : Optional.of(new Paper.Content.Words(text));
        } catch (CharacterCodingException _) {
            return refused(
                    table,
                    "a text that is not UTF-8",
                    "UTF-8: save it as UTF-8, not GBK; it is not shown");
        }
    }

    private static Optional<Paper.Content> picture(Table table, Path file) throws IOException {
        var bytes = bytes(file, PICTURE_BYTES_MAX);
        if (bytes.length > PICTURE_BYTES_MAX) {
            return tooLong(table, PICTURE_BYTES_MAX);
        }
        var type = mediaType(bytes);
        return type.isEmpty()
                ? refused(
                        table,
                        "a file that is no PNG, JPEG or WebP picture",
                        "such a picture, whatever its name ends with; it is not shown")
                : type.map(t -> new Paper.Content.Picture(new Paper.Image(t, bytes)));
    }

    /** By what it begins with: the end of a name proves nothing. No SVG, which can run scripts. */
    private static Optional<String> mediaType(byte[] bytes) {
        var head = new String(bytes, 0, Math.min(12, bytes.length), StandardCharsets.ISO_8859_1);
        if (head.startsWith("\u0089PNG\r\n\u001a\n")) {
            return Optional.of("image/png");
        }
        if (head.startsWith("\u00ff\u00d8\u00ff")) {
            return Optional.of("image/jpeg");
        }
        return head.startsWith("RIFF") && head.endsWith("WEBP")
                ? Optional.of("image/webp")
                : Optional.empty();
    }

    private static byte[] bytes(Path file, int max) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return in.readNBytes(max + 1);
        }
    }

    private static Optional<Paper.Content> tooLong(Table table, int max) {
        return refused(
                table,
                "more than " + max + " bytes",
                "at most " + max / 1024 + " KiB: make it smaller; it is not shown");
    }

    private static Optional<Paper.Content> refused(Table table, String found, String expected) {
        table.problems().warning(table.spot("file").showing(found), expected);
        return Optional.empty();
    }
}
