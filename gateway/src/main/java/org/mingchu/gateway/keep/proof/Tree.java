package org.mingchu.gateway.keep.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Roots and proofs of RFC 6962 section 2.1 from the hashes that are known. A hash that is not known
 * is made of its two halves, down to the leaves; an empty answer says that some are missing. As
 * safe for threads as its hashes.
 */
public final class Tree {
    private final Hashes hashes;

    public Tree(Hashes hashes) {
        this.hashes = hashes;
    }

    /** The largest perfect subtrees that make up the leaves [from, to), in order. */
    public static List<Node> cover(long from, long to) {
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("no range " + from + ".." + to);
        }
        var cover = new ArrayList<Node>();
        for (var at = from; at < to; at = cover.getLast().to()) {
            var aligned = at == 0 ? Node.MAX_LEVEL : Long.numberOfTrailingZeros(at);
            var fitting = Long.SIZE - 1 - Long.numberOfLeadingZeros(to - at);
            var level = Math.min(aligned, fitting);
            cover.add(new Node(level, at >>> level));
        }
        return cover;
    }

    /** The hash of one perfect subtree. */
    public Optional<byte[]> hash(Node node) {
        var known = hashes.node(node.level(), node.index());
        if (known.isPresent() || node.level() == 0) {
            return known;
        }
        return hash(node.left())
                .flatMap(left -> hash(node.right()).map(right -> Merkle.node(left, right)));
    }

    /** The root of the first {@code size} leaves. */
    public Optional<byte[]> root(long size) {
        return size == 0 ? Optional.of(Merkle.emptyRoot()) : hash(0, size);
    }

    /** RFC 6962 section 2.1.1: leaf {@code index} is in the tree of {@code size} leaves. */
    public Optional<List<byte[]>> inclusion(long index, long size) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("no leaf " + index + " among " + size);
        }
        var proof = new ArrayList<Optional<byte[]>>();
        path(index, 0, size, proof);
        return all(proof);
    }

    /** RFC 6962 section 2.1.2: the tree of {@code size} begins with that of {@code oldSize}. */
    public Optional<List<byte[]>> consistency(long oldSize, long size) {
        if (oldSize < 0 || oldSize > size) {
            throw new IllegalArgumentException("no tree of " + oldSize + " within " + size);
        }
        var proof = new ArrayList<Optional<byte[]>>();
        if (oldSize > 0 && oldSize < size) {
            subproof(oldSize, 0, size, true, proof);
        }
        return all(proof);
    }

    private void path(long index, long from, long to, List<Optional<byte[]>> proof) {
        if (to - from == 1) {
            return;
        }
        var middle = from + split(to - from);
        if (index < middle) {
            path(index, from, middle, proof);
            proof.add(hash(middle, to));
        } else {
            path(index, middle, to, proof);
            proof.add(hash(from, middle));
        }
    }

    private void subproof(
            long oldTo, long from, long to, boolean whole, List<Optional<byte[]>> proof) {
        if (oldTo == to) {
            if (!whole) {
                proof.add(hash(from, to));
            }
            return;
        }
        var middle = from + split(to - from);
        if (oldTo <= middle) {
            subproof(oldTo, from, middle, whole, proof);
            proof.add(hash(middle, to));
        } else {
            subproof(oldTo, middle, to, false, proof);
            proof.add(hash(from, middle));
        }
    }

    /** Of leaves [from, to), where {@code from} is a place at which a tree was split. */
    private Optional<byte[]> hash(long from, long to) {
        var parts = cover(from, to);
        var hash = hash(parts.getLast());
        for (var i = parts.size() - 2; i >= 0 && hash.isPresent(); i--) {
            var right = hash.get();
            hash = hash(parts.get(i)).map(left -> Merkle.node(left, right));
        }
        return hash;
    }

    /** The largest power of two below {@code size}. */
    private static long split(long size) {
        return Long.highestOneBit(size - 1);
    }

    private static Optional<List<byte[]>> all(List<Optional<byte[]>> proof) {
        return proof.stream().allMatch(Optional::isPresent)
                ? Optional.of(proof.stream().map(Optional::orElseThrow).toList())
                : Optional.empty();
    }
}
