package org.mingchu.gateway.keep.proof;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The hashes of an export's epoch as section 5 of export.md computes them: from leaves where there
 * are any, and from a given node only where it covers none. 32 bytes for each present leaf. One
 * thread.
 */
final class RangeHashes implements Hashes {
    /** The longest range of one epoch: 5 years of a round every 10 s, 512 MiB of leaves. */
    static final long MAX_LEAVES = 1 << 24;

    private static final int CHUNK = 1 << Node.KEPT_LEVEL;
    private static final byte[] GONE = new byte[Merkle.HASH_BYTES];

    private final Span span;
    private final Extent extent;
    private final long firstChunk;
    private final byte[][] chunks;

    /** How many leaves that count are present in the chunks before this one. */
    private final long[] presentBefore;

    private final Map<Node, byte[]> given = new HashMap<>();
    private final Map<Node, Optional<byte[]>> made = new HashMap<>();

    RangeHashes(Span span, Extent extent) throws IOException {
        if (span.length() > MAX_LEAVES) {
            throw new IOException(span.length() + " leaves; at most " + MAX_LEAVES);
        }
        this.span = span;
        this.extent = extent;
        this.firstChunk = (span.from() - 1) / CHUNK;
        var count = span.length() == 0 ? 0 : (int) ((span.to() - 1) / CHUNK - firstChunk + 1);
        this.chunks = new byte[count][];
        this.presentBefore = new long[count + 1];
    }

    /** Takes {@code leaves.bin}, which must be as long as the span. */
    void load(InputStream leaves) throws IOException {
        var in = new BufferedInputStream(leaves, 1 << 16);
        for (var seq = span.from(); seq <= span.to(); seq++) {
            var leaf = in.readNBytes(Merkle.HASH_BYTES);
            if (leaf.length != Merkle.HASH_BYTES) {
                throw new IOException("it ends at seq " + seq + " of " + span.to());
            }
            put(seq, leaf);
        }
        if (in.read() >= 0) {
            throw new IOException("it goes on after seq " + span.to());
        }
    }

    private void put(long seq, byte[] leaf) {
        var chunk = chunk(seq);
        if (!Arrays.equals(leaf, GONE)) {
            if (chunks[chunk] == null) {
                chunks[chunk] = new byte[CHUNK * Merkle.HASH_BYTES];
            }
            System.arraycopy(leaf, 0, chunks[chunk], offset(seq), leaf.length);
            presentBefore[chunk + 1] += extent.counts(seq) ? 1 : 0;
        }
        if (seq % CHUNK == 0 || seq == span.to()) {
            presentBefore[chunk + 1] += presentBefore[chunk];
        }
    }

    void give(Node node, byte[] hash) {
        given.put(node, hash);
    }

    Map<Node, byte[]> given() {
        return given;
    }

    /** The leaf of a seq; empty when it is gone, or not asked for. */
    Optional<byte[]> leaf(long seq) {
        if (!present(seq)) {
            return Optional.empty();
        }
        var from = offset(seq);
        return Optional.of(Arrays.copyOfRange(chunks[chunk(seq)], from, from + Merkle.HASH_BYTES));
    }

    boolean present(long seq) {
        if (!span.has(seq) || chunks[chunk(seq)] == null) {
            return false;
        }
        var from = offset(seq);
        return !Arrays.equals(chunks[chunk(seq)], from, from + GONE.length, GONE, 0, GONE.length);
    }

    /** Whether its leaf is used for roots. */
    private boolean counts(long seq) {
        return present(seq) && extent.counts(seq);
    }

    /** The next present seq from {@code seq} on; one after the span when there is none. */
    long nextPresent(long seq) {
        var at = seq;
        while (span.has(at) && !present(at)) {
            at = chunks[chunk(at)] == null ? ((at - 1) / CHUNK + 1) * CHUNK + 1 : at + 1;
        }
        return Math.min(at, span.to() + 1);
    }

    /** Whether all leaves of a node are present, and count. */
    boolean whole(Node node) {
        return presentIn(node) == node.to() - node.from();
    }

    @Override
    public Optional<byte[]> node(int level, long index) {
        var node = new Node(level, index);
        if (level == 0) {
            return counts(index + 1) ? leaf(index + 1) : givenOver(node);
        }
        if (level < Node.KEPT_LEVEL) {
            return make(node);
        }
        var known = made.get(node);
        if (known == null) {
            known = make(node);
            made.put(node, known);
        }
        return known;
    }

    private Optional<byte[]> make(Node node) {
        var over = givenOver(node);
        if (over.isPresent()) {
            return over;
        }
        var left = node(node.level() - 1, node.index() << 1);
        if (left.isEmpty()) {
            return left;
        }
        return node(node.level() - 1, (node.index() << 1) + 1)
                .map(right -> Merkle.node(left.get(), right));
    }

    private Optional<byte[]> givenOver(Node node) {
        var hash = given.get(node);
        return hash != null && presentIn(node) == 0 ? Optional.of(hash) : Optional.empty();
    }

    private long presentIn(Node node) {
        var from = Math.max(node.from() + 1, span.from());
        var to = Math.min(node.to(), span.to());
        if (from > to) {
            return 0;
        }
        if (node.level() >= Node.KEPT_LEVEL) {
            return presentBefore[chunk(to) + 1] - presentBefore[chunk(from)];
        }
        var count = 0;
        for (var seq = from; seq <= to; seq++) {
            count += counts(seq) ? 1 : 0;
        }
        return count;
    }

    private int chunk(long seq) {
        return (int) ((seq - 1) / CHUNK - firstChunk);
    }

    private static int offset(long seq) {
        return (int) ((seq - 1) % CHUNK) * Merkle.HASH_BYTES;
    }
}
