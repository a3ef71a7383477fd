package org.mingchu.gateway.keep.pack;

import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.keep.cbor.Cbor.Malformed;
import org.mingchu.gateway.keep.cbor.CborWriter;
import org.mingchu.gateway.keep.entry.EntryCodec;
import org.mingchu.sensors.Reading;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Rounds of at most an hour of one boot and one epoch, taken apart by subject. Head and columns
 * together give the entries' bytes back; the summaries say what is worth knowing when those are
 * dropped. Immutable, as long as nobody writes into its bytes.
 *
 * @param head a {@link Head}
 * @param columns a {@link Column} for each subject, in the order in which they first spoke
 * @param summaries a {@link Summary} for each subject, in the same order; more than one for a
 *     subject that measured more than one quantity
 */
public record Block(Head head, SequencedMap<String, byte[]> columns, List<Summary> summaries) {
    /** Longest stretch of boot time in one block, in nanoseconds. */
    public static final long SPAN_NS_MAX = 3_600_000_000_000L;

    /** Rounds in a block: an hour of a round every 55 ms, which no card would bear. */
    public static final int ROUNDS_MAX = 1 << 16;

    /** Readings in a block, so that no damage asks for more than some MB. */
    public static final int READINGS_MAX = 1 << 20;

    /**
     * The bytes of all entries, ascending.
     *
     * @param columns all that the head asks for; further ones do not matter
     * @throws Malformed when they are damaged, do not belong together, or one is missing
     */
    public static List<byte[]> entries(Head head, Collection<byte[]> columns) {
        var bytes = new ArrayList<byte[]>();
        var writer = new CborWriter();
        var readings = readings(head, columns);
        for (var round = 0; round < head.rounds(); round++) {
            var said = new ArrayList<Reading>();
            for (var subject : head.layout(round)) {
                said.add(next(readings.get(subject)));
            }
            var entry =
                    new Entry(head.epoch(), head.seq(round), head.at(round), new Fact.Round(said));
            bytes.add(EntryCodec.encode(writer, entry));
        }
        if (readings.stream().anyMatch(Iterator::hasNext)) {
            throw new Malformed("the columns of block " + head.seq(0) + " hold more than it has");
        }
        return bytes;
    }

    /**
     * A block of parts that were saved; its summaries are made anew.
     *
     * @throws Malformed when a column is damaged
     */
    public static Block of(Head head, SequencedMap<String, byte[]> columns) {
        var summaries = new ArrayList<Summary>();
        columns.forEach((subject, column) ->
                summaries.addAll(Summary.of(head, subject, column, Column.of(column).readings())));
        return new Block(head, columns, summaries);
    }

    private static List<Iterator<Reading>> readings(Head head, Collection<byte[]> columns) {
        Map<String, Column> bySubject = new HashMap<>();
        for (var bytes : columns) {
            var column = Column.of(bytes);
            if (column.epoch().equals(head.epoch()) && column.firstSeq() == head.seq(0)) {
                bySubject.put(column.subject(), column);
            }
        }
        var readings = new ArrayList<Iterator<Reading>>();
        for (var subject : head.subjects()) {
            var column = bySubject.get(subject);
            if (column == null) {
                throw new Malformed("block " + head.seq(0) + " lacks the column of " + subject);
            }
            readings.add(column.readings().iterator());
        }
        return readings;
    }

    private static Reading next(Iterator<Reading> readings) {
        if (!readings.hasNext()) {
            throw new Malformed("a column ends before its block");
        }
        return readings.next();
    }
}
