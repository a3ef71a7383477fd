package org.mingchu.gateway.keep;

import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.keep.entry.EntryCodec;
import org.mingchu.gateway.keep.proof.Checkpoint;
import org.mingchu.gateway.keep.proof.GapBook;
import org.mingchu.gateway.keep.proof.KeyRing;
import org.mingchu.gateway.keep.proof.Merkle;
import org.mingchu.gateway.keep.proof.Node;
import org.mingchu.gateway.keep.proof.NoteException;
import org.mingchu.gateway.keep.proof.Problem;
import org.mingchu.gateway.keep.proof.SignedNote;
import org.mingchu.gateway.keep.proof.Tree;
import org.mingchu.gateway.keep.proof.VerifierKey;
import org.mingchu.gateway.keep.store.Row;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Holds a stored record against itself: each entry against its check and its place, the entries
 * against the tree, the tree against what was signed. It changes nothing, and the record may be
 * written to meanwhile. Memory is flat but for one line for each checkpoint and gap. One thread;
 * about 100,000 entries a second.
 */
public final class LiveCheck {
    /** Faults that are named one by one; the record is lost long before. */
    static final int MAX_FAULTS = 100;

    private static final int WIDTH = 1 << Node.KEPT_LEVEL;

    private final Journal journal;
    private final Pages pages;
    private final KeyRing keys;
    private final Map<String, GapBook> gaps = new HashMap<>();
    private final List<Problem.Seqs> gone = new ArrayList<>();
    private final List<Fault> faults = new ArrayList<>();
    private final List<byte[]> leaves = new ArrayList<>();
    private long entries;
    private long checkpoints;

    private LiveCheck(Journal journal, List<VerifierKey> keys) {
        this.journal = journal;
        this.pages = new Pages(journal);
        this.keys = new KeyRing(keys);
    }

    /**
     * What is not as it should be.
     *
     * @param to equal to {@code from} when one entry is meant
     */
    public record Fault(String epoch, long from, long to, String why) {
        @Override
        public String toString() {
            return "epoch %s seq %s: %s"
                    .formatted(epoch, from == to ? from : from + ".." + to, why);
        }
    }

    /**
     * The result.
     *
     * @param faults at most {@value #MAX_FAULTS}, in the order of the record
     */
    public record Found(long entries, long checkpoints, List<Fault> faults) {
        public Found {
            faults = List.copyOf(faults);
        }

        /** Whether all of it holds. */
        public boolean sound() {
            return faults.isEmpty();
        }
    }

    /**
     * Checks all epochs of the file.
     *
     * @param keys with which the device has signed, see {@link OwnKeys#known}
     */
    public static Found of(Journal journal, List<VerifierKey> keys) throws IOException {
        return new LiveCheck(journal, keys).all();
    }

    private record Epoch(String id, long size) {}

    private Found all() throws IOException {
        try (var _ = journal.holdStill()) {
            var epochs =
                    journal.epochs().stream()
                            .map(id -> new Epoch(id, journal.lastSeq(id)))
                            .toList();
            for (var epoch : epochs) {
                pages.withoutRounds(epoch.id(), epoch.size(), this::gap);
            }
            for (var epoch : epochs) {
                entries(epoch);
                pages.withoutRounds(epoch.id(), epoch.size(), entry -> checkpoint(epoch, entry));
            }
        }
        faults.sort(
                java.util.Comparator.comparingInt((Fault f) -> journal.epochs().indexOf(f.epoch()))
                        .thenComparingLong(Fault::from));
        return new Found(entries, checkpoints, faults);
    }

    private void gap(Entry entry) {
        if (entry.fact() instanceof Fact.Gap gap) {
            Scrub.add(gaps, gap);
        }
    }

    private void entries(Epoch epoch) throws IOException {
        leaves.clear();
        gone.clear();
        var next = new long[] {1};
        pages.rows(
                epoch.id(),
                1,
                epoch.size(),
                row -> {
                    missing(epoch, next[0], row.seq() - 1);
                    entry(epoch, row);
                    next[0] = row.seq() + 1;
                });
        missing(epoch, next[0], epoch.size());
        gaps.getOrDefault(epoch.id(), new GapBook())
                .excess(gone)
                .forEach((part, more) ->
                        fault(
                                epoch,
                                part.from(),
                                part.to(),
                                more + " more are missing than the gaps say"));
    }

