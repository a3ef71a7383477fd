package org.mingchu.gateway.keep.proof;

import java.util.Optional;

/**
 * The right edge of a growing tree: at most one hash for each level, enough to append leaves and to
 * name the root, whatever the size. One thread.
 */
public final class Frontier {
    private final byte[][] perfect = new byte[Node.MAX_LEVEL + 1][];
    private long size;

    /** An empty tree. */
    public Frontier() {}

    /** Hears which subtrees are complete. */
    @FunctionalInterface
    public interface Completed {
        /** A perfect subtree has got its last leaf. */
        void node(Node node, byte[] hash);
    }

    /** The edge of a tree that has grown to {@code size}; empty when hashes are missing. */
    public static Optional<Frontier> at(long size, Hashes hashes) {
        var tree = new Tree(hashes);
        var frontier = new Frontier();
        for (var node : Tree.cover(0, size)) {
            var hash = tree.hash(node);
            if (hash.isEmpty()) {
                return Optional.empty();
            }
            frontier.perfect[node.level()] = hash.get();
        }
        frontier.size = size;
        return Optional.of(frontier);
    }

    /** How many leaves there are. */
    public long size() {
        return size;
    }

    /**
     * Appends a leaf's hash. Subtrees of level {@value Node#KEPT_LEVEL} and above that it completes
     * are reported, from the lowest up.
     */
    public void append(byte[] leaf, Completed completed) {
        var hash = leaf;
        var level = 0;
        for (; (size >>> level & 1) == 1; level++) {
            hash = Merkle.node(perfect[level], hash);
            if (level + 1 >= Node.KEPT_LEVEL) {
                completed.node(new Node(level + 1, size >>> (level + 1)), hash);
            }
        }
        perfect[level] = hash;
        size++;
    }

    /** The root of all leaves so far. */
    public byte[] root() {
        if (size == 0) {
            return Merkle.emptyRoot();
        }
        var lowest = Long.numberOfTrailingZeros(size);
        var hash = perfect[lowest];
        for (var level = lowest + 1; level <= Node.MAX_LEVEL; level++) {
            if ((size >>> level & 1) == 1) {
                hash = Merkle.node(perfect[level], hash);
            }
        }
        return hash;
    }

    /** The same edge, to go on by itself. */
    public Frontier copy() {
        var copy = new Frontier();
        System.arraycopy(perfect, 0, copy.perfect, 0, perfect.length);
        copy.size = size;
        return copy;
    }
}
