package org.mingchu.gateway.keep;

import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.keep.cbor.Cbor;
import org.mingchu.gateway.keep.entry.EntryCodec;
import org.mingchu.gateway.keep.store.Row;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Walks through a journal while it goes on being written: the lock is held for a page at a time.
 * One thread.
 */
final class Pages {
    /** Rows under one lock, in number: some milliseconds. */
    private static final int PAGE_ROWS = 512;

    private final Journal journal;

    Pages(Journal journal) {
        this.journal = journal;
    }

    /** Takes a stored row. */
    @FunctionalInterface
    interface RowSink {
        void row(Row row) throws IOException;
    }

    /** Takes an entry that this program can read. */
    @FunctionalInterface
    interface EntrySink {
        void entry(Entry entry) throws IOException;
    }

    /** The rows of an epoch from {@code from} to {@code to}, ascending. */
    void rows(String epoch, long from, long to, RowSink sink) throws IOException {
        var next = from;
        while (next <= to) {
            var page = journal.rows(epoch, next, to, PAGE_ROWS);
            for (var row : page) {
                sink.row(row);
            }
            if (page.size() < PAGE_ROWS) {
                return;
            }
            next = page.getLast().seq() + 1;
        }
    }

    /** The same without damaged ones: what fails its check is not what was kept. */
    void sound(String epoch, long from, long to, RowSink sink) throws IOException {
        rows(
                epoch,
                from,
                to,
                row -> {
                    if (row.isSound()) {
                        sink.row(row);
                    }
                });
    }

    /** The entries of an epoch up to {@code to} that are no rounds of readings, ascending. */
    void withoutRounds(String epoch, long to, EntrySink sink) throws IOException {
        var lanes = List.of(new LaneOf(epoch, Lane.ALARM), new LaneOf(epoch, Lane.NONE));
        while (true) {
            var first =
                    lanes.stream()
                            .filter(lane -> lane.peek().isPresent())
                            .min(Comparator.comparingLong(lane -> lane.peek().orElseThrow().seq()));
            if (first.isEmpty()) {
                return;
            }
            var row = first.get().take();
            if (row.seq() > to) {
                return;
            }
            var entry = decoded(row);
            if (entry.isPresent()) {
                sink.entry(entry.get());
            }
        }
    }

    /** The entry of a row; empty for one of a later program, and for a damaged one. */
    static Optional<Entry> decoded(Row row) {
        if (!row.isSound()) {
            return Optional.empty();
        }
        try {
            return Optional.of(EntryCodec.decode(row.bytes()));
        } catch (Cbor.Malformed | Cbor.Unknown _) {
            return Optional.empty();
        }
    }

    /** The first readable entry of an epoch at or after {@code seq}. */
    Optional<Entry> from(String epoch, long seq) {
        return journal.read(epoch, seq, 1).stream().findFirst();
    }

    Stream<String> epochs() {
        return journal.epochs().stream();
    }

    /** One lane, a page ahead. */
    private final class LaneOf {
        private final String epoch;
        private final Lane lane;
        private final Deque<Row> page = new ArrayDeque<>();
        private long next = 1;
        private boolean ended;

        LaneOf(String epoch, Lane lane) {
            this.epoch = epoch;
            this.lane = lane;
        }

        Optional<Row> peek() {
            if (page.isEmpty() && !ended) {
                page.addAll(journal.rows(epoch, lane, next, PAGE_ROWS));
                ended = page.isEmpty();
                next = ended ? next : page.getLast().seq() + 1;
            }
            return Optional.ofNullable(page.peekFirst());
        }

        Row take() {
            return page.removeFirst();
        }
    }
}
