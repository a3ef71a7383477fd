package org.mingchu.gateway.keep;

import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.GapCause;
import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.judge.SeqRange;
import org.mingchu.gateway.keep.cbor.Cbor;
import org.mingchu.gateway.keep.entry.EntryCodec;
import org.mingchu.gateway.keep.pack.Block;
import org.mingchu.gateway.keep.pack.Summary;
import org.mingchu.gateway.keep.proof.GapBook;
import org.mingchu.gateway.keep.proof.Problem;
import org.mingchu.gateway.keep.store.Batch;
import org.mingchu.gateway.keep.store.BlockRow;
import org.mingchu.gateway.keep.store.BlockSalvage;
import org.mingchu.gateway.keep.store.EpochRow;
import org.mingchu.gateway.keep.store.FileStore;
import org.mingchu.gateway.keep.store.JournalException;
import org.mingchu.gateway.keep.store.NodeRow;
import org.mingchu.gateway.keep.store.Pos;
import org.mingchu.gateway.keep.store.Row;
import org.mingchu.gateway.keep.store.Salvage;
import org.mingchu.gateway.keep.store.Store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Saves what is sound of a damaged journal, from its quarantine into a new file. The new file gets
 * its name only when all is in it: a power cut meanwhile leaves the quarantine to begin again from.
 * One thread.
 */
final class Restoring {
    private static final String DRAFT = "journal.db.saved";

    /** Rows in one commit, in number. */
    private static final int PAGE_ROWS = 512;

    /** Entries between two losses that are told as one, in number. */
    private static final int JOINED_OVER = 32;

    private final Path folder;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<String, BitSet> found = new HashMap<>();
    private final Map<String, GapBook> said = new HashMap<>();

    /** Rounds out of blocks: one that was thinned may come back from a page that was free. */
    private final Map<String, BitSet> packed = new HashMap<>();

    private final Map<String, List<SeqRange>> thinned = new HashMap<>();
    private final Batch batch = new Batch();
    private long entries;

    Restoring(Path folder) {
        this.folder = folder;
    }

    /**
     * Makes the new {@code journal.db}, with a note of what is missing.
     *
     * @param quarantine the folder with the damaged one
     * @param known what was noted beside it
     * @return how many entries were saved
     * @throws JournalException when the disk refuses
     */
    long from(Path quarantine, Optional<EpochFile.Known> known) {
        removeDraft();
        try {
            fill(quarantine, known);
            settle();
            return entries;
        } catch (RuntimeException e) {
            // A half of it would take up the room that the next attempt needs.
            discardDraft(e);
            throw e;
        }
    }

    private void discardDraft(RuntimeException cause) {
        try {
            removeDraft();
        } catch (JournalException e) {
            cause.addSuppressed(e);
        }
    }

    private void fill(Path quarantine, Optional<EpochFile.Known> known) {
        var database = quarantine.resolve(FileStore.FILE);
        var log = quarantine.resolve(FileStore.FILE + "-wal");
        try (var store = FileStore.open(folder, DRAFT);
                var rows = Salvage.of(database, log, List.of());
                var blocks = BlockSalvage.of(database, log)) {
            name(rows, blocks);
            numbers.forEach((id, no) -> beginWith(store, new EpochRow(no, id, "")));
            blocks.each(new Blocks(store));
            for (var epoch : rows.epochs()) {
                rows.each(epoch.id(), entry -> put(store, entry));
            }
            flush(store);
            numbers.forEach((id, no) -> restore(store, blocks.nodes(id, no)));
            blocks.eachDelivery(d -> batch.progress().put(d.getKey(), d.getValue()));
            batch.note(Losses.NOTE, losses(known).note());
            flush(store);
            store.checkpoint();
        }
    }

    private Losses losses(Optional<EpochFile.Known> known) {
        var ranges = new ArrayList<>(missing());
        if (known.isPresent()) {
            var found = lastFound(known.get().epoch());
            if (found < known.get().lastSeq()) {
                ranges.add(new Losses.Range(known.get().epoch(), found + 1, known.get().lastSeq()));
            }
        }
        return new Losses(
                known.map(EpochFile.Known::epoch).or(this::lastEpoch),
                GapCause.QUARANTINED,
                ranges);
    }

    /** The epochs by their old numbers, as far as those are known; the others after them. */
    private void name(Salvage rows, BlockSalvage blocks) {
        var nameless = new ArrayList<String>();
        for (var epoch : rows.epochs()) {
            var no = (int) epoch.number().orElse(0);
            if (no < 1 || no > Pos.EPOCHS_MAX || numbers.containsValue(no)) {
                nameless.add(epoch.id());
            } else {
                numbers.put(epoch.id(), no);
            }
        }
        blocks.epochs().stream()
                .filter(id -> !numbers.containsKey(id) && !nameless.contains(id))
                .forEach(nameless::add);
        for (var id : nameless) {
            numbers.put(id, numbers.values().stream().mapToInt(no -> no).max().orElse(0) + 1);
        }
    }

    private void beginWith(Store store, EpochRow epoch) {
        batch.begin(epoch);
        flush(store);
    }

    private final class Blocks implements BlockSalvage.Taker {
        private final Store store;

        Blocks(Store store) {
            this.store = store;
        }

        @Override
        public void block(String epoch, Block block) {
            for (var i = 0; i < block.head().rounds(); i++) {
                found(epoch, block.head().seq(i));
                packed(epoch).set(index(block.head().seq(i)));
            }
            batch.restored().add(new BlockRow(no(epoch), block));
            flush(store);
        }

        @Override
        public void summary(String epoch, Summary summary) {
            batch.summaries().put(summary, no(epoch));
            flush(store);
        }
    }

