package org.mingchu.gateway.keep;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
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
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The file {@code epoch} beside the journal: which epoch is being written, and how far it had come
 * an hour ago at most. If the journal itself is gone, the next epoch can still name what was lost.
 * While the record is in memory it also says how far that has come, and whether the file must be
 * put aside. One thread.
 */
final class EpochFile {
    private static final Logger LOG = LoggerFactory.getLogger(EpochFile.class);
    private static final Pattern LINE = Pattern.compile("([0-9a-f]{16}) ([0-9]{1,12})");
    private static final String IN_MEMORY = "memory ";
    private static final String CONDEMNED = "condemned";

    /** More than this is not ours. */
    private static final int BYTES_MAX = 1 << 16;

    private final Path folder;
    private final Path file;

    EpochFile(Path folder) {
        this.folder = folder;
        file = folder.resolve("epoch");
    }

    /** An epoch, and how far it was. */
    record Known(String epoch, long lastSeq) {}

    /**
     * What the file says.
     *
     * @param written the epoch that the journal's file ends with
     * @param inMemory epochs that went on in memory and had not come to the disk, oldest first
     * @param condemned the journal's file was found damaged and had not been put aside
     */
    record Note(Optional<Known> written, List<Known> inMemory, boolean condemned) {
        static final Note NOTHING = new Note(Optional.empty(), List.of(), false);

        Note {
            inMemory = List.copyOf(inMemory);
        }

        private static Note of(List<String> lines) {
            var inMemory =
                    lines.stream()
                            .filter(line -> line.startsWith(IN_MEMORY))
                            .flatMap(line -> known(line.substring(IN_MEMORY.length())).stream())
                            .toList();
            return new Note(
                    lines.stream().findFirst().flatMap(EpochFile::known),
                    inMemory,
                    lines.contains(CONDEMNED));
        }

        private String text() {
            var text = new StringBuilder();
            text.append(written.map(EpochFile::line).orElse("none")).append('\n');
            inMemory.forEach(known -> text.append(IN_MEMORY).append(line(known)).append('\n'));
            return text.append(condemned ? CONDEMNED + '\n' : "").toString();
        }
    }

    private static Optional<Known> known(String line) {
        var found = LINE.matcher(line);
        return found.matches()
                ? Optional.of(new Known(found.group(1), Long.parseLong(found.group(2))))
                : Optional.empty();
    }

    private static String line(Known known) {
        return known.epoch() + ' ' + known.lastSeq();
    }

    Note read() {
        try {
            return Files.size(file) > BYTES_MAX
                    ? Note.NOTHING
                    : Note.of(Files.readString(file, ISO_8859_1).lines().toList());
        } catch (IOException e) {
            return Note.NOTHING;
        }
    }

    /** Beside, forced, then renamed. It only helps: that it cannot be written stops nobody. */
    void write(Note note) {
        var draft = file.resolveSibling(file.getFileName() + ".new");
        try {
            try (var out = FileChannel.open(draft, CREATE, TRUNCATE_EXISTING, WRITE)) {
                out.write(ByteBuffer.wrap(note.text().getBytes(ISO_8859_1)));
                out.force(true);
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            Quarantine.force(folder);
        } catch (IOException e) {
            LOG.warn("event=epoch-not-noted file={} cause=\"{}\"", file, e.toString());
        }
    }
}
