package org.mingchu.gateway.keep;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The file {@code epoch} beside the journal: which epoch is being written, and how far it had come
 * an hour ago at most. If the journal itself is gone, the next epoch can still name what was lost.
 * One thread.
 */
final class EpochFile {
    private static final Logger LOG = LoggerFactory.getLogger(EpochFile.class);
    private static final Pattern TEXT = Pattern.compile("([0-9a-f]{16}) ([0-9]{1,12})\n");

    private final Path folder;
    private final Path file;

    EpochFile(Path folder) {
        this.folder = folder;
        file = folder.resolve("epoch");
    }

    /** What it says. */
    record Known(String epoch, long lastSeq) {}

    Optional<Known> read() {
        try {
            var text = TEXT.matcher(Files.readString(file, US_ASCII));
            return text.matches()
                    ? Optional.of(new Known(text.group(1), Long.parseLong(text.group(2))))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Beside, forced, then renamed. It only helps: that it cannot be written stops nobody. */
    void write(String epoch, long lastSeq) {
        var draft = file.resolveSibling(file.getFileName() + ".new");
        try {
            try (var out = FileChannel.open(draft, CREATE, TRUNCATE_EXISTING, WRITE)) {
                out.write(ByteBuffer.wrap((epoch + ' ' + lastSeq + '\n').getBytes(US_ASCII)));
                out.force(true);
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            Quarantine.force(folder);
        } catch (IOException e) {
            LOG.warn("event=epoch-not-noted file={} cause=\"{}\"", file, e.toString());
        }
    }
}