    private int no(String epoch) {
        return numbers.getOrDefault(epoch, Pos.EPOCHS_MAX);
    }

    private void put(Store store, Salvage.Found entry) {
        if (!found(entry.epoch(), entry.seq())) {
            return; // it stands in a block
        }
        var bytes = entry.bytes();
        hear(bytes);
        batch.rows()
                .add(
                        new Row(
                                Pos.of(no(entry.epoch()), entry.seq()),
                                EntryCodec.lane(bytes),
                                bytes,
                                EntryCodec.check(EntryCodec.leaf(bytes))));
        if (batch.rows().size() >= PAGE_ROWS) {
            flush(store);
        }
    }

    /** Of what was thinned, these hashes are the only proof. */
    private void restore(Store store, List<NodeRow> nodes) {
        for (var node : nodes) {
            batch.nodes().add(node);
            if (batch.nodes().size() >= PAGE_ROWS) {
                flush(store);
            }
        }
        flush(store);
    }

    /** What the record says itself of what is gone. */
    private void hear(byte[] bytes) {
        try {
            if (EntryCodec.lane(bytes) == Lane.ALARM
                    && EntryCodec.decode(bytes).fact() instanceof Fact.Gap gap) {
                Scrub.add(said, gap);
                if (gap.cause() == GapCause.THINNED) {
                    thinned.computeIfAbsent(gap.epoch(), _ -> new ArrayList<>()).add(gap.range());
                }
            }
        } catch (Cbor.Malformed | Cbor.Unknown e) {
            // An entry of a later program: whatever it says, nothing is counted as said.
            return;
        }
    }

    private boolean found(String epoch, long seq) {
        var seqs = found.computeIfAbsent(epoch, _ -> new BitSet());
        var at = index(seq);
        if (seqs.get(at)) {
            return false;
        }
        seqs.set(at);
        entries++;
        return true;
    }

    private static int index(long seq) {
        return Math.toIntExact(Math.min(seq, Integer.MAX_VALUE - 1));
    }

    private BitSet packed(String epoch) {
        return packed.computeIfAbsent(epoch, _ -> new BitSet());
    }

    private void flush(Store store) {
        store.write(batch);
        batch.written();
    }

    private Optional<String> lastEpoch() {
        return numbers.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
    }

    /**
     * What is missing below the highest entry found of each epoch, and was not said by the record
     * itself to be gone: what was thinned is not lost once more.
     */
    private List<Losses.Range> missing() {
        var missing = new ArrayList<Losses.Range>();
        found.forEach((epoch, seqs) -> {
            var book = said.getOrDefault(epoch, new GapBook());
            var gone = new ArrayList<Problem.Seqs>();
            var unsaid = new ArrayList<Losses.Range>();
            for (var from = seqs.nextClearBit(1);
                    from < seqs.length();
                    from = seqs.nextClearBit(seqs.nextSetBit(from))) {
                var run = new Problem.Seqs(from, seqs.nextSetBit(from) - 1L);
                gone.add(run);
                book.unsaid(run.from(), run.to())
                        .forEach(r -> join(unsaid, new Losses.Range(epoch, r.from(), r.to())));
            }
            missing.addAll(unsaid);
            gone.addAll(returned(epoch));
            book.excess(gone)
                    .forEach((part, more) ->
                            missing.add(new Losses.Range(epoch, part.from(), part.to(), more)));
        });
        return missing;
    }

    /**
     * Rounds that are here although the record says that they were thinned. They must not make up
     * for others of the same range that are lost: a step of thinning takes whole blocks, so that
     * none of its range stays.
     */
    private List<Problem.Seqs> returned(String epoch) {
        var rounds = packed(epoch);
        var returned = new ArrayList<Problem.Seqs>();
        for (var range : thinned.getOrDefault(epoch, List.of())) {
            for (var from = rounds.nextSetBit(index(range.from()));
                    from >= 0 && from <= range.to();
                    from = rounds.nextSetBit(rounds.nextClearBit(from))) {
                var to = Math.min(range.to(), rounds.nextClearBit(from) - 1L);
                returned.add(new Problem.Seqs(from, to));
            }
        }
        return returned;
    }

    /** A lost hour of rounds is one loss, however many other entries stand between them. */
    private static void join(List<Losses.Range> ranges, Losses.Range next) {
        if (!ranges.isEmpty() && next.from() - ranges.getLast().to() - 1 <= JOINED_OVER) {
            var last = ranges.removeLast();
            ranges.add(
                    new Losses.Range(
                            next.epoch(), last.from(), next.to(), last.count() + next.count()));
        } else {
            ranges.add(next);
        }
    }

    /** The highest entry of an epoch that was found; 0 for none. */
    private long lastFound(String epoch) {
        return Math.max(0, found.getOrDefault(epoch, new BitSet()).length() - 1L);
    }

    private void removeDraft() {
        try {
            for (var suffix : List.of("", "-wal", "-shm", "-journal")) {
                Files.deleteIfExists(folder.resolve(DRAFT + suffix));
            }
        } catch (IOException e) {
            throw new JournalException("cannot remove " + folder.resolve(DRAFT) + ": " + e, e);
        }
    }

    /** Closed by now, so that its log is gone and the file holds everything. */
    private void settle() {
        try {
            Files.move(
                    folder.resolve(DRAFT),
                    folder.resolve(FileStore.FILE),
                    StandardCopyOption.ATOMIC_MOVE);
            Quarantine.force(folder);
        } catch (IOException e) {
            throw new JournalException(
                    "cannot put " + folder.resolve(DRAFT) + " in its place: " + e, e);
        }
    }
}
