package org.mingchu.gateway.keep.pack;

import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.keep.cbor.Cbor;
import org.mingchu.gateway.keep.cbor.CborWriter;
import org.mingchu.gateway.keep.entry.EntryCodec;
import org.mingchu.sensors.Reading;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Makes a block of entries, and proves it before anybody drops them: what does not come back from
 * the finished block to the byte is left out. One thread.
 */
public final class Packer {
    private final CborWriter writer = new CborWriter();

    /** An entry beside its bytes. */
    private static final class Both {
        private final Entry entry;
        private final byte[] bytes;

        Both(Entry entry, byte[] bytes) {
            this.entry = entry;
            this.bytes = bytes;
        }

        Entry entry() {
            return entry;
        }

        byte[] bytes() {
            return bytes;
        }

        Fact.Round round() {
            return (Fact.Round) entry.fact();
        }
    }

    /** What one subject said, and in which rounds. */
    private static final class Said {
        private final int index;
        private final List<Long> rounds = new ArrayList<>();
        private final List<Reading> readings = new ArrayList<>();

        Said(int index) {
            this.index = index;
        }
    }

    /**
     * Packs the rounds among {@code entries} that have epoch and boot of the first of them, ascend
     * in seq, never go back in boot time and lie within {@link Block#SPAN_NS_MAX} of it. Everything
     * else is left out, also rounds of a later program and damaged bytes.
     */
    public Packed pack(List<byte[]> entries) {
        var leftOut = new ArrayList<byte[]>();
        var rounds = rounds(entries, leftOut);
        while (!rounds.isEmpty()) {
            var block = block(rounds);
            var lost = block.map(b -> lost(b, rounds)).orElseGet(() -> List.copyOf(rounds));
            if (lost.isEmpty()) {
                return new Packed(block, leftOut);
            }
            leftOut.addAll(lost.stream().map(Both::bytes).toList());
            rounds.removeAll(lost);
        }
        return new Packed(Optional.empty(), leftOut);
    }

    /** Empty when the block cannot even be read while it is made. */
    private static Optional<Block> block(List<Both> rounds) {
        try {
            return Optional.of(made(rounds));
        } catch (Cbor.Malformed | Cbor.Unknown e) {
            return Optional.empty();
        }
    }

    private List<Both> rounds(List<byte[]> entries, List<byte[]> leftOut) {
        var rounds = new ArrayList<Both>();
        var room = Block.READINGS_MAX;
        for (var bytes : entries) {
            var round = round(bytes).filter(r -> rounds.isEmpty() || follows(r, rounds));
            if (round.isEmpty() || round.get().round().readings().size() > room) {
                leftOut.add(bytes);
                continue;
            }
            rounds.add(round.get());
            room -= round.get().round().readings().size();
        }
        return rounds;
    }

    /** A round whose bytes are the ones that this program would write. */
    private Optional<Both> round(byte[] bytes) {
        try {
            var entry = EntryCodec.decode(bytes);
            return entry.fact() instanceof Fact.Round
                            && Arrays.equals(EntryCodec.encode(writer, entry), bytes)
                    ? Optional.of(new Both(entry, bytes))
                    : Optional.empty();
        } catch (Cbor.Malformed | Cbor.Unknown e) {
            return Optional.empty();
        }
    }

    private static boolean follows(Both next, List<Both> rounds) {
        var first = rounds.getFirst().entry;
        var last = rounds.getLast().entry;
        var entry = next.entry;
        var spanNs = entry.at().upNs() - first.at().upNs();
        return rounds.size() < Block.ROUNDS_MAX
                && entry.epoch().equals(first.epoch())
                && entry.at().boot().equals(first.at().boot())
                && entry.seq() > last.seq()
                && entry.at().upNs() >= last.at().upNs()
                && spanNs >= 0
                && spanNs < Block.SPAN_NS_MAX;
    }

    private static Block made(List<Both> rounds) {
        var said = new LinkedHashMap<String, Said>();
        var whoSpoke = new ArrayList<long[]>();
        for (var i = 0; i < rounds.size(); i++) {
            whoSpoke.add(listen(i, rounds.get(i).round(), said));
        }
        var head =
                Head.write(
                        rounds.stream().map(Both::entry).toList(),
                        rounds.stream().mapToInt(r -> Head.checkOf(r.bytes)).toArray(),
                        List.copyOf(said.keySet()),
                        whoSpoke);
        SequencedMap<String, byte[]> columns = new LinkedHashMap<>();
        var summaries = new ArrayList<Summary>();
        said.forEach((subject, what) -> {
            var column =
                    Column.write(
                            head,
                            subject,
                            what.rounds.stream().mapToLong(Long::longValue).toArray(),
                            what.readings);
            columns.put(subject, column);
            summaries.addAll(Summary.of(head, subject, column, what.readings));
        });
        return new Block(head, columns, summaries);
    }

    /** Who speaks in the round, as numbers of {@code said}. */
    private static long[] listen(int round, Fact.Round fact, SequencedMap<String, Said> said) {
        var speakers = new long[fact.readings().size()];
        for (var i = 0; i < speakers.length; i++) {
            var reading = fact.readings().get(i);
            var one = said.computeIfAbsent(reading.subject(), _ -> new Said(said.size()));
            one.rounds.add((long) round);
            one.readings.add(reading);
            speakers[i] = one.index;
        }
        return speakers;
    }

    /**
     * Those that do not come back from the bytes of the block; all when it does not open at all.
     */
    private static List<Both> lost(Block block, List<Both> rounds) {
        try {
            var back = Block.entries(Head.of(block.head().bytes()), block.columns().values());
            var lost = new ArrayList<Both>();
            for (var i = 0; i < rounds.size(); i++) {
                if (!Arrays.equals(back.get(i), rounds.get(i).bytes)) {
                    lost.add(rounds.get(i));
                }
            }
            return lost;
        } catch (Cbor.Malformed | Cbor.Unknown e) {
            return List.copyOf(rounds);
        }
    }
}
