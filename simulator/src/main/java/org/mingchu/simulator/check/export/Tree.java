package org.mingchu.simulator.check.export;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The tree of one epoch (RFC 6962 section 2.1), as far as the export gives it. One thread. */
final class Tree {
    static final int HASH_BYTES = 32;

    /** Nodes of this level and above are computed once. */
    private static final int REMEMBERED_LEVEL = 6;

    private static final int LEVEL_MAX = 62;
    private static final byte[] LEAF = {0};
    private static final byte[] NODE = {1};

    private final Manifest.Epoch epoch;
    private final byte[] leaves;

    /** Present leaves that count, before each seq of the range. */
    private final int[] presentBefore;

    private final Map<Node, byte[]> given;
    private final Set<Node> above = new HashSet<>();
    private final Map<Node, Optional<byte[]>> computed = new HashMap<>();

    /** The perfect subtree over the leaves [index << level, (index + 1) << level). */
    record Node(int level, long index) {
        long first() {
            return index << level;
        }

        long end() {
            return (index + 1) << level;
        }

        boolean isSound() {
            return level >= 0 && level <= LEVEL_MAX && index >= 0 && end() >> level == index + 1;
        }
    }

    /**
     * The tree of an epoch.
     *
     * @param leaves 32 bytes for each seq of from..to, zeroes where the entry is gone
     * @param given nodes of the export
     */
    Tree(Manifest.Epoch epoch, byte[] leaves, Map<Node, byte[]> given) {
        this.epoch = epoch;
        this.leaves = leaves;
        this.given = given;
        presentBefore = new int[epoch.count() + 1];
        for (int i = 0; i < epoch.count(); i++) {
            var counts = !isZero(i) && epoch.counts(epoch.from() + i);
            presentBefore[i + 1] = presentBefore[i] + (counts ? 1 : 0);
        }
        for (var node : given.keySet()) {
            for (var up = parent(node);
                    up.level() <= LEVEL_MAX && above.add(up);
                    up = parent(up)) {}
        }
    }

    static byte[] leafOf(byte[] entry) {
        return Archive.sha256(LEAF, entry);
    }

    static byte[] join(byte[] left, byte[] right) {
        return Archive.sha256(NODE, left, right);
    }

    private static Node parent(Node node) {
        return new Node(node.level() + 1, node.index() >> 1);
    }

    private boolean isZero(int i) {
        for (int b = i * HASH_BYTES; b < (i + 1) * HASH_BYTES; b++) {
            if (leaves[b] != 0) {
                return false;
            }
        }
        return true;
    }

    boolean isPresent(long seq) {
        return epoch.holds(seq) && !isZero(Math.toIntExact(seq - epoch.from()));
    }

    /** The leaf of a seq of from..to. */
    byte[] leaf(long seq) {
        var i = Math.toIntExact(seq - epoch.from());
        return Arrays.copyOfRange(leaves, i * HASH_BYTES, (i + 1) * HASH_BYTES);
    }

    /** Present leaves that count, of the indexes [first, end). */
    private int present(long first, long end) {
        var from = Math.clamp(first - (epoch.from() - 1), 0, epoch.count());
        var to = Math.clamp(end - (epoch.from() - 1), 0, epoch.count());
        return presentBefore[to] - presentBefore[from];
    }

    boolean isWholly(Node node) {
        return present(node.first(), node.end()) == node.end() - node.first();
    }

    /** The hash of a node, empty when it cannot be known. */
    Optional<byte[]> hash(Node node) {
        if (node.level() < REMEMBERED_LEVEL) {
            return compute(node);
        }
        var known = computed.get(node);
        if (known == null) {
            known = compute(node);
            computed.put(node, known);
        }
        return known;
    }

    private Optional<byte[]> compute(Node node) {
        var none = present(node.first(), node.end()) == 0;
        if (node.level() == 0 && !none) {
            return Optional.of(leaf(node.index() + 1));
        }
        if (none && given.containsKey(node)) {
            return Optional.ofNullable(given.get(node));
        }
        if (node.level() == 0 || (none && !above.contains(node))) {
            return Optional.empty();
        }
        var left = hash(new Node(node.level() - 1, node.index() * 2));
        return left.isEmpty()
                ? left
                : hash(new Node(node.level() - 1, node.index() * 2 + 1))
                        .map(right -> join(left.get(), right));
    }

    /** The root of the first {@code size} leaves, empty when it cannot be known. */
    Optional<byte[]> root(long size) {
        if (size == 0) {
            return Optional.of(Archive.sha256());
        }
        Optional<byte[]> root = Optional.empty();
        for (var node : perfect(size).reversed()) {
            var hash = hash(node);
            if (hash.isEmpty()) {
                return hash;
            }
            var right = root;
            root = Optional.of(right.map(r -> join(hash.get(), r)).orElse(hash.get()));
        }
        return root;
    }

    /** The perfect subtrees of the first {@code size} leaves, from the left. */
    private static List<Node> perfect(long size) {
        var nodes = new ArrayList<Node>();
        long done = 0;
        for (int level = LEVEL_MAX; level >= 0; level--) {
            if ((size >> level & 1) == 1) {
                nodes.add(new Node(level, done >> level));
                done += 1L << level;
            }
        }
        return nodes;
    }

    /** Whether a leaf is in the tree of that size and root (RFC 9162 section 2.1.3.2). */
    static boolean includes(byte[] leaf, long index, long size, List<byte[]> path, byte[] root) {
        if (index < 0 || index >= size) {
            return false;
        }
        var fn = index;
        var sn = size - 1;
        var hash = leaf;
        for (var next : path) {
            if (sn == 0) {
                return false;
            }
            if ((fn & 1) == 1 || fn == sn) {
                hash = join(next, hash);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                hash = join(hash, next);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && Arrays.equals(hash, root);
    }
}
