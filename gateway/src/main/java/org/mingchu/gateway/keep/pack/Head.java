package org.mingchu.gateway.keep.pack;

import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.keep.cbor.Cbor.Malformed;
import org.mingchu.gateway.keep.entry.Codes;
import org.mingchu.gateway.keep.entry.EntryCodec;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;

/**
 * What a block's rounds have in common: when each was kept, and who spoke in it in which order.
 * Rounds are numbered from 0. Immutable.
 */
public final class Head {
    /** Written for an error that nobody knows, whose own number is far from all others. */
    private static final long UNKNOWN = -1;

    private final byte[] bytes;
    private final Blob blob;
    private final Times times;
    private final String boot;
    private final List<String> subjects;
    private final List<long[]> layouts;
    private final long[] layout;
    private final long[] seqs;
    private final long[] clocks;
    private final long[] errorsMs;
    private final int[] checks;

    private Head(byte[] bytes) {
        this.bytes = bytes;
        this.blob = Blob.open(bytes, Blob.Sort.HEAD);
        var in = blob.payload();
        this.times = Times.read(in);
        var rounds = times.keptNs().length;
        this.boot = in.text();
        this.subjects = readSubjects(in);
        this.layouts = readLayouts(in, rounds, subjects.size());
        this.layout = Series.read(in, rounds);
        this.seqs = Series.read(in, rounds);
        this.clocks = Series.read(in, rounds);
        this.errorsMs = Series.read(in, rounds);
        this.checks = new int[rounds];
        for (var i = 0; i < rounds; i++) {
            checks[i] = (int) in.take(Integer.SIZE);
            if (layout[i] < 0 || layout[i] >= layouts.size()) {
                throw new Malformed("layout " + layout[i] + " of " + layouts.size());
            }
        }
        if (seqs[0] != blob.firstSeq()) {
            throw new Malformed("a head of " + blob.firstSeq() + " that begins at " + seqs[0]);
        }
    }

    /**
     * Reads a head.
     *
     * @throws Malformed when it is damaged
     * @throws org.mingchu.gateway.keep.cbor.Cbor.Unknown when a later program wrote it
     */
    public static Head of(byte[] bytes) {
        return new Head(bytes);
    }

    /**
     * @param rounds of one epoch and boot, at least one
     * @param checks of each of them
     */
    static Head write(
            List<Entry> rounds, int[] checks, List<String> subjects, List<long[]> whoSpoke) {
        var out = new BitWriter();
        Times.write(
                out,
                new Times(
                        rounds.stream().mapToLong(e -> e.at().upNs()).toArray(),
                        rounds.stream().mapToLong(e -> e.at().wallMs()).toArray()));
        out.text(rounds.getFirst().at().boot()).number(subjects.size());
        subjects.forEach(out::text);
        writeLayouts(out, whoSpoke);
        Series.write(out, rounds.stream().mapToLong(Entry::seq).toArray());
        Series.write(out, rounds.stream().mapToLong(e -> Codes.of(e.at().clock())).toArray());
        Series.write(out, rounds.stream().mapToLong(e -> known(e.at().errorMs())).toArray());
        for (var check : checks) {
            out.put(check, Integer.SIZE);
        }
        var first = rounds.getFirst();
        return new Head(Blob.wrap(Blob.Sort.HEAD, first.epoch(), first.seq(), "", out.toBytes()));
    }

    private static void writeLayouts(BitWriter out, List<long[]> whoSpoke) {
        var distinct = new ArrayList<long[]>();
        var which = new long[whoSpoke.size()];
        var known = new HashMap<List<Long>, Integer>();
        for (var i = 0; i < which.length; i++) {
            var speakers = whoSpoke.get(i);
            which[i] =
                    known.computeIfAbsent(
                            Arrays.stream(speakers).boxed().toList(),
                            _ -> {
                                distinct.add(speakers);
                                return distinct.size() - 1;
                            });
        }
        out.number(distinct.size());
        for (var speakers : distinct) {
            out.number(speakers.length);
            Series.write(out, speakers);
        }
        Series.write(out, which);
    }

    private static List<String> readSubjects(BitReader in) {
        var subjects = new ArrayList<String>();
        for (var left = in.count(Block.READINGS_MAX); left > 0; left--) {
            subjects.add(in.text());
        }
        return subjects;
    }

    private static List<long[]> readLayouts(BitReader in, int rounds, int subjects) {
        var layouts = new ArrayList<long[]>();
        var left = Block.READINGS_MAX;
        for (var more = in.count(rounds); more > 0; more--) {
            var speakers = Series.read(in, in.count(left));
            for (var speaker : speakers) {
                if (speaker < 0 || speaker >= subjects) {
                    throw new Malformed("subject " + speaker + " of " + subjects);
                }
            }
            left -= speakers.length;
            layouts.add(speakers);
        }
        return layouts;
    }

    private static long known(long errorMs) {
        return errorMs == Moment.ERROR_UNKNOWN_MS ? UNKNOWN : errorMs;
    }

    /** As it is stored; not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /** 16 hexadecimal digits. */
    public String epoch() {
        return blob.epoch();
    }

    public int rounds() {
        return seqs.length;
    }

    public Times times() {
        return times;
    }

    /** Ascending; not all that lie between first and last. */
    public long seq(int round) {
        return seqs[round];
    }

    /** The first four bytes of the leaf of the round's entry. */
    public int check(int round) {
        return checks[round];
    }

    /** {@link #check} of an entry. */
    public static int checkOf(byte[] entry) {
        return ByteBuffer.wrap(EntryCodec.leaf(entry)).getInt();
    }

    public Moment at(int round) {
        var errorMs = errorsMs[round] == UNKNOWN ? Moment.ERROR_UNKNOWN_MS : errorsMs[round];
        return new Moment(
                boot,
                times.keptNs()[round],
                times.wallMs()[round],
                Codes.numbered(ClockState.values(), Codes::of, clocks[round]),
                errorMs);
    }

    /** Who spoke in the block, each once: what columns there are. */
    public List<String> subjects() {
        return List.copyOf(subjects);
    }

    /** Who spoke in the round, in order, as indexes of {@link #subjects}. */
    int[] layout(int round) {
        return Arrays.stream(layouts.get((int) layout[round])).mapToInt(s -> (int) s).toArray();
    }
}