    /** Of what is gone, a gap must speak. */
    private void missing(Epoch epoch, long from, long to) {
        if (from > to) {
            return;
        }
        leaves.clear();
        gone.add(new Problem.Seqs(from, to));
        gaps.getOrDefault(epoch.id(), new GapBook())
                .unsaid(from, to)
                .forEach(run -> fault(epoch, run.from(), run.to(), "missing, and no gap says why"));
    }

    private void entry(Epoch epoch, Row row) {
        entries++;
        var leaf = EntryCodec.leaf(row.bytes());
        if (EntryCodec.check(leaf) != row.check()) {
            fault(epoch, row.seq(), row.seq(), "its bytes are not those that were written");
        } else {
            place(epoch, row);
        }
        node(epoch, row.seq(), leaf);
    }

    private void place(Epoch epoch, Row row) {
        Pages.decoded(row)
                .filter(e -> e.seq() != row.seq() || !e.epoch().equals(epoch.id()))
                .ifPresent(e ->
                        fault(
                                epoch,
                                row.seq(),
                                row.seq(),
                                "it calls itself epoch " + e.epoch() + " seq " + e.seq()));
    }

    /** A complete subtree of level 8 must be the one that the store keeps. */
    private void node(Epoch epoch, long seq, byte[] leaf) {
        if ((seq - 1) % WIDTH == 0) {
            leaves.clear();
        }
        leaves.add(leaf);
        if (seq % WIDTH != 0 || leaves.size() != WIDTH) {
            return;
        }
        var first = seq - WIDTH + 1;
        var kept = journal.hashes(epoch.id()).node(Node.KEPT_LEVEL, (seq - 1) / WIDTH);
        var made = root(leaves);
        if (kept.isEmpty()) {
            fault(epoch, first, seq, "the tree has no hash of them");
        } else if (!Arrays.equals(kept.get(), made) && !faultIn(epoch, first, seq)) {
            fault(epoch, first, seq, "one of them is not what the tree was made of");
        }
        leaves.clear();
    }

    private boolean faultIn(Epoch epoch, long from, long to) {
        return faults.stream()
                .anyMatch(f -> f.epoch().equals(epoch.id()) && f.from() >= from && f.to() <= to);
    }

    private static byte[] root(List<byte[]> leaves) {
        var level = List.copyOf(leaves);
        while (level.size() > 1) {
            var above = new ArrayList<byte[]>(level.size() / 2);
            for (var i = 0; i < level.size(); i += 2) {
                above.add(Merkle.node(level.get(i), level.get(i + 1)));
            }
            level = above;
        }
        return level.getFirst();
    }

    private void checkpoint(Epoch epoch, Entry entry) {
        if (!(entry.fact() instanceof Fact.Checkpointed(var text))) {
            return;
        }
        checkpoints++;
        try {
            var note = SignedNote.parse(text);
            var signed = Checkpoint.parse(note.text());
            if (!keys.keys().isEmpty() && keys.signer(note).isEmpty()) {
                fault(epoch, entry.seq(), entry.seq(), "signed by no key of this device");
            }
            var root = root(epoch, signed.size());
            if (signed.size() >= entry.seq()) {
                fault(epoch, entry.seq(), entry.seq(), "it signs entries after itself");
            } else if (root.isPresent()
                    && !Arrays.equals(root.get(), signed.root())
                    && !faultIn(epoch, 1, signed.size())) {
                fault(
                        epoch,
                        1,
                        signed.size(),
                        "not what the checkpoint in seq %d signed".formatted(entry.seq()));
            }
        } catch (NoteException e) {
            fault(epoch, entry.seq(), entry.seq(), "no checkpoint: " + e.getMessage());
        }
    }

    private Optional<byte[]> root(Epoch epoch, long size) {
        return new Tree(journal.hashes(epoch.id())).root(size);
    }

    private void fault(Epoch epoch, long from, long to, String why) {
        if (faults.size() < MAX_FAULTS) {
            faults.add(new Fault(epoch.id(), from, to, why));
        }
    }
}
