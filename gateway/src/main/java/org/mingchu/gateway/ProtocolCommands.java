package org.mingchu.gateway;

import org.mingchu.gateway.show.paper.Block;
import org.mingchu.gateway.show.paper.Paper;
import org.mingchu.gateway.tend.CommandFailed;
import org.mingchu.gateway.tend.ExitCode;
import org.mingchu.gateway.tend.ProtocolAsk;
import org.mingchu.gateway.tend.RecordAsk;
import org.mingchu.gateway.tend.RecordAsk.Act;
import org.mingchu.gateway.tend.Told;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Has the running agent tell what a commissioning protocol says, draws it here, where there is
 * memory for it, and has the agent keep which document it was. One thread.
 */
final class ProtocolCommands {
    /** Lines before the first block: ticket, language, time, foot. */
    private static final int HEAD = 4;

    private static final String ENGLISH = "en";

    private ProtocolCommands() {}

    static Told protocol(ProtocolAsk ask) {
        var words = new HashMap<String, String>();
        words.put("by", ask.by());
        ask.language().ifPresent(language -> words.put("language", language));
        var told = asked(ask, Act.PROTOCOL, words);
        if (!told.ok()) {
            return told;
        }
        var language = told.lines().get(1);
        var font = ask.font().or(Paper::chineseFont);
        if (font.isEmpty() && !language.equals(ENGLISH)) {
            return new Told(
                    ExitCode.DEVICE_UNREACHABLE,
                    List.of(
                            "no Chinese font on this machine: apt-get install fonts-wqy-microhei,"
                                    + " name one with --font FILE, or write it with --language en"));
        }
        var paper =
                new Paper(
                        language,
                        told.lines().get(3),
                        Long.parseLong(told.lines().get(2)),
                        told.lines().stream().skip(HEAD).map(Block::read).toList());
        var bytes = drawn(paper, font);
        var sha256 = sha256(bytes);
        // On the disk first: the record must not name a document that there never was.
        write(ask.out(), bytes);
        var made = new HashMap<>(Map.of("ticket", told.lines().getFirst(), "sha256", sha256));
        if (ask.json()) {
            made.put("json", "true");
        }
        var kept = asked(ask, Act.PROTOCOL_MADE, made);
        if (!kept.ok() || ask.json()) {
            return kept;
        }
        return Told.well(
                "%s: %d KiB".formatted(ask.out(), (bytes.length + 1023) >> 10), "sha256 " + sha256);
    }

    private static byte[] drawn(Paper paper, Optional<Path> font) {
        try {
            return paper.drawn(font);
        } catch (IOException e) {
            throw new CommandFailed(
                    ExitCode.DEVICE_UNREACHABLE,
                    "the font %s cannot be used (%s); name a TrueType font with --font FILE"
                            .formatted(
                                    font.map(Path::toString).orElse("of PDFBox"), e.getMessage()));
        }
    }

    /** A whole file or none. */
    private static void write(Path file, byte[] bytes) {
        var draft = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.write(draft, bytes);
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new CommandFailed(
                    ExitCode.INTERNAL,
                    "--out %s: cannot be written (%s); name another place"
                            .formatted(file, e.getMessage()));
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    private static Told asked(ProtocolAsk ask, Act act, Map<String, String> words) {
        var from = new RecordAsk.From(ask.state(), false, Optional.empty());
        return new ConsoleClient(new RecordAsk(act, words, from)).told();
    }
}
