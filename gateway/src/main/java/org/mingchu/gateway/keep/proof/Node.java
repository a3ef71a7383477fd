package org.mingchu.gateway.keep.proof;

import java.util.Comparator;

/**
 * The place of a perfect subtree: over the leaves {@link #from} to {@link #to}, {@code to}
 * excluded. Immutable; ordered by level, then index.
 *
 * @param level 0 for a leaf, at most {@value #MAX_LEVEL}
 * @param index from 0, within the level
 */
public record Node(int level, long index) implements Comparable<Node> {
    /** 2^40 leaves: what a journal counts at most in one epoch. */
    public static final int MAX_LEVEL = 40;

    /** From this level on nodes are worth keeping: 256 leaves. */
    public static final int KEPT_LEVEL = 8;

    private static final Comparator<Node> ORDER =
            Comparator.comparingInt(Node::level).thenComparingLong(Node::index);

    public Node {
        if (level < 0 || level > MAX_LEVEL || index < 0 || index > 1L << (MAX_LEVEL - level)) {
            throw new IllegalArgumentException("no node " + level + ", " + index);
        }
    }

    /** Index of the first leaf. */
    public long from() {
        return index << level;
    }

    /** Index after the last leaf. */
    public long to() {
        return (index + 1) << level;
    }

    /** The first half; only of a level above 0. */
    public Node left() {
        return new Node(level - 1, index << 1);
    }

    /** The second half; only of a level above 0. */
    public Node right() {
        return new Node(level - 1, (index << 1) + 1);
    }

    @Override
    public int compareTo(Node other) {
        return ORDER.compare(this, other);
    }
}
