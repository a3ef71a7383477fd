package org.mingchu.gateway.keep;

import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.keep.cbor.Cbor;
import org.mingchu.gateway.keep.entry.RoundReader;
import org.mingchu.gateway.keep.store.Row;
import org.mingchu.gateway.keep.store.Store;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What subjects say in the rounds that no block holds, the last hour mostly. The kitchen's page
 * asks for the same curves again and again, and to read an hour of rounds takes half as long as a
 * chart of a month: so what was read stays, and only new rounds are read. A committed round never
 * changes. Of one store; one thread.
 */
final class Recent {
    /**
     * Kept at most beside the subject that was asked for last, about 3 MB: an hour at 10 s for 33
     * subjects.
     */
    static final int ROUNDS_MAX = 12_000;

    private final SequencedMap<String, Subject> subjects = new LinkedHashMap<>();

    private static final class Subject {
        private final RoundReader reader;
        private final Deque<Kept> rounds = new ArrayDeque<>();
        private long nextPos;

        Subject(String subject) {
            this.reader = new RoundReader(subject);
        }
    }

    private record Kept(long pos, Entry round) {}

    /** The committed rounds that no block holds, each with what the subject says there. */
    List<Entry> of(Store store, String subject) {
        var asked = subjects.remove(subject);
        var known = asked == null ? new Subject(subject) : asked;
        subjects.putLast(subject, known);
        catchUp(store, known);
        var rounds = known.rounds.stream().map(Kept::round).toList();
        while (subjects.size() > 1 && size() > ROUNDS_MAX) {
            subjects.pollFirstEntry();
        }
        return rounds;
    }

    private static void catchUp(Store store, Subject known) {
        var packed = store.packed();
        while (!known.rounds.isEmpty() && known.rounds.getFirst().pos <= packed) {
            known.rounds.removeFirst();
        }
        for (var row : store.unpacked(known.nextPos, Integer.MAX_VALUE)) {
            read(row, known.reader)
                    .ifPresent(round -> known.rounds.add(new Kept(row.pos(), round)));
            known.nextPos = row.pos() + 1;
        }
    }

    /** What cannot be read is told by whoever reads its entries. */
    private static Optional<Entry> read(Row row, RoundReader reader) {
        try {
            return row.lane() == Lane.READING && row.isSound()
                    ? reader.read(row.bytes())
                    : Optional.empty();
        } catch (Cbor.Malformed | Cbor.Unknown e) {
            return Optional.empty();
        }
    }

    /** Rounds that are kept now. */
    int size() {
        return subjects.values().stream().mapToInt(subject -> subject.rounds.size()).sum();
    }
}
