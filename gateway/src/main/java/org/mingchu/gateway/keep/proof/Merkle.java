package org.mingchu.gateway.keep.proof;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;

/**
 * The hashes of RFC 6962 section 2.1 with SHA-256, and the checks of RFC 9162 sections 2.1.3.2 and
 * 2.1.4.2 for the proofs that {@link Tree} makes. Pure functions.
 */
public final class Merkle {
    /** Length of every hash, bytes. */
    public static final int HASH_BYTES = 32;

    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private Merkle() {}

    /** The hash of an entry's bytes. */
    public static byte[] leaf(byte[] entry) {
        var sha256 = sha256();
        sha256.update(LEAF);
        return sha256.digest(entry);
    }

    /** The hash of two subtrees side by side. */
    public static byte[] node(byte[] left, byte[] right) {
        var sha256 = sha256();
        sha256.update(NODE);
        sha256.update(left);
        return sha256.digest(right);
    }

    /** The root of a tree without leaves. */
    public static byte[] emptyRoot() {
        return sha256().digest();
    }

    /**
     * Whether {@code leaf} is number {@code index} of a tree of {@code size} leaves with this root.
     *
     * @param index from 0
     */
    public static boolean includes(
            byte[] root, long size, long index, byte[] leaf, List<byte[]> proof) {
        if (index < 0 || index >= size) {
            return false;
        }
        var at = index;
        var last = size - 1;
        var hash = leaf;
        for (var step : proof) {
            if (last == 0 || step.length != HASH_BYTES) {
                return false;
            }
            if ((at & 1) == 1 || at == last) {
                hash = node(step, hash);
                while ((at & 1) == 0 && at != 0) {
                    at >>>= 1;
                    last >>>= 1;
                }
            } else {
                hash = node(hash, step);
            }
            at >>>= 1;
            last >>>= 1;
        }
        return last == 0 && Arrays.equals(hash, root);
    }

    /**
     * Whether a tree of {@code size} leaves begins with the tree of {@code oldSize} leaves: nothing
     * of it was changed, only appended.
     */
    public static boolean extendsTree(
            byte[] oldRoot, long oldSize, byte[] root, long size, List<byte[]> proof) {
        if (oldSize < 0 || oldSize > size) {
            return false;
        }
        if (oldSize == 0) {
            return proof.isEmpty() && Arrays.equals(oldRoot, emptyRoot());
        }
        if (oldSize == size) {
            return proof.isEmpty() && Arrays.equals(oldRoot, root);
        }
        return extendsProper(oldRoot, oldSize, root, size, proof);
    }

    private static boolean extendsProper(
            byte[] oldRoot, long oldSize, byte[] root, long size, List<byte[]> proof) {
        if (proof.stream().anyMatch(step -> step.length != HASH_BYTES)) {
            return false;
        }
        // A complete old tree is a subtree of the new one: the proof does not repeat its root.
        var complete = Long.bitCount(oldSize) == 1;
        if (!complete && proof.isEmpty()) {
            return false;
        }
        var shift = Long.numberOfTrailingZeros(oldSize);
        var at = (oldSize - 1) >>> shift;
        var last = (size - 1) >>> shift;
        var first = complete ? oldRoot : proof.getFirst();
        var oldHash = first;
        var hash = first;
        for (var step : complete ? proof : proof.subList(1, proof.size())) {
            if (last == 0) {
                return false;
            }
            if ((at & 1) == 1 || at == last) {
                oldHash = node(step, oldHash);
                hash = node(step, hash);
                while ((at & 1) == 0 && at != 0) {
                    at >>>= 1;
                    last >>>= 1;
                }
            } else {
                hash = node(hash, step);
            }
            at >>>= 1;
            last >>>= 1;
        }
        return last == 0 && Arrays.equals(oldHash, oldRoot) && Arrays.equals(hash, root);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
