package org.mingchu.gateway.keep;

import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.judge.StorageState;
import org.mingchu.gateway.keep.proof.Checkpoint;
import org.mingchu.gateway.keep.proof.NoteException;
import org.mingchu.gateway.keep.proof.SignedNote;
import org.mingchu.gateway.keep.proof.VerifierKey;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * How the record stands: what a technician asks first. Immutable.
 *
 * @param epochs oldest first, the last one is written to
 * @param condition how it is kept
 * @param bytes what counts for the budget, see {@link Footprint}
 * @param budgetBytes what it may take up; empty where no plan says so
 * @param freeBytes what the disk has left
 * @param lastEntryMs when the last entry was kept, corrected, milliseconds since 1970
 * @param kept what the record takes up of its budget, and since when there is something
 * @param checkpoint how many entries of the current epoch the last checkpoint signs
 * @param witnessed up to which entry of the current epoch a platform has cosigned, by platform
 * @param unwitnessedMs since when entries are attested by this device alone
 * @param quarantines folders with damaged files
 * @param holds not released ones
 * @param key the device's public key
 */
public record RecordStatus(
        List<Epoch> epochs,
        StorageState condition,
        long bytes,
        Optional<Long> budgetBytes,
        long freeBytes,
        OptionalLong lastEntryMs,
        Kept kept,
        long checkpoint,
        Map<String, Long> witnessed,
        OptionalLong unwitnessedMs,
        List<String> quarantines,
        List<Holds.Standing> holds,
        Optional<VerifierKey> key) {
    /**
     * How far back it goes. Moments are corrected, milliseconds since 1970.
     *
     * @param bytes of the budget: the database's pages in use, log, reserve, quarantine, logs
     * @param firstMs the first entry of all: nothing but rounds is ever dropped
     * @param oldestReadingMs the oldest round that is there
     * @param oldestMinutesMs the oldest hour of which there are minutes
     */
    public record Kept(
            long bytes,
            OptionalLong firstMs,
            OptionalLong oldestReadingMs,
            OptionalLong oldestMinutesMs) {}

    /** Entries of one epoch: numbered from 1 to {@code size}. */
    public record Epoch(String id, long size) {}

    /** Looks; reads all entries that are no rounds. */
    public static RecordStatus of(Journal journal, Path folder) throws IOException {
        return new Look(journal, folder).status();
    }

    /** The highest entry that any platform has cosigned. */
    public long witnessedTo() {
        return witnessed.values().stream().mapToLong(Long::longValue).max().orElse(0);
    }

    /** One walk. */
    private static final class Look {
        /** Receipts of one platform that are looked at, the newest: a day of hours and more. */
        private static final int RECEIPTS_MAX = 100;

        private final Journal journal;
        private final Path folder;
        private final Pages pages;
        private final Chronology chronology = new Chronology(Chronology.FIRST_PROGRAM_MS);
        private final Holds holds = new Holds();
        private final Map<String, NavigableMap<Long, String>> receipts = new TreeMap<>();
        private final Map<String, Long> witnessed = new TreeMap<>();
        private final String current;
        private long checkpoint;

        Look(Journal journal, Path folder) {
            this.journal = journal;
            this.folder = folder;
            this.pages = new Pages(journal);
            this.current = journal.epoch();
        }

        private void walk() throws IOException {
            for (var epoch : journal.epochs()) {
                pages.withoutRounds(epoch, journal.lastSeq(epoch), this::entry);
            }
        }

        RecordStatus status() throws IOException {
            walk();
            witnesses();
            var epochs =
                    journal.epochs().stream()
                            .map(id -> new Epoch(id, journal.lastSeq(id)))
                            .toList();
            var last = journal.lastSeq();
            var to = witnessed.values().stream().mapToLong(Long::longValue).max().orElse(0);
            return new RecordStatus(
                    epochs,
                    journal.condition(),
                    journal.pageBytes() + Footprint.beside(folder, logs()),
                    journal.allowance().map(Allowance::budgetBytes),
                    Files.getFileStore(folder).getUsableSpace(),
                    time(pages.from(current, last)),
                    new Kept(
                            journal.bytes(),
                            epochs.isEmpty()
                                    ? OptionalLong.empty()
                                    : time(pages.from(epochs.getFirst().id(), 1)),
                            oldest(epochs),
                            oldestMinutes()),
                    checkpoint,
                    witnessed,
                    to < last ? time(pages.from(current, to + 1)) : OptionalLong.empty(),
                    quarantines(),
                    holds.standing(),
                    journal.seal().map(Seal::verifier));
        }

        private void entry(Entry entry) {
            chronology.add(entry);
            holds.take(entry.fact());
            switch (entry.fact()) {
                case Fact.Checkpointed(var note) ->
                        checkpoint = Math.max(checkpoint, entries(note));
                case Fact.Receipted(var platform, var note) -> receipt(platform, note);
                default -> {}
            }
        }

        /** The newest of them, by the size of the tree. */
        private void receipt(String platform, String note) {
            var size = entries(note);
            if (size > 0) {
                var newest = receipts.computeIfAbsent(platform, _ -> new TreeMap<>());
                newest.put(size, note);
                if (newest.size() > RECEIPTS_MAX) {
                    newest.pollFirstEntry();
                }
            }
        }

        /** Only what a known key of the platform has cosigned has a witness. */
        private void witnesses() {
            var site = SiteNote.of(folder);
            receipts.forEach((platform, notes) ->
                    notes.descendingMap().entrySet().stream()
                            .filter(receipt -> cosigned(site.keys(platform), receipt.getValue()))
                            .findFirst()
                            .ifPresent(receipt -> witnessed.put(platform, receipt.getKey())));
        }

        private static boolean cosigned(List<VerifierKey> keys, String note) {
            var signed = SignedNote.parse(note);
            return keys.stream().anyMatch(key -> ExportNotes.holds(key, signed));
        }

        /** How many entries of the current epoch a note speaks of; 0 for another epoch. */
        private long entries(String note) {
            try {
                var checkpoint = Checkpoint.parse(SignedNote.parse(note).text());
                return checkpoint.origin().endsWith("/" + current) ? checkpoint.size() : 0;
            } catch (NoteException _) {
                return 0;
            }
        }

        private OptionalLong oldest(List<Epoch> epochs) {
            for (var epoch : epochs) {
                var first = journal.read(epoch.id(), Lane.READING, 1, 1);
                if (!first.isEmpty()) {
                    return time(Optional.of(first.getFirst()));
                }
            }
            return OptionalLong.empty();
        }

        /** An hour keeps its minutes when its rounds go. */
        private OptionalLong oldestMinutes() {
            return journal.asked((_, almanac) ->
                    almanac.hours().isEmpty()
                            ? OptionalLong.empty()
                            : OptionalLong.of(almanac.when(almanac.hours().getFirst()).fromMs()));
        }

        private OptionalLong time(Optional<Entry> entry) {
            return entry.map(e -> OptionalLong.of(chronology.corrected(e.at()).wallMs()))
                    .orElse(OptionalLong.empty());
        }

        private List<Path> logs() {
            return journal.allowance().map(Allowance::logs).orElse(List.of());
        }

        private List<String> quarantines() throws IOException {
            var names = new ArrayList<String>();
            var shelf = folder.resolve("quarantine");
            if (Files.isDirectory(shelf)) {
                try (var all = Files.list(shelf)) {
                    all.map(path -> String.valueOf(path.getFileName()))
                            .sorted()
                            .forEach(names::add);
                }
            }
            return names;
        }
    }
}
