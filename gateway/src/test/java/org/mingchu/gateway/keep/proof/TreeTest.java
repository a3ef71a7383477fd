package org.mingchu.gateway.keep.proof;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mingchu.gateway.Proof;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/** RFC 6962's tree, against its reference vectors and against a naive one. */
final class TreeTest {
    /** The leaves of the reference implementation of Certificate Transparency. */
    private static final List<byte[]> REFERENCE =
            Stream.of(
                            "",
                            "00",
                            "10",
                            "2021",
                            "3031",
                            "40414243",
                            "5051525354555657",
                            "606162636465666768696a6b6c6d6e6f")
                    .map(HexFormat.of()::parseHex)
                    .map(Merkle::leaf)
                    .toList();

    private static final List<String> ROOTS =
            List.of(
                    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    @Test
    void the_reference_roots_come_out() {
        for (var size = 0; size < ROOTS.size(); size++) {
            var root = HexFormat.of().parseHex(ROOTS.get(size));
            assertThat(tree(REFERENCE).root(size)).contains(root);
            assertThat(frontier(REFERENCE.subList(0, size)).root()).isEqualTo(root);
        }
    }

    @Test
    void the_reference_proofs_come_out() {
        assertThat(hex(tree(REFERENCE).inclusion(0, 8)))
                .containsExactly(
                        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4");
        assertThat(hex(tree(REFERENCE).inclusion(5, 8)))
                .containsExactly(
                        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7");
        assertThat(hex(tree(REFERENCE).consistency(6, 8)))
                .containsExactly(
                        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7");
    }

    @Test
    void every_proof_of_every_small_tree_holds_and_no_other_does() {
        var leaves = leaves(new Random(1), Proof.pick(20, 70, 130));
        var tree = tree(leaves);
        for (var size = 1; size <= leaves.size(); size++) {
            var root = tree.root(size).orElseThrow();
            for (var index = 0; index < size; index++) {
                var proof = tree.inclusion(index, size).orElseThrow();
                var leaf = leaves.get(index);
                assertThat(Merkle.includes(root, size, index, leaf, proof)).isTrue();
                assertThat(Merkle.includes(root, size, (index + 1) % size, leaf, proof))
                        .as("%d of %d", index, size)
                        .isEqualTo(size == 1);
                assertThat(Merkle.includes(root, size, index, root, proof)).isEqualTo(size == 1);
                assertNoneBroken(proof, p -> Merkle.includes(root, size(p, leaves), 0, leaf, p));
            }
            for (var old = 0; old <= size; old++) {
                var before = tree.root(old).orElseThrow();
                var proof = tree.consistency(old, size).orElseThrow();
                assertThat(Merkle.extendsTree(before, old, root, size, proof))
                        .as("%d in %d", old, size)
                        .isTrue();
                if (old > 0 && old < size) {
                    assertThat(Merkle.extendsTree(root, old, root, size, proof)).isFalse();
                    assertThat(Merkle.extendsTree(before, old, before, size, proof)).isFalse();
                    assertThat(Merkle.extendsTree(before, old, root, size, longer(proof)))
                            .isFalse();
                }
            }
        }
    }

    @Test
    void a_frontier_goes_on_from_any_size_and_reports_every_complete_block() {
        var seed = 7L;
        var leaves = leaves(new Random(seed), 1_300);
        Map<Node, byte[]> reported = new HashMap<>();
        var whole = new Frontier();
        leaves.forEach(leaf -> whole.append(leaf, reported::put));
        assertThat(reported.keySet())
                .containsExactlyInAnyOrder(
                        new Node(8, 0),
                        new Node(8, 1),
                        new Node(8, 2),
                        new Node(8, 3),
                        new Node(8, 4),
                        new Node(9, 0),
                        new Node(9, 1),
                        new Node(10, 0));
        reported.forEach(
                (node, hash) -> assertThat(tree(leaves).hash(node)).as("%s", node).contains(hash));
        for (var size : List.of(0, 1, 255, 256, 257, 700, 1_024, 1_299)) {
            var again = Frontier.at(size, hashes(leaves.subList(0, size))).orElseThrow();
            assertThat(again.size()).isEqualTo((long) size);
            leaves.subList(size, leaves.size()).forEach(leaf -> again.append(leaf, (_, _) -> {}));
            assertThat(again.root()).as("seed %d, size %d", seed, size).isEqualTo(whole.root());
        }
        assertThat(Frontier.at(1_301, hashes(leaves))).isEmpty();
    }

    @Test
    void a_cover_is_made_of_the_largest_subtrees() {
        var chance = new Random(3);
        for (var i = 0; i < 2_000; i++) {
            var from = chance.nextLong(1L << chance.nextInt(1, 38));
            var to = from + chance.nextLong(1L << chance.nextInt(1, 38));
            var cover = Tree.cover(from, to);
            var at = from;
            for (var node : cover) {
                assertThat(node.from()).as("%d..%d", from, to).isEqualTo(at);
                at = node.to();
                var parent = new Node(node.level() + 1, node.index() >> 1);
                assertThat(parent.from() >= from && parent.to() <= to).isFalse();
            }
            assertThat(at).isEqualTo(to);
        }
    }

    @Test
    void what_is_missing_gives_no_root_and_no_proof() {
        Hashes holed = (level, index) -> index == 3 ? Optional.empty() : leaf(level, index);
        assertThat(new Tree(holed).root(3)).isPresent();
        assertThat(new Tree(holed).root(4)).isEmpty();
        assertThat(new Tree(holed).inclusion(0, 8)).isEmpty();
        assertThat(new Tree(holed).consistency(5, 8)).isEmpty();
    }

    private static Optional<byte[]> leaf(int level, long index) {
        return level == 0 ? Optional.of(REFERENCE.get((int) index)) : Optional.empty();
    }

    private interface Check {
        boolean holds(List<byte[]> proof);
    }

    private static void assertNoneBroken(List<byte[]> proof, Check check) {
        if (!proof.isEmpty()) {
            assertThat(check.holds(proof.subList(1, proof.size()))).isFalse();
        }
        assertThat(check.holds(longer(proof))).isFalse();
    }

    private static long size(List<byte[]> proof, List<byte[]> leaves) {
        return Math.min(leaves.size(), 1L << proof.size() >> 1);
    }

    private static List<byte[]> longer(List<byte[]> proof) {
        return Stream.concat(proof.stream(), Stream.of(new byte[32])).toList();
    }

    private static List<byte[]> leaves(Random chance, int count) {
        var leaves = new ArrayList<byte[]>();
        for (var i = 0; i < count; i++) {
            var bytes = new byte[8];
            chance.nextBytes(bytes);
            leaves.add(Merkle.leaf(bytes));
        }
        return leaves;
    }

    private static Frontier frontier(List<byte[]> leaves) {
        var frontier = new Frontier();
        leaves.forEach(leaf -> frontier.append(leaf, (_, _) -> {}));
        return frontier;
    }

    private static Tree tree(List<byte[]> leaves) {
        return new Tree(hashes(leaves));
    }

    private static Hashes hashes(List<byte[]> leaves) {
        return (level, index) ->
                level == 0 && index < leaves.size()
                        ? Optional.of(leaves.get((int) index))
                        : Optional.empty();
    }

    private static List<String> hex(Optional<List<byte[]>> proof) {
        return proof.orElseThrow().stream().map(HexFormat.of()::formatHex).toList();
    }
}
