package org.mingchu.gateway.keep;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The folder of all quarantines, kept small enough for the card. One thread. */
final class QuarantineShelf {
    /** Quarantines kept; a card that damages more files than this needs to be replaced. */
    static final int MAX_KEPT = 8;

    static final String WHY = "why.txt";

    private static final Logger LOG = LoggerFactory.getLogger(QuarantineShelf.class);

    private static final Pattern NAME = Pattern.compile("[0-9]{8}T[0-9]{6}-[a-z0-9-]+");
    private static final Pattern NUMBER = Pattern.compile("Quarantine ([0-9]{1,9})");
    private static final int MAX_WHY_BYTES = 1 << 16;
    private static final int ZEROS_BYTES = 1 << 16;

    private final Path folder;
    private final long maxBytes;

    QuarantineShelf(Path folder, long maxBytes) {
        this.folder = folder;
        this.maxBytes = maxBytes;
    }

    private record Kept(Path path, long number) {}

    Path folder() {
        return folder;
    }

    /** Folders with a name that is wanted; none when there is no shelf yet. */
    List<Path> foldersThat(Predicate<String> wanted) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var all = Files.list(folder)) {
            return all.filter(p -> Files.isDirectory(p, LinkOption.NOFOLLOW_LINKS))
                    .filter(p -> wanted.test(p.getFileName().toString()))
                    .sorted()
                    .toList();
        }
    }

    /** The one that was made last. */
    Optional<Path> newest() throws IOException {
        return newestFirst().stream().map(Kept::path).findFirst();
    }

    /** Quarantines are counted: a clock that was wrong must not make the newest look old. */
    long highestNumber() throws IOException {
        return newestFirst().stream().mapToLong(Kept::number).max().orElse(0);
    }

    /** Removes the oldest beyond number and bytes, never the newest. */
    void trim() throws IOException {
        var bytes = 0L;
        var kept = 0;
        for (var quarantine : newestFirst()) {
            bytes += bytes(quarantine.path());
            if (kept == 0 || (kept < MAX_KEPT && bytes <= maxBytes)) {
                kept++;
            } else {
                LOG.warn("event=quarantine-removed folder={}", quarantine.path());
                remove(quarantine.path());
            }
        }
    }

    /** The lines of a quarantine's {@code why.txt}; none when it cannot be read. */
    static List<String> why(Path quarantine) throws IOException {
        var file = quarantine.resolve(WHY);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                || Files.size(file) > MAX_WHY_BYTES) {
            return List.of();
        }
        return Files.readString(file, ISO_8859_1).lines().toList();
    }

    /** Writes zeros over a file and removes it; false when there is none. */
    boolean erase(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (var out = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (var left = out.size(); left > 0; ) {
                left -= out.write(ByteBuffer.allocate((int) Math.min(ZEROS_BYTES, left)));
            }
            out.force(true);
            Files.delete(file);
            return true;
        } catch (NoSuchFileException e) {
            return false; // the agent has just removed the whole quarantine
        }
    }

    private List<Kept> newestFirst() throws IOException {
        var all = new ArrayList<Kept>();
        for (var path : foldersThat(name -> NAME.matcher(name).matches())) {
            all.add(new Kept(path, number(path)));
        }
        all.sort(Comparator.comparingLong(Kept::number).thenComparing(Kept::path).reversed());
        return all;
    }

    /** 0, the oldest, when it cannot be read. */
    private static long number(Path quarantine) throws IOException {
        var first = NUMBER.matcher(why(quarantine).stream().findFirst().orElse(""));
        return first.matches() ? Long.parseLong(first.group(1)) : 0;
    }

    private static long bytes(Path quarantine) throws IOException {
        var sum = 0L;
        for (var file : files(quarantine)) {
            sum += Files.size(file);
        }
        return sum;
    }

    /** {@code why.txt} goes last: until then the quarantine has its number. */
    private static void remove(Path quarantine) throws IOException {
        for (var file : files(quarantine)) {
            if (!file.endsWith(WHY)) {
                Files.delete(file);
            }
        }
        Files.deleteIfExists(quarantine.resolve(WHY));
        Files.delete(quarantine);
    }

    private static List<Path> files(Path quarantine) throws IOException {
        try (var all = Files.list(quarantine)) {
            return all.filter(p -> Files.isRegularFile(p, LinkOption.NOFOLLOW_LINKS)).toList();
        }
    }
}
