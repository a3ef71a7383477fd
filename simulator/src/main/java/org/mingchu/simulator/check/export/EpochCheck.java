package org.mingchu.simulator.check.export;

import org.mingchu.simulator.check.export.Tree.Node;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Checks 1, 2, 4 and 6 of one epoch, and what the other checks need of it. One thread. */
final class EpochCheck {
    private static final int BLOCK_LEVEL = 8;

    private final Archive archive;
    private final Manifest.Epoch epoch;
    private final Consumer<Problem> problems;
    private final Map<Node, byte[]> nodes =
            new TreeMap<>(Comparator.comparingInt(Node::level).thenComparingLong(Node::index));
    private final TreeMap<Long, EntryRead> entries = new TreeMap<>();
    private final Set<Long> bad = new HashSet<>();
    private final List<EntryRead> outside = new ArrayList<>();
    private final Tree tree;

    EpochCheck(Archive archive, Manifest.Epoch epoch, Consumer<Problem> problems) {
        this.archive = archive;
        this.epoch = epoch;
        this.problems = problems;
        readNodes();
        tree = new Tree(epoch, leaves(), nodes);
        readEntries();
        leavesHaveEntries();
        blocks();
        times();
        gapsOutside();
    }

    Manifest.Epoch epoch() {
        return epoch;
    }

    Tree tree() {
        return tree;
    }

    /** Entries that are sound and whose leaf holds. */
    Iterable<EntryRead> sound() {
        var all = new ArrayList<>(entries.values());
        all.addAll(outside);
        return all;
    }

    Optional<EntryRead> entry(long seq) {
        return Optional.ofNullable(entries.get(seq));
    }

    private String name(String file) {
        return epoch.id() + "/" + file;
    }

    private byte[] file(String file) {
        var bytes = archive.file(name(file));
        if (bytes.isEmpty()) {
            problems.accept(Problem.in(name(file), "it is not there").of(Optional.of(epoch.id())));
        }
        return bytes.orElse(new byte[0]);
    }

    private void wrong(String file, String why) {
        problems.accept(Problem.in(name(file), why).of(Optional.of(epoch.id())));
    }

    private void wrong(long seq, String file, String why) {
        problems.accept(Problem.at(epoch.id(), seq, seq, name(file), why));
    }

    private byte[] leaves() {
        var bytes = file("leaves.bin");
        var length = epoch.count() * Tree.HASH_BYTES;
        if (bytes.length != length) {
            wrong("leaves.bin", "%d bytes, expected %d".formatted(bytes.length, length));
        }
        return Arrays.copyOf(bytes, length);
    }

    private void readNodes() {
        var cbor = new Cbor(file("nodes.cbor"));
        try {
            Node before = new Node(-1, 0);
            while (cbor.hasNext()) {
                if (!(cbor.next() instanceof List<?> node
                        && node.size() == 3
                        && node.get(0) instanceof Long level
                        && node.get(1) instanceof Long index
                        && node.get(2) instanceof byte[] hash
                        && hash.length == Tree.HASH_BYTES)) {
                    throw new Cbor.Malformed("no node");
                }
                var at = new Node((int) Math.clamp(level, -1L, 63L), index);
                var ascends =
                        at.level() > before.level()
                                || (at.level() == before.level() && index > before.index());
                if (!at.isSound() || !ascends) {
                    throw new Cbor.Malformed("a node that cannot be there");
                }
                nodes.put(at, hash);
                before = at;
            }
        } catch (Cbor.Malformed e) {
            wrong("nodes.cbor", e.why());
        }
    }

    private void readEntries() {
        var cbor = new Cbor(file("entries.cbor"));
        long last = 0;
        try {
            while (cbor.hasNext()) {
                if (!(cbor.next() instanceof byte[] bytes)) {
                    throw new Cbor.Malformed("an item that is no byte string");
                }
                last = readEntry(bytes, last);
            }
        } catch (Cbor.Malformed e) {
            wrong("entries.cbor", e.why());
        }
    }

