package org.mingchu.gateway.keep.lab;

import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.GapCause;
import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.keep.Journal;
import org.mingchu.gateway.keep.cbor.CborWriter;
import org.mingchu.gateway.keep.entry.EntryCodec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an opened journal shows: bytes by epoch and seq, and what its entries say of others. The one
 * place of the lab that reads a journal.
 */
final class Found {
    private static final long AFTER_NS = 1L << 60;
    private static final long TEND_NS = 60_000_000_000L;
    private static final int TENDED_MAX = 4;

    private final Map<String, SortedMap<Long, byte[]>> epochs = new HashMap<>();

    /** Entries of earlier epochs that were kept again, by epoch and seq. */
    private final Map<String, SortedMap<Long, byte[]>> again = new HashMap<>();

    private final List<Fact.Gap> gaps = new ArrayList<>();
    private final Map<String, String> previous = new HashMap<>();

    private Found() {}

    /** Reads all of it, twice: as bytes and as entries, which must agree. */
    static Found in(Journal journal) {
        for (var tended = 1; ; tended++) {
            var found = new Found();
            found.bytes(journal);
            found.entries(journal);
            var epoch = journal.epoch();
            // Reading may have found damage, which is mended as the house does it.
            for (var i = 0; i < 3; i++) {
                journal.tend(Day.moment(AFTER_NS + tended * TEND_NS + i * TEND_NS / 3));
            }
            if (journal.epoch().equals(epoch) || tended == TENDED_MAX) {
                lanes(journal);
                return found;
            }
        }
    }

    /** Platforms are sent what the lanes show: that is neither more nor less than what stands. */
    private static void lanes(Journal journal) {
        for (var epoch : journal.epochs()) {
            var all = journal.read(epoch, 1, Integer.MAX_VALUE);
            for (var lane : Lane.values()) {
                var ofLane = all.stream().filter(e -> e.fact().lane() == lane).toList();
                if (!journal.read(epoch, lane, 1, Integer.MAX_VALUE).equals(ofLane)) {
                    throw new AssertionError("lane " + lane + " of " + epoch + " is another");
                }
            }
        }
    }

    private void bytes(Journal journal) {
        for (var epoch : journal.epochs()) {
            var bytes = epochs.computeIfAbsent(epoch, _ -> new TreeMap<>());
            for (var seq = 1L; seq <= journal.lastSeq(epoch); seq++) {
                try {
                    bytes.put(seq, journal.bytes(epoch, seq));
                } catch (IllegalArgumentException _) {
                    // It is not there; the contract asks for its gap.
                }
            }
        }
    }

    private void entries(Journal journal) {
        var writer = new CborWriter();
        for (var epoch : journal.epochs()) {
            entries(journal.read(epoch, 1, Integer.MAX_VALUE), writer);
        }
        // What it found damaged or missing, and the house would have it keep.
        journal.inspectAll();
        for (var finding : journal.findings()) {
            if (finding instanceof Fact.Gap gap) {
                gaps.add(gap);
            }
        }
    }

    private void entries(List<Entry> entries, CborWriter writer) {
        for (var entry : entries) {
            var kept = bytes(entry.epoch(), entry.seq());
            if (!Arrays.equals(kept, EntryCodec.encode(writer, entry))) {
                throw new AssertionError(
                        "read() and bytes() differ at " + entry.epoch() + "/" + entry.seq());
            }
            note(entry, writer);
        }
    }

    private void note(Entry entry, CborWriter writer) {
        switch (entry.fact()) {
            case Fact.Gap gap -> gaps.add(gap);
            case Fact.EpochBegan(var before, _) ->
                    before.ifPresent(epoch -> previous.put(entry.epoch(), epoch));
            case Fact.Rekeyed(var original) ->
                    again.computeIfAbsent(original.epoch(), _ -> new TreeMap<>())
                            .put(original.seq(), EntryCodec.encode(writer, original));
            default -> {}
        }
    }

    /** Entries of each epoch that the journal shows. */
    Map<String, SortedMap<Long, byte[]>> epochs() {
        return epochs;
    }

    /** Entries of earlier epochs that stand again in a later one. */
    Map<String, SortedMap<Long, byte[]>> again() {
        return again;
    }

    /** The entry's bytes, in its place or kept again; empty when it is nowhere. */
    byte[] bytes(String epoch, long seq) {
        var here = epochs.getOrDefault(epoch, new TreeMap<>()).get(seq);
        if (here != null) {
            return here;
        }
        return again.getOrDefault(epoch, new TreeMap<>()).getOrDefault(seq, new byte[0]);
    }

    /** True when a gap, whatever its cause, says that the entry is not there. */
    boolean gap(String epoch, long seq) {
        return thinned(epoch, seq) || loss(epoch, seq);
    }

    /** True when a gap says that the entry is lost, not dropped to make room. */
    boolean loss(String epoch, long seq) {
        return gaps.stream()
                .anyMatch(gap -> gap.cause() != GapCause.THINNED && isIn(gap, epoch, seq));
    }

    /** True when a gap says that the entry was dropped to make room. */
    boolean thinned(String epoch, long seq) {
        return gaps.stream()
                .anyMatch(gap -> gap.cause() == GapCause.THINNED && isIn(gap, epoch, seq));
    }

    private static boolean isIn(Fact.Gap gap, String epoch, long seq) {
        return gap.epoch().equals(epoch) && gap.range().from() <= seq && seq <= gap.range().to();
    }

    /** What stands in the record's own words: gaps of one cause. */
    long gaps(GapCause cause) {
        return gaps.stream().filter(gap -> gap.cause() == cause).count();
    }

    /** True when a later epoch names this one: that it ended is said. */
    boolean ended(String epoch) {
        return previous.containsValue(epoch);
    }

    /** The highest entry of the epoch that is shown; 0 if there is none. */
    long last(String epoch) {
        var entries = epochs.getOrDefault(epoch, new TreeMap<>());
        return entries.isEmpty() ? 0 : entries.lastKey();
    }
}
