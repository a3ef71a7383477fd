package org.mingchu.gateway.keep;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.mingchu.gateway.keep.store.JournalException;
import org.mingchu.sensors.Moment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where damaged files of the state folder go, whole: {@code quarantine/20261123T063039-damaged/},
 * with a {@code why.txt}. Nothing is ever written over. Call {@link #finish} at each start, before
 * any of the files is opened. One thread, which holds the state folder; the files must be closed.
 * Every method throws {@link JournalException} when the disk fails.
 */
final class Quarantine {
    /** What a SQLite file may have beside it. */
    private static final List<String> SUFFIXES = List.of("-wal", "-journal", "-shm", "");

    private static final Logger LOG = LoggerFactory.getLogger(Quarantine.class);

    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** The end of the year 9999, in milliseconds: no clock makes a name longer. */
    private static final long LAST_MS = 253_402_300_799_999L;

    private static final int MAX_CAUSE_CHARS = 32;

    /** Quarantines of one second and cause. */
    private static final int MAX_SAME_NAME = 1000;

    private static final Pattern FILE = Pattern.compile("[a-z]{1,20}\\.[a-z]{1,10}");
    private static final String FILE_LINE = "File: ";
    private static final String PART = ".part";

    /** Begins the line that says how much was carried over: without it nothing was yet. */
    static final String SAVED_LINE = "Saved: ";

    private final Path stateFolder;
    private final QuarantineShelf shelf;

    Quarantine(Path stateFolder, long maxBytes) {
        this.stateFolder = stateFolder;
        shelf = new QuarantineShelf(stateFolder.resolve("quarantine"), maxBytes);
    }

    /**
     * Why a file is put aside.
     *
     * @param name for the folder's name: letters, digits and hyphens of it are used
     * @param words for people, one line
     */
    record Cause(String name, String words) {}

    /**
     * Moves a file, with the log and journal that SQLite has beside it, into a new quarantine.
     * Older quarantines beyond the limits are removed.
     *
     * @param file its name in the state folder
     * @return the quarantine's folder
     */
    Path take(String file, Cause cause, Moment now) {
        if (!FILE.matcher(file).matches()) {
            throw new IllegalArgumentException("no file of the state folder: " + file);
        }
        try {
            StateFolder.makeFolder(shelf.folder());
            var draft = draft(name(cause, now));
            StateFolder.makeFolder(draft);
            why(draft, shelf.highestNumber() + 1, file, cause, now);
            var quarantine = move(draft, file);
            trim();
            return quarantine;
        } catch (IOException e) {
            throw failed("put " + stateFolder.resolve(file) + " into " + shelf.folder(), e);
        }
    }

    /**
     * Completes what a power cut interrupted: the log of a database must not stay behind without
     * it.
     *
     * @return the quarantines that were completed
     */
    List<Path> finish() {
        var finished = new ArrayList<Path>();
        try {
            for (var draft : shelf.foldersThat(name -> name.endsWith(PART))) {
                finished.add(move(draft, file(draft)));
            }
            return finished;
        } catch (IOException e) {
            throw failed("complete the quarantine in " + shelf.folder(), e);
        }
    }

    /** The newest quarantine with a file that was not carried over yet. */
    Optional<Path> unsaved(String file) {
        try {
            return shelf.newest()
                    .filter(folder -> there(folder.resolve(file)) && !carriedOver(folder));
        } catch (IOException e) {
            throw failed("look into " + shelf.folder(), e);
        }
    }

    private static boolean carriedOver(Path folder) {
        try {
            return QuarantineShelf.why(folder).stream().anyMatch(l -> l.startsWith(SAVED_LINE));
        } catch (IOException e) {
            return false;
        }
    }

    /** Adds lines to a quarantine's {@code why.txt}: what was salvaged, what to do. */
    void explain(Path quarantine, List<String> lines) {
        var text = String.join("\n", lines) + '\n';
        try {
            write(quarantine.resolve(QuarantineShelf.WHY), text, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw failed("write " + quarantine.resolve(QuarantineShelf.WHY), e);
        }
    }

    /**
     * Overwrites and removes a file in every quarantine, the newest too: when a person is erased,
     * no damaged {@code people.db} may keep the name.
     *
     * @return how many files there were
     */
    int erase(String file) {
        var erased = 0;
        try {
            for (var quarantine : shelf.foldersThat(_ -> true)) {
                for (var suffix : SUFFIXES) {
                    erased += shelf.erase(quarantine.resolve(file + suffix)) ? 1 : 0;
                }
                if (there(quarantine)) {
                    force(quarantine);
                }
            }
            return erased;
        } catch (IOException e) {
            throw failed("erase " + file + " in " + shelf.folder(), e);
        }
    }

    /** What cannot be removed must not undo what was put aside. */
    private void trim() {
        try {
            shelf.trim();
        } catch (IOException e) {
            LOG.error(
                    "event=quarantine-not-removed folder={} cause=\"{}\" remedy=\"remove old"
                            + " quarantines by hand\"",
                    shelf.folder(),
                    e.toString());
        }
    }

    private static String name(Cause cause, Moment now) {
        var words = cause.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        var trimmed = words.replaceAll("^-|-$", "");
        var shortened = trimmed.substring(0, Math.min(MAX_CAUSE_CHARS, trimmed.length()));
        var at = Instant.ofEpochMilli(Math.clamp(now.wallMs(), 0, LAST_MS));
        return NAME.format(at) + '-' + (shortened.isEmpty() ? "unknown" : shortened);
    }

    /** A folder whose name, without its ending, is free as well. */
    private Path draft(String name) throws IOException {
        for (var i = 1; i <= MAX_SAME_NAME; i++) {
            var numbered = i == 1 ? name : name + '-' + i;
            var draft = shelf.folder().resolve(numbered + PART);
            if (!there(draft) && !there(shelf.folder().resolve(numbered))) {
                return draft;
            }
        }
        throw new IOException("there are " + MAX_SAME_NAME + " quarantines " + name + " already");
    }

    /** Says why before anything is moved, so that {@link #finish} knows what belongs together. */
    private static void why(Path draft, long number, String file, Cause cause, Moment now) {
        var text =
                """
                Quarantine %d
                %s%s
                When: %s (UTC; clock %s)
                Cause: %s

                These files were found damaged and were put here whole. The gateway has made new
                ones and goes on; it does not use this folder any more. What could be read of them
                was carried over; lines below say what, if there are any.

                What to do: copy this folder to another disk and keep it with the records of the
                kitchen. If this happens again, replace the card. The gateway removes old
                quarantines by itself, never the newest one.

                """
                        .formatted(
                                number,
                                FILE_LINE,
                                file,
                                Instant.ofEpochMilli(Math.clamp(now.wallMs(), 0, LAST_MS)),
                                now.clock().word(),
                                cause.words().lines().findFirst().orElse(cause.name()));
        try {
            write(draft.resolve(QuarantineShelf.WHY), text, StandardOpenOption.CREATE_NEW);
            force(draft);
        } catch (IOException e) {
            // A full disk must not keep a damaged file in the way of a new one.
            LOG.error(
                    "event=quarantine-without-why folder={} cause=\"{}\" remedy=\"make room on the"
                            + " disk\"",
                    draft,
                    e.toString());
        }
    }

    /** What an interrupted quarantine was for; empty when it had not come to say so. */
    private static String file(Path draft) throws IOException {
        return QuarantineShelf.why(draft).stream()
                .filter(line -> line.startsWith(FILE_LINE))
                .map(line -> line.substring(FILE_LINE.length()).strip())
                .filter(file -> FILE.matcher(file).matches())
                .findFirst()
                .orElse("");
    }

    private Path move(Path draft, String file) throws IOException {
        for (var suffix : SUFFIXES) {
            var from = stateFolder.resolve(file + suffix);
            var to = draft.resolve(file + suffix);
            if (!file.isEmpty() && there(from) && !there(to)) {
                Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
            }
        }
        force(draft);
        force(stateFolder);
        var name = draft.getFileName().toString();
        var quarantine = draft.resolveSibling(name.substring(0, name.length() - PART.length()));
        if (there(quarantine)) {
            join(draft, quarantine);
        } else {
            Files.move(draft, quarantine, StandardCopyOption.ATOMIC_MOVE);
        }
        force(shelf.folder());
        return quarantine;
    }

    /**
     * Two halves of one quarantine: {@link #draft} gives no name that is taken, but a disk that
     * lied about a sync may have kept the old name for some of the files. None is overwritten.
     */
    private static void join(Path draft, Path quarantine) throws IOException {
        try (var halves = Files.newDirectoryStream(draft)) {
            for (var half : halves) {
                var to = quarantine.resolve(half.getFileName());
                for (var i = 2; there(to); i++) {
                    to = quarantine.resolve(half.getFileName() + "." + i);
                }
                Files.move(half, to, StandardCopyOption.ATOMIC_MOVE);
            }
        }
        force(quarantine);
        Files.delete(draft);
    }

    private static boolean there(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }

    private static void write(Path file, String text, StandardOpenOption how) throws IOException {
        try (var out = FileChannel.open(file, StandardOpenOption.WRITE, how)) {
            var bytes = ByteBuffer.wrap(text.getBytes(UTF_8));
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
    }

    static void force(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static JournalException failed(String what, IOException cause) {
        return new JournalException(
                "cannot "
                        + what
                        + ": "
                        + StateFolder.why(cause)
                        + "; see that the disk has room, is sound, and that the folder is ours",
                cause);
    }
}
