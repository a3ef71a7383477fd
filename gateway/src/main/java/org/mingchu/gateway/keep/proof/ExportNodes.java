package org.mingchu.gateway.keep.proof;

import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Finds the nodes that a verifier needs beside the leaves of a span, see section 5 of export.md.
 * One thread; memory grows with the number of gaps, not with that of entries.
 */
final class ExportNodes {
    private final Hashes hashes;
    private final Tree tree;
    private final NavigableMap<Node, byte[]> found = new TreeMap<>();

    /** Runs of seqs that are present: first to last. */
    private final TreeMap<Long, Long> present = new TreeMap<>();

    ExportNodes(Hashes hashes) {
        this.hashes = hashes;
        this.tree = new Tree(hashes);
    }

    /** An entry of the span is there; ascending. */
    void present(long seq) {
        var last = present.lastEntry();
        if (last != null && last.getValue() == seq - 1) {
            present.put(last.getKey(), seq);
        } else {
            present.put(seq, seq);
        }
    }

    /** Takes what the root of this size needs; false when it cannot be computed any more. */
    boolean root(long size) {
        var needed = new TreeMap<Node, byte[]>();
        for (var node : Tree.cover(0, size)) {
            if (!take(node, needed)) {
                return false;
            }
        }
        found.putAll(needed);
        return true;
    }

    /** All nodes, with the complete ones of level 8 that tell where a fault is. */
    NavigableMap<Node, byte[]> all() {
        var all = new TreeMap<>(found);
        present.forEach((from, to) -> {
            var width = 1L << Node.KEPT_LEVEL;
            var first = (from - 1 + width - 1) / width;
            for (var i = first; (i + 1) * width <= to; i++) {
                var node = new Node(Node.KEPT_LEVEL, i);
                hashes.node(node.level(), i).ifPresent(hash -> all.put(node, hash));
            }
        });
        return all;
    }

    private boolean take(Node node, Map<Node, byte[]> needed) {
        if (found.containsKey(node) || allPresent(node)) {
            return true;
        }
        if (nonePresent(node)) {
            var hash = tree.hash(node);
            hash.ifPresent(bytes -> needed.put(node, Arrays.copyOf(bytes, bytes.length)));
            return hash.isPresent();
        }
        return take(node.left(), needed) && take(node.right(), needed);
    }

    private boolean allPresent(Node node) {
        var run = present.floorEntry(node.from() + 1);
        return run != null && run.getValue() >= node.to();
    }

    private boolean nonePresent(Node node) {
        var run = present.floorEntry(node.to());
        return run == null || run.getValue() <= node.from();
    }
}
