package org.mingchu.gateway.keep;

import org.mingchu.gateway.keep.entry.EntryCodec;
import org.mingchu.gateway.keep.proof.Frontier;
import org.mingchu.gateway.keep.proof.Hashes;
import org.mingchu.gateway.keep.proof.SignedNote;
import org.mingchu.gateway.keep.proof.Tree;
import org.mingchu.gateway.keep.store.EpochRow;
import org.mingchu.gateway.keep.store.NodeRow;
import org.mingchu.gateway.keep.store.Pos;
import org.mingchu.gateway.keep.store.Row;
import org.mingchu.gateway.keep.store.Store;

import java.util.List;
import java.util.Optional;

/**
 * The tree of the current epoch: it grows with what is appended, and only what is committed counts.
 * One thread.
 */
final class Evidence {
    private final EpochRow epoch;
    private final Hashes hashes;
    private Frontier committed;
    private Frontier pending;

    private Evidence(EpochRow epoch, Hashes hashes, Frontier committed) {
        this.epoch = epoch;
        this.hashes = hashes;
        this.committed = committed;
        this.pending = committed.copy();
    }

    /** The tree of an epoch of {@code size} entries; empty when some of its hashes are missing. */
    static Optional<Evidence> of(Store store, EpochRow epoch, long size) {
        var hashes = hashes(store, epoch.no());
        return Frontier.at(size, hashes).map(edge -> new Evidence(epoch, hashes, edge));
    }

    /** What a store knows of an epoch's tree: kept nodes, and leaves of entries that are there. */
    static Hashes hashes(Store store, int epochNo) {
        return (level, index) ->
                store.node(epochNo, level, index)
                        .or(() ->
                                level == 0
                                        ? leaf(store, Pos.of(epochNo, index + 1))
                                        : Optional.empty());
    }

    private static Optional<byte[]> leaf(Store store, long pos) {
        return store.rows(pos, pos + 1, 1).stream().findFirst().flatMap(Evidence::leaf);
    }

    /** A damaged entry has no leaf: one made of what is left would sign another history. */
    private static Optional<byte[]> leaf(Row row) {
        return row.isSound() ? Optional.of(EntryCodec.leaf(row.bytes())) : Optional.empty();
    }

    /** A further leaf; complete subtrees are added to {@code nodes}. */
    void append(byte[] leaf, List<NodeRow> nodes) {
        pending.append(
                leaf,
                (node, hash) ->
                        nodes.add(new NodeRow(epoch.no(), node.level(), node.index(), hash)));
    }

    void commit() {
        committed = pending.copy();
    }

    void forget() {
        pending = committed.copy();
    }

    /** The committed tree, signed. */
    SignedNote checkpoint(Seal seal) {
        return seal.sign(epoch.id(), committed.size(), committed.root());
    }

    /** The root of the first {@code size} entries; empty when they cannot be hashed any more. */
    Optional<byte[]> root(long size) {
        if (size == committed.size()) {
            return Optional.of(committed.root());
        }
        return size > committed.size() ? Optional.empty() : new Tree(hashes).root(size);
    }
}
