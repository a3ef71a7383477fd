package org.mingchu.gateway.keep;

import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.keep.cbor.Cbor;
import org.mingchu.gateway.keep.entry.EntryCodec;
import org.mingchu.gateway.keep.store.EpochRow;
import org.mingchu.gateway.keep.store.JournalException;
import org.mingchu.gateway.keep.store.Pos;
import org.mingchu.gateway.keep.store.Row;
import org.mingchu.gateway.keep.store.Store;
import org.mingchu.sensors.Moment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The volume that is open: a store, the epoch in it that is being written, and what has to be known
 * of that epoch to go on with it. When the record moves, or an epoch begins, all of it is taken up
 * anew. One thread at a time, under the journal's lock.
 */
final class Volume {
    /** Of a store that holds none yet. */
    static final EpochRow NO_EPOCH = new EpochRow(0, "", "");

    private static final Logger LOG = LoggerFactory.getLogger(Volume.class);

    private final Damage damage;
    private Store store;
    private EpochRow epoch;
    private long lastSeq;

    /** Where the epoch ended that this process found; those it began itself ended nowhere. */
    private final String openedEpoch;

    private final long openedAt;
    private Optional<Moment> lastAt = Optional.empty();
    private final Map<Lane, Long> lastInLane = new EnumMap<>(Lane.class);
    private Optional<Evidence> evidence = Optional.empty();

    /** Opens it at the last epoch of the store. */
    Volume(Store store, Damage damage) {
        this.damage = damage;
        this.store = store;
        var epochs = store.epochs();
        epoch = epochs.isEmpty() ? NO_EPOCH : epochs.getLast();
        takeUp(store, epoch);
        openedEpoch = epoch.id();
        openedAt = lastSeq;
    }

    /**
     * Goes on with an epoch of a store, and reads what has to be known of it. When the store does
     * not answer, all stays as it was.
     */
    void takeUp(Store with, EpochRow from) {
        damage.begin();
        var start = Pos.of(from.no(), 0);
        var end = Pos.of(from.no() + 1, 0);
        var last = with.before(end);
        var seq = Pos.epochNo(last) == from.no() ? Pos.seq(last) : 0;
        var inLane = new EnumMap<Lane, Long>(Lane.class);
        for (var lane : Lane.values()) {
            inLane.put(lane, Pos.seq(with.before(lane, start, end)));
        }
        var latest = latest(with, from, seq);
        var tree = Evidence.of(with, from, seq);
        if (tree.isEmpty()) {
            LOG.error("event=tree-broken epoch={} entries={}", from.id(), seq);
        }
        store = with;
        epoch = from;
        lastSeq = seq;
        lastInLane.putAll(inLane);
        evidence = tree;
        lastAt = latest.stream().flatMap(row -> entry(row).stream()).findFirst().map(Entry::at);
    }

    /** The last row that can be read, behind those after it that cannot. */
    private static List<Row> latest(Store store, EpochRow epoch, long lastSeq) {
        var rows = new ArrayList<Row>();
        for (var seq = lastSeq; seq > 0; seq--) {
            var pos = Pos.of(epoch.no(), seq);
            for (var row : store.rows(pos, pos + 1, 1)) {
                rows.add(row);
                if (readable(row)) {
                    return rows;
                }
            }
        }
        return rows;
    }

    private static boolean readable(Row row) {
        try {
            return row.isSound() && EntryCodec.decode(row.bytes()).seq() > 0;
        } catch (Cbor.Malformed | Cbor.Unknown e) {
            return false;
        }
    }

    /** The same epoch, of which more is known. */
    void bound(EpochRow row) {
        epoch = row;
    }

    /** The rows are in the store, the last of them kept at {@code at}. */
    void written(List<Row> rows, Optional<Moment> at) {
        for (var row : rows) {
            lastSeq = row.seq();
            lastInLane.put(row.lane(), row.seq());
        }
        lastAt = at;
        evidence.ifPresent(Evidence::commit);
    }

    Store store() {
        return store;
    }

    EpochRow epoch() {
        return epoch;
    }

    /** The last committed entry of the epoch. */
    long lastSeq() {
        return lastSeq;
    }

    /**
     * The last entry of the epoch when the process began, 0 for an epoch that it began itself.
     * However often the volume was taken up since: entries that this process has kept may bear
     * numbers that a restored image has forgotten.
     */
    long openedAt() {
        return epoch.id().equals(openedEpoch) ? openedAt : 0;
    }

    /** When the last committed entry was kept. */
    Optional<Moment> lastAt() {
        return lastAt;
    }

    /** The last entry of the epoch in a lane; 0 if there is none. */
    long lastInLane(Lane lane) {
        return lastInLane.getOrDefault(lane, 0L);
    }

    /** The tree of the epoch; empty when it is broken. */
    Optional<Evidence> evidence() {
        return evidence;
    }

    /** The epochs of the store, oldest first. */
    List<String> epochs() {
        return store.epochs().stream().map(EpochRow::id).toList();
    }

    /** The epoch that a position belongs to. */
    String epochId(long pos) {
        return store.epochs().stream()
                .filter(row -> row.no() == Pos.epochNo(pos))
                .map(EpochRow::id)
                .findFirst()
                .orElse(epoch.id());
    }

    /** Before the first entry of the epoch. */
    long start() {
        return Pos.of(epoch.no(), 0);
    }

    /** After the last committed entry. */
    long next() {
        return pos(lastSeq) + 1;
    }

    long pos(long seq) {
        return Pos.of(epoch.no(), Math.clamp(seq, 0, Pos.SEQ_MAX));
    }

    /** The seq at a position of this epoch; 0 for one of another. */
    long seqOfThis(long pos) {
        return Pos.epochNo(pos) == epoch.no() ? Pos.seq(pos) : 0;
    }

    /** An entry of a later program, or a damaged one, is stepped over; its seq stays taken. */
    Optional<Entry> entry(Row row) {
        if (!row.isSound()) {
            damage.row(this, row, "its bytes are not those of its leaf");
            return Optional.empty();
        }
        try {
            return Optional.of(EntryCodec.decode(row.bytes()));
        } catch (Cbor.Unknown e) {
            damage.unknown(row, String.valueOf(e.getMessage()));
        } catch (Cbor.Malformed e) {
            damage.row(this, row, String.valueOf(e.getMessage()));
        }
        return Optional.empty();
    }

    /** Says which blocks the store could not open since it was asked last. */
    void tellLostBlocks() {
        store.damaged().forEach(lost -> damage.block(this, lost));
    }

    /** The store is being left, and may be past closing. */
    void leave() {
        try {
            store.close();
        } catch (JournalException e) {
            LOG.warn("event=journal-not-closed cause=\"{}\"", e.getMessage());
        }
    }
}
