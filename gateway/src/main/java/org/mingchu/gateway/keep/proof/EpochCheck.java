package org.mingchu.gateway.keep.proof;

import org.mingchu.gateway.keep.cbor.Cbor;
import org.mingchu.gateway.keep.cbor.CborReader;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The judgement of one epoch, except what needs the others. One thread. */
final class EpochCheck {
    /** Nodes of one epoch, and their file: 64 bytes each are more than enough. */
    private static final int MAX_NODES = 1 << 20;

    private static final int MAX_NODES_FILE = MAX_NODES * 64;
    private static final int MAX_GAPS_FILE = 64 << 20;

    private final ExportArchive archive;
    private final Findings findings;
    private final Keys keys;
    private final Span span;
    private final String origin;
    private final Extent extent;

    EpochCheck(
            ExportArchive archive,
            Findings findings,
            Keys keys,
            Span span,
            String origin,
            Extent extent) {
        this.archive = archive;
        this.findings = findings;
        this.keys = keys;
        this.span = span;
        this.origin = origin;
        this.extent = extent;
    }

    /**
     * What the other epochs need to know of this one.
     *
     * @param gaps what its entries account for, in any epoch
     * @param gone runs of its own seqs that are not there
     */
    record Result(
            Span span,
            Optional<EntryHead> first,
            List<EntryHead.Gap> gaps,
            List<Problem.Seqs> gone,
            Optional<Report.Witnessed> witnessed) {}

    Result run() {
        RangeHashes hashes;
        try {
            hashes = new RangeHashes(span, extent);
        } catch (IOException e) {
            findings.add(
                    Problem.inFile(
                            span.epoch() + ExportFile.LEAVES, String.valueOf(e.getMessage())));
            return new Result(span, Optional.empty(), List.of(), List.of(), Optional.empty());
        }
        archive.read(
                span.epoch() + ExportFile.LEAVES,
                in -> {
                    hashes.load(in);
                    return true;
                });
        archive.small(span.epoch() + ExportFile.NODES, MAX_NODES_FILE)
                .ifPresent(bytes -> nodes(bytes, hashes));
        var entries = new EntryCheck(span, hashes, findings);
        archive.read(span.epoch() + ExportFile.ENTRIES, entries::read);
        blocks(hashes);
        var witnessed = new NoteCheck(archive, findings, keys, span, origin, hashes, extent).read();
        var gaps = new ArrayList<>(entries.gaps());
        gaps.addAll(gapsElsewhere(hashes));
        return new Result(span, entries.first(), gaps, gone(hashes), witnessed);
    }

    private void nodes(byte[] bytes, RangeHashes hashes) {
        var in = new CborReader(bytes);
        Optional<Node> last = Optional.empty();
        try {
            while (in.more()) {
                if (in.array() != 3) {
                    throw new Cbor.Malformed("a node has three parts");
                }
                var node = node(in.integer(), in.integer());
                var hash = in.bytes();
                if (hash.length != Merkle.HASH_BYTES
                        || last.filter(before -> before.compareTo(node) >= 0).isPresent()) {
                    throw new Cbor.Malformed("nodes out of order, or no hash, at " + node);
                }
                hashes.give(node, hash);
                last = Optional.of(node);
            }
        } catch (Cbor.Malformed e) {
            findings.add(
                    Problem.inFile(
                            span.epoch() + ExportFile.NODES, String.valueOf(e.getMessage())));
        }
    }

    private static Node node(long level, long index) {
        if (level < 0 || level > Node.MAX_LEVEL || index < 0 || index >= Span.MAX_SIZE >> level) {
            throw new Cbor.Malformed("no node " + level + ", " + index);
        }
        return new Node((int) level, index);
    }

    private void blocks(RangeHashes hashes) {
        hashes.given().keySet().stream()
                .filter(node -> node.level() == Node.KEPT_LEVEL && hashes.whole(node))
                .sorted()
                .forEach(node -> block(node, hashes));
    }

    private void block(Node node, RangeHashes hashes) {
        var same =
                hashes.node(node.level(), node.index())
                        .filter(hash -> Arrays.equals(hash, hashes.given().get(node)));
        if (same.isEmpty()) {
            findings.add(
                    Problem.somewhereIn(
                            span.epoch(),
                            node.from() + 1,
                            node.to(),
                            span.epoch() + ExportFile.NODES,
                            "one of these is not as it was when its block was complete"));
        }
    }

    private List<Problem.Seqs> gone(RangeHashes hashes) {
        var gone = new ArrayList<Problem.Seqs>();
        for (var seq = span.from(); seq <= span.to(); seq++) {
            var present = hashes.nextPresent(seq);
            if (present > seq) {
                gone.add(new Problem.Seqs(seq, present - 1));
            }
            seq = present;
        }
        return gone;
    }

    private List<EntryHead.Gap> gapsElsewhere(RangeHashes hashes) {
        var file = span.epoch() + ExportFile.GAPS;
        var gaps = new ArrayList<EntryHead.Gap>();
        if (!archive.files().containsKey(file)) {
            return gaps;
        }
        var root = new Tree(hashes).root(extent.proven());
        try {
            var in = new CborReader(archive.small(file, MAX_GAPS_FILE).orElse(new byte[0]));
            while (in.more()) {
                gaps.add(gap(in, root));
            }
        } catch (Cbor.Malformed e) {
            findings.add(Problem.inFile(file, String.valueOf(e.getMessage())));
        }
        return gaps;
    }

    private EntryHead.Gap gap(CborReader in, Optional<byte[]> root) {
        if (in.array() != 2) {
            throw new Cbor.Malformed("a proven gap has two parts");
        }
        var bytes = in.bytes();
        var steps = in.array();
        var proof = new ArrayList<byte[]>();
        for (var i = 0; i < steps; i++) {
            proof.add(in.bytes());
        }
        var head = EntryHead.read(bytes);
        if (!head.epoch().equals(span.epoch()) || span.has(head.seq()) || head.gap().isEmpty()) {
            throw new Cbor.Malformed("seq " + head.seq() + " is no gap from elsewhere");
        }
        var leaf = Merkle.leaf(bytes);
        if (root.filter(r -> Merkle.includes(r, extent.proven(), head.seq() - 1, leaf, proof))
                .isEmpty()) {
            throw new Cbor.Malformed("seq " + head.seq() + " is not proven to be in the tree");
        }
        return head.gap().get();
    }
}
