package org.mingchu.gateway.keep.proof;

import org.mingchu.gateway.keep.cbor.Cbor;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Holds the entries of an epoch against their leaves, checks 1, 2 and 6 of export.md. One thread.
 */
final class EntryCheck {
    /** Boots in one export; 20 a day for 10 years are 73,000. */
    private static final int MAX_BOOTS = 100_000;

    /** Gap entries in one epoch of an export. */
    private static final int MAX_GAPS = 200_000;

    private final Span span;
    private final RangeHashes hashes;
    private final Findings findings;
    private final String file;
    private final Map<String, Long> keptNs = new HashMap<>();
    private final List<EntryHead.Gap> gaps = new ArrayList<>();
    private Optional<EntryHead> first = Optional.empty();

    /** The next seq that has neither come nor been found missing. */
    private long next;

    EntryCheck(Span span, RangeHashes hashes, Findings findings) {
        this.span = span;
        this.hashes = hashes;
        this.findings = findings;
        this.file = span.epoch() + ExportFile.ENTRIES;
        this.next = span.from();
    }

    /** What the sound {@code Gap} entries account for, in any epoch. */
    List<EntryHead.Gap> gaps() {
        return gaps;
    }

    /** The entry with seq 1, if it is contained. */
    Optional<EntryHead> first() {
        return first;
    }

    /** Reads the whole sequence. */
    boolean read(InputStream in) throws IOException {
        var sequence = new EntrySequence(in);
        try {
            for (var bytes = sequence.next(); bytes.isPresent(); bytes = sequence.next()) {
                entry(bytes.get());
            }
        } catch (Cbor.Malformed e) {
            bad(
                    hashes.nextPresent(next),
                    span.to(),
                    "nothing can be read from here on: " + e.getMessage());
            return false;
        }
        removed(span.to() + 1);
        return true;
    }

    private void entry(byte[] bytes) {
        var due = hashes.nextPresent(next);
        var leaf = Merkle.leaf(bytes);
        Optional<EntryHead> head;
        try {
            head = Optional.of(EntryHead.read(bytes));
        } catch (Cbor.Malformed e) {
            blame(due, "its bytes are no entry: " + e.getMessage());
            return;
        }
        var seq = head.get().seq();
        if (!hashes.leaf(seq).filter(known -> Arrays.equals(known, leaf)).isPresent()) {
            unlike(due, seq);
        } else if (seq < next) {
            bad(seq, seq, "it comes twice, or after a later one");
        } else {
            removed(seq);
            next = seq + 1;
            sound(head.get());
        }
    }

    /** An entry that is not the one its leaf was made of. */
    private void unlike(long due, long seq) {
        if (seq >= next && seq < due) {
            bad(seq, seq, "an entry stands where the leaf says that it is gone");
            next = seq + 1;
        } else if (due > span.to()) {
            bad(Math.max(span.to(), 1), Math.max(span.to(), 1), "an entry too many: seq " + seq);
        } else {
            blame(due, "the entry is not the one whose hash is in the tree");
        }
    }

    private void blame(long due, String why) {
        var seq = Math.min(due, Math.max(span.to(), 1));
        bad(seq, seq, why);
        next = Math.min(due, span.to()) + 1;
    }

    /** Present leaves before {@code seq} whose entries have not come. */
    private void removed(long seq) {
        for (var due = hashes.nextPresent(next); due < seq; due = hashes.nextPresent(next)) {
            next = due + 1;
            while (next < seq && hashes.present(next)) {
                next++;
            }
            bad(due, next - 1, "removed: its leaf is there, the entry is not");
        }
    }

    private void sound(EntryHead head) {
        if (!head.epoch().equals(span.epoch())) {
            bad(head.seq(), head.seq(), "it is of epoch " + head.epoch());
            return;
        }
        if (head.seq() == 1) {
            first = Optional.of(head);
        }
        if (!head.known()) {
            return;
        }
        var before = keptNs.put(head.boot(), head.keptNs());
        if (before != null && before > head.keptNs()) {
            bad(
                    head.seq(),
                    head.seq(),
                    "kept %d ns after the start of its boot, an earlier one %d ns"
                            .formatted(head.keptNs(), before));
        }
        if (keptNs.size() > MAX_BOOTS || gaps.size() > MAX_GAPS) {
            throw new Cbor.Malformed("more boots or gaps than a record has");
        }
        head.gap().ifPresent(gaps::add);
    }

    private void bad(long from, long to, String why) {
        findings.add(Problem.at(span.epoch(), from, Math.max(from, to), file, why));
    }
}
