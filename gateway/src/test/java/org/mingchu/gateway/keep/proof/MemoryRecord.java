package org.mingchu.gateway.keep.proof;

import org.mingchu.gateway.keep.cbor.CborWriter;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** One epoch of a record in memory, with what a store would still know of its tree. */
final class MemoryRecord {
    static final String BOOT = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";
    private static final long ROUND_NS = 10_000_000_000L;

    final String epoch;
    private final List<Optional<byte[]>> entries = new ArrayList<>();
    private final List<byte[]> leaves = new ArrayList<>();
    private final Set<Node> kept = new HashSet<>();
    private final CborWriter out = new CborWriter();

    MemoryRecord(String epoch) {
        this.epoch = epoch;
    }

    /** Seq 1. */
    MemoryRecord began(Optional<String> previous) {
        return entry(
                EntryHead.EPOCH_BEGAN,
                body -> {
                    previous.ifPresent(name -> body.key(0).text(name));
                    body.key(1).text("first-start");
                });
    }

    /** Rounds of one sensor, up to this size. */
    MemoryRecord roundsTo(int size) {
        while (entries.size() < size) {
            round(entries.size() % 200 - 18_000);
        }
        return this;
    }

    MemoryRecord round(int milliCelsius) {
        return entry(
                4,
                body -> {
                    body.key(0).array(1).array(7).integer(0).text("freezer-1").integer(0);
                    body.integer(milliCelsius).integer(milliCelsius).integer(1_000).integer(0);
                });
    }

    MemoryRecord gap(String ofEpoch, long from, long to) {
        return entry(
                EntryHead.GAP,
                body -> {
                    body.key(0).bytes(HexFormat.of().parseHex(ofEpoch));
                    body.key(2).array(2).integer(from).integer(to);
                    body.key(3).integer(to - from + 1).key(4).text("thinned");
                });
    }

    /** A gap of the reading lane that speaks of some of its range only. */
    MemoryRecord thinned(String ofEpoch, long from, long to, long count) {
        return entry(
                EntryHead.GAP,
                body -> {
                    body.key(0).bytes(HexFormat.of().parseHex(ofEpoch)).key(1).integer(1);
                    body.key(2).array(2).integer(from).integer(to);
                    body.key(3).integer(count).key(4).text("thinned");
                });
    }

    MemoryRecord entry(long kind, Consumer<CborWriter> body) {
        return append(bytes(1, epoch, entries.size() + 1, kind, entries.size() * ROUND_NS, body));
    }

    byte[] bytes(
            long v, String ofEpoch, long seq, long kind, long keptNs, Consumer<CborWriter> body) {
        out.reset().mapStart().key(0).integer(v).key(1).bytes(HexFormat.of().parseHex(ofEpoch));
        out.key(2).integer(seq).key(3).integer(kind).key(4).integer(0);
        out.key(5).bytes(HexFormat.of().parseHex(BOOT)).key(6).integer(keptNs);
        out.key(7).integer(1_795_000_000_000L + keptNs / 1_000_000).key(8).integer(0);
        body.accept(out.key(10).mapStart());
        return out.mapEnd().mapEnd().toBytes();
    }

    MemoryRecord append(byte[] bytes) {
        entries.add(Optional.of(bytes));
        leaves.add(Merkle.leaf(bytes));
        return this;
    }

    /** Forgets entries; of their tree the largest subtrees stay. */
    MemoryRecord drop(long from, long to) {
        for (var seq = from; seq <= to; seq++) {
            entries.set((int) seq - 1, Optional.empty());
        }
        kept.addAll(Tree.cover(from - 1, to));
        return this;
    }

    /** As a forger does it: the tree is that of the new bytes. */
    MemoryRecord rewrite(long seq, byte[] bytes) {
        entries.set((int) seq - 1, Optional.of(bytes));
        leaves.set((int) seq - 1, Merkle.leaf(bytes));
        return this;
    }

    int size() {
        return entries.size();
    }

    Optional<byte[]> entry(long seq) {
        return entries.get((int) seq - 1);
    }

    /** The root as the device knew it when the tree had this size. */
    byte[] root(long size) {
        var frontier = new Frontier();
        leaves.subList(0, (int) size).forEach(leaf -> frontier.append(leaf, (_, _) -> {}));
        return frontier.root();
    }

    /** What the store knows: leaves that exist, level 8, and what was kept of the dropped. */
    Hashes hashes() {
        return (level, index) -> {
            if (level == 0 && index < size() && entries.get((int) index).isPresent()) {
                return Optional.of(leaves.get((int) index));
            }
            var node = new Node(level, index);
            var known = kept.contains(node) || level == Node.KEPT_LEVEL;
            return known && node.to() <= size() ? Optional.of(naive(node)) : Optional.empty();
        };
    }

    private byte[] naive(Node node) {
        return node.level() == 0
                ? leaves.get((int) node.index())
                : Merkle.node(naive(node.left()), naive(node.right()));
    }
}
