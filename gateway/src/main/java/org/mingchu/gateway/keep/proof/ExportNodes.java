package org.mingchu.gateway.keep.proof;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
    private final NavigableMap<Node, Taken> found = new TreeMap<>();

    /** A node that is given. */
    private static final class Taken {
        private final byte[] hash;

        /** It stands over leaves that are present and are not used: others are lost. */
        private final boolean unproven;

        Taken(byte[] hash, boolean unproven) {
            this.hash = hash.clone();
            this.unproven = unproven;
        }
    }

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
        if (found.entrySet().stream()
                .anyMatch(node -> node.getValue().unproven && cuts(size, node.getKey()))) {
            return false; // it would need leaves that count for no root
        }
        var needed = new TreeMap<Node, Taken>();
        for (var node : Tree.cover(0, size)) {
            if (!take(node, needed)) {
                return false;
            }
        }
        found.putAll(needed);
        return true;
    }

    private static boolean cuts(long size, Node node) {
        return node.from() < size && size < node.to();
    }

    /** The largest size up to {@code size} whose root can be computed; takes what it needs. */
    long provable(long size) {
        for (var node : Tree.cover(0, size)) {
            if (!take(node, found)) {
                return upTo(node);
            }
        }
        return size;
    }

    private long upTo(Node broken) {
        if (broken.level() == 0) {
            return broken.from();
        }
        return upTo(take(broken.left(), found) ? broken.right() : broken.left());
    }

    /** What of a span no root proves. */
    Extent extent(Span span, long proven) {
        var runs = new ArrayList<Problem.Seqs>();
        found.entrySet().stream()
                .filter(node -> node.getValue().unproven)
                .map(Map.Entry::getKey)
                .sorted(Comparator.comparingLong(Node::from).thenComparingInt(Node::level))
                .forEach(node -> add(runs, span, proven, node));
        return new Extent(proven, runs);
    }

    private static void add(List<Problem.Seqs> runs, Span span, long proven, Node node) {
        var after = runs.isEmpty() ? 1 : runs.getLast().to() + 1;
        var from = Math.max(Math.max(node.from() + 1, span.from()), after);
        var to = Math.min(Math.min(node.to(), span.to()), proven);
        if (from <= to) {
            runs.add(new Problem.Seqs(from, to));
        }
    }

    /** All nodes, with the complete ones of level 8 that tell where a fault is. */
    NavigableMap<Node, byte[]> all() {
        var all = new TreeMap<Node, byte[]>();
        found.forEach((node, taken) -> all.put(node, taken.hash));
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

    private boolean take(Node node, Map<Node, Taken> needed) {
        if (found.containsKey(node) || allPresent(node)) {
            return true;
        }
        if (nonePresent(node)) {
            var hash = tree.hash(node);
            hash.ifPresent(bytes -> needed.put(node, new Taken(bytes, false)));
            return hash.isPresent();
        }
        var halves = new TreeMap<Node, Taken>();
        if (take(node.left(), halves) && take(node.right(), halves)) {
            needed.putAll(halves);
            return true;
        }
        return instead(node, needed);
    }

    /** Leaves are lost: the hash of the subtree, kept when it was whole, proves what is beside. */
    private boolean instead(Node node, Map<Node, Taken> needed) {
        if (node.level() < Node.KEPT_LEVEL) {
            return false;
        }
        var kept = hashes.node(node.level(), node.index());
        kept.ifPresent(hash -> needed.put(node, new Taken(hash, true)));
        return kept.isPresent();
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
