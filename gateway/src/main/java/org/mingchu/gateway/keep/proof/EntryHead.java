package org.mingchu.gateway.keep.proof;

import org.mingchu.gateway.keep.cbor.Cbor;
import org.mingchu.gateway.keep.cbor.CborReader;

import java.util.HexFormat;
import java.util.Optional;

/**
 * As much of an entry as the judgement needs; the rest of it is checked to be deterministic CBOR.
 * Immutable.
 *
 * @param known v is 1; otherwise kind, boot and time are not
 * @param boot hexadecimal, or text
 * @param keptNs boot time of the commit
 * @param gap what a {@code Gap} accounts for
 * @param previous the epoch that an {@code EpochBegan} names
 */
record EntryHead(
        boolean known,
        String epoch,
        long seq,
        long kind,
        String boot,
        long keptNs,
        Optional<Gap> gap,
        Optional<String> previous) {
    static final long EPOCH_BEGAN = 1;
    static final long GAP = 11;

    private static final int EPOCH_BYTES = 8;

    /**
     * Seqs of an epoch that are gone, and the word for why.
     *
     * @param lane the number of the lane that lost them; empty for any
     * @param count how many of the range
     */
    record Gap(String epoch, long from, long to, String lane, long count, String cause) {}

    /**
     * Reads an entry.
     *
     * @throws Cbor.Malformed when it is not sound
     */
    static EntryHead read(byte[] bytes) {
        var in = new CborReader(bytes);
        in.mapStart();
        var known = in.need(0).integer() == 1;
        var epoch = epoch(in.need(1));
        var seq = in.need(2).integer();
        var head =
                known
                        ? known(in, epoch, seq)
                        : new EntryHead(
                                false, epoch, seq, 0, "", 0, Optional.empty(), Optional.empty());
        in.mapEnd();
        in.end();
        return head;
    }

    private static EntryHead known(CborReader in, String epoch, long seq) {
        var kind = in.need(3).integer();
        var boot = in.need(5).nextIsText() ? in.text() : HexFormat.of().formatHex(in.bytes());
        var keptNs = in.need(6).integer();
        in.need(10);
        Optional<Gap> gap = kind == GAP ? Optional.of(gap(in)) : Optional.empty();
        Optional<String> previous = kind == EPOCH_BEGAN ? previous(in) : Optional.empty();
        return gap.isPresent() || kind == EPOCH_BEGAN
                ? new EntryHead(true, epoch, seq, kind, boot, keptNs, gap, previous)
                : skipped(in, new EntryHead(true, epoch, seq, kind, boot, keptNs, gap, previous));
    }

    private static EntryHead skipped(CborReader in, EntryHead head) {
        in.skip(1);
        return head;
    }

    private static Gap gap(CborReader in) {
        in.mapStart();
        var epoch = epoch(in.need(0));
        var lane = in.at(1) ? Long.toString(in.integer()) : "";
        var rest = in.need(2).array(2);
        var from = in.integer();
        var to = in.integer();
        in.skip(rest);
        var count = in.need(3).integer();
        var gap = new Gap(epoch, from, to, lane, count, in.need(4).text());
        in.mapEnd();
        return gap;
    }

    private static Optional<String> previous(CborReader in) {
        in.mapStart();
        Optional<String> previous = in.at(0) ? Optional.of(in.text()) : Optional.empty();
        in.mapEnd();
        return previous;
    }

    private static String epoch(CborReader in) {
        var epoch = in.bytes();
        if (epoch.length != EPOCH_BYTES) {
            throw new Cbor.Malformed("an epoch of " + epoch.length + " bytes");
        }
        return HexFormat.of().formatHex(epoch);
    }
}
