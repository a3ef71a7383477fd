package org.mingchu.gateway.keep;

import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.keep.entry.EntryCodec;
import org.mingchu.gateway.keep.proof.Checkpoint;
import org.mingchu.gateway.keep.proof.NoteException;
import org.mingchu.gateway.keep.proof.SignedNote;
import org.mingchu.gateway.keep.proof.Tree;
import org.mingchu.gateway.keep.store.JournalException;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Proofs of RFC 6962 section 2.1 about one epoch, for somebody who has its checkpoints. Reads the
 * entries that are no rounds once. One thread.
 */
public final class Proofs {
    private final Journal journal;
    private final String epoch;

    /** What was signed, by its size. */
    private final TreeMap<Long, String> notes = new TreeMap<>();

    private Proofs(Journal journal, String epoch) {
        this.journal = journal;
        this.epoch = epoch;
    }

    /**
     * That an entry is in the tree.
     *
     * @param note the last checkpoint, of {@code size} entries
     * @param path the hashes of RFC 6962 section 2.1.1, from the leaf up
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes as they are; nobody writes into them
    public record Inclusion(Head head, String note, byte[] entry, byte[] leaf, List<byte[]> path) {
        public Inclusion {
            path = List.copyOf(path);
        }
    }

    /** Which entry in which tree. */
    @SuppressWarnings("ArrayRecordComponent") // bytes as they are; nobody writes into them
    public record Head(String epoch, long seq, long size, byte[] root) {}

    /** A tree and, if it was signed at that size, its checkpoint. */
    @SuppressWarnings("ArrayRecordComponent") // bytes as they are; nobody writes into them
    public record Signed(long size, byte[] root, Optional<String> note) {}

    /**
     * That a tree begins with an earlier one.
     *
     * @param path the hashes of RFC 6962 section 2.1.2
     */
    public record Consistency(String epoch, Signed from, Signed to, List<byte[]> path) {
        public Consistency {
            path = List.copyOf(path);
        }
    }

    /**
     * Proofs about one epoch.
     *
     * @throws JournalException when the record has no such epoch
     */
    public static Proofs of(Journal journal, String epoch) throws IOException {
        if (!journal.epochs().contains(epoch)) {
            throw new JournalException(
                    "--epoch '"
                            + epoch
                            + "': the record has no such epoch; expected one of "
                            + String.join(", ", journal.epochs()));
        }
        var proofs = new Proofs(journal, epoch);
        new Pages(journal).withoutRounds(epoch, journal.lastSeq(epoch), proofs::note);
        return proofs;
    }

    private void note(Entry entry) {
        if (entry.fact() instanceof Fact.Checkpointed(var text)) {
            try {
                var signed = Checkpoint.parse(SignedNote.parse(text).text());
                if (signed.origin().endsWith("/" + epoch)) {
                    notes.put(signed.size(), text);
                }
            } catch (NoteException _) {
                // `journal verify` names it; nothing can be proven against it
            }
        }
    }

    /**
     * That an entry is in the last tree that was signed.
     *
     * @throws JournalException when it cannot be proven, and why
     */
    public Inclusion inclusion(long seq) {
        var size = notes.isEmpty() ? 0 : notes.lastKey();
        if (seq < 1 || seq > journal.lastSeq(epoch)) {
            throw new JournalException(
                    "--seq %d: expected an entry from 1 to %d"
                            .formatted(seq, journal.lastSeq(epoch)));
        }
        if (seq > size) {
            throw new JournalException(
                    "--seq %d: the last checkpoint signs 1..%d; the next one comes within the hour"
                            .formatted(seq, size));
        }
        var tree = new Tree(journal.hashes(epoch));
        var entry = entry(seq);
        var path = tree.inclusion(seq - 1, size).orElseThrow(() -> gone("--seq", seq));
        var root = tree.root(size).orElseThrow(() -> gone("the checkpoint of", size));
        return new Inclusion(
                new Head(epoch, seq, size, root),
                notes.lastEntry().getValue(),
                entry,
                EntryCodec.leaf(entry),
                path);
    }

    private byte[] entry(long seq) {
        try {
            return journal.bytes(epoch, seq);
        } catch (IllegalArgumentException e) {
            throw new JournalException(
                    "--seq "
                            + seq
                            + ": it is no longer there; `journal export` has the gap that"
                            + " says why",
                    e);
        }
    }

    /**
     * That the tree of {@code to} entries begins with that of {@code from}.
     *
     * @throws JournalException when it cannot be proven, and why
     */
    public Consistency consistency(long from, long to) {
        if (from < 1 || from > to || to > journal.lastSeq(epoch)) {
            throw new JournalException(
                    "--from-size %d --to-size %d: expected 1 <= A <= B <= %d"
                            .formatted(from, to, journal.lastSeq(epoch)));
        }
        var tree = new Tree(journal.hashes(epoch));
        return new Consistency(
                epoch,
                signed(tree, from),
                signed(tree, to),
                tree.consistency(from, to).orElseThrow(() -> gone("--from-size", from)));
    }

    private Signed signed(Tree tree, long size) {
        return new Signed(
                size,
                tree.root(size).orElseThrow(() -> gone("size", size)),
                Optional.ofNullable(notes.get(size)));
    }

    private JournalException gone(String what, long number) {
        return new JournalException(
                "%s %d: readings there were thinned, and it was never signed at that size; expected"
                                .formatted(what, number)
                        + " a size that was, such as "
                        + notes.keySet().stream().limit(5).toList());
    }
}