    /** The seq of this entry, or of the last one when it has none. */
    private long readEntry(byte[] bytes, long last) {
        try {
            var entry = EntryRead.of(bytes);
            if (!entry.epoch().equals(epoch.id())) {
                wrong("entries.cbor", "an entry of epoch " + entry.epoch());
                return last;
            }
            var seq = entry.seq();
            if (!epoch.holds(seq) || seq <= last) {
                wrong(seq, "entries.cbor", "not after the one before, or not of from..to");
                return last;
            }
            if (!tree.isPresent(seq)) {
                wrong(seq, "entries.cbor", "an entry whose leaf is gone");
            } else if (!Arrays.equals(tree.leaf(seq), entry.leaf())) {
                wrong(seq, "entries.cbor", "changed: its leaf is another one");
            } else {
                entries.put(seq, entry);
                return seq;
            }
            bad.add(seq);
            return seq;
        } catch (Cbor.Malformed e) {
            // Its place may be known by its leaf.
            var leaf = Tree.leafOf(bytes);
            for (long seq = last + 1; seq <= epoch.to(); seq++) {
                if (tree.isPresent(seq) && Arrays.equals(tree.leaf(seq), leaf)) {
                    wrong(seq, "entries.cbor", "no entry: " + e.why());
                    bad.add(seq);
                    return seq;
                }
            }
            wrong("entries.cbor", "no entry: " + e.why());
            return last;
        }
    }

    private void leavesHaveEntries() {
        for (long seq = epoch.from(); seq <= epoch.to(); seq++) {
            if (tree.isPresent(seq) && !entries.containsKey(seq) && !bad.contains(seq)) {
                wrong(seq, "entries.cbor", "removed: its leaf is there and it is not");
            }
        }
    }

    private void blocks() {
        nodes.forEach((node, hash) -> {
            if (node.level() == BLOCK_LEVEL
                    && tree.isWholly(node)
                    && !tree.hash(node).filter(h -> Arrays.equals(h, hash)).isPresent()) {
                problems.accept(
                        Problem.somewhere(
                                epoch.id(),
                                node.first() + 1,
                                node.end(),
                                name("nodes.cbor"),
                                "the hash of these leaves is another one"));
            }
        });
    }

    private void times() {
        var last = new HashMap<String, Long>();
        for (var entry : entries.values()) {
            entry.boot()
                    .ifPresent(boot -> {
                        var before = last.put(boot, entry.keptNs());
                        if (before != null && before > entry.keptNs()) {
                            wrong(entry.seq(), "entries.cbor", "kept before the one before it");
                        }
                    });
        }
    }

    private void gapsOutside() {
        if (archive.file(name("gaps.cbor")).isEmpty()) {
            return;
        }
        var cbor = new Cbor(file("gaps.cbor"));
        try {
            while (cbor.hasNext()) {
                if (!(cbor.next() instanceof List<?> gap
                        && gap.size() == 2
                        && gap.get(0) instanceof byte[] bytes
                        && gap.get(1) instanceof List<?> path)) {
                    throw new Cbor.Malformed("no gap with its proof");
                }
                gapOutside(EntryRead.of(bytes), path);
            }
        } catch (Cbor.Malformed e) {
            wrong("gaps.cbor", e.why());
        }
    }

    private void gapOutside(EntryRead entry, List<?> path) {
        var hashes = new ArrayList<byte[]>();
        for (var item : path) {
            if (item instanceof byte[] hash && hash.length == Tree.HASH_BYTES) {
                hashes.add(hash);
            }
        }
        var proven =
                hashes.size() == path.size()
                        && tree.root(epoch.proven())
                                .filter(root ->
                                        Tree.includes(
                                                entry.leaf(),
                                                entry.seq() - 1,
                                                epoch.proven(),
                                                hashes,
                                                root))
                                .isPresent();
        if (!entry.epoch().equals(epoch.id())
                || epoch.holds(entry.seq())
                || entry.gap().isEmpty()) {
            wrong("gaps.cbor", "an entry that is no gap of this epoch outside from..to");
        } else if (!proven) {
            wrong(entry.seq(), "gaps.cbor", "its proof does not hold");
        } else {
            outside.add(entry);
        }
    }
}
