package org.mingchu.gateway.keep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.gateway.keep.store.JournalException;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/** Proofs hold by RFC 9162's own way to check them, written here with the JDK alone. */
final class ProofsTest {
    @TempDir private Path folder;

    @Test
    void every_entry_is_in_the_last_checkpoint_and_no_other_is() throws IOException {
        try (var journal = signed()) {
            var proofs = Proofs.of(journal, journal.epoch());
            var size = journal.lastSeq() - 1; // all before the checkpoint itself
            for (var seq = 1L; seq <= size; seq++) {
                var proof = proofs.inclusion(seq);
                var root = rootIn(proof.note());
                assertThat(proof.head().size()).isEqualTo(size);
                assertThat(proof.entry()).isEqualTo(journal.bytes(seq));
                assertThat(climb(leaf(proof.entry()), seq - 1, size, proof.path())).isEqualTo(root);
                assertThat(climb(leaf(journal.bytes(1 + seq % size)), seq - 1, size, proof.path()))
                        .isNotEqualTo(root);
            }
            assertThatThrownBy(() -> proofs.inclusion(size + 1))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("the last checkpoint signs 1.." + size);
            assertThatThrownBy(() -> proofs.inclusion(size + 2))
                    .hasMessage("--seq %d: expected an entry from 1 to %d", size + 2, size + 1);
        }
    }

    @Test
    void the_record_only_grew() throws IOException {
        try (var journal = signed()) {
            var proofs = Proofs.of(journal, journal.epoch());
            var to = journal.lastSeq();
            for (var from = 1L; from <= to; from++) {
                var proof = proofs.consistency(from, to);
                assertThat(proof.to().note()).isEmpty();
                assertThat(proof.from().note().isPresent()).isEqualTo(from == to - 1);
                assertThat(grown(proof)).as("%d to %d", from, to).isTrue();
                if (from < to) {
                    var other =
                            new Proofs.Consistency(
                                    proof.epoch(),
                                    new Proofs.Signed(from, leaf(new byte[1]), proof.from().note()),
                                    proof.to(),
                                    proof.path());
                    assertThat(grown(other)).isFalse();
                }
            }
            assertThatThrownBy(() -> proofs.consistency(3, to + 1))
                    .hasMessageContaining("expected 1 <= A <= B <= " + to);
            assertThatThrownBy(() -> Proofs.of(journal, "0000000000000000"))
                    .hasMessageContaining("--epoch '0000000000000000'", journal.epoch());
        }
    }

    /** RFC 9162 section 2.1.3.2. */
    private static byte[] climb(byte[] leaf, long index, long size, List<byte[]> path) {
        var fn = index;
        var sn = size - 1;
        var r = leaf;
        for (var p : path) {
            if (sn == 0) {
                return new byte[0];
            }
            if ((fn & 1) == 1 || fn == sn) {
                r = node(p, r);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                r = node(r, p);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 ? r : new byte[0];
    }

    /** RFC 9162 section 2.1.4.2. */
    private static boolean grown(Proofs.Consistency proof) {
        var first = proof.from().size();
        var second = proof.to().size();
        if (first == second) {
            return proof.path().isEmpty() && Arrays.equals(proof.from().root(), proof.to().root());
        }
        var path = new ArrayDeque<>(proof.path());
        if (Long.bitCount(first) == 1) {
            path.addFirst(proof.from().root());
        }
        var fn = first - 1;
        var sn = second - 1;
        while ((fn & 1) == 1) {
            fn >>= 1;
            sn >>= 1;
        }
        var fr = path.removeFirst();
        var sr = fr;
        for (var c : path) {
            if (sn == 0) {
                return false;
            }
            if ((fn & 1) == 1 || fn == sn) {
                fr = node(c, fr);
                sr = node(c, sr);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                sr = node(sr, c);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0
                && Arrays.equals(fr, proof.from().root())
                && Arrays.equals(sr, proof.to().root());
    }

    private static byte[] rootIn(String checkpoint) {
        return Base64.getDecoder().decode(checkpoint.lines().skip(2).findFirst().orElseThrow());
    }

    private static byte[] leaf(byte[] entry) {
        return sha256((byte) 0, entry);
    }

    private static byte[] node(byte[] left, byte[] right) {
        return sha256((byte) 1, left, right);
    }

    private static byte[] sha256(byte first, byte[]... parts) {
        var bytes = new ByteArrayOutputStream();
        bytes.write(first);
        for (var part : parts) {
            bytes.writeBytes(part);
        }
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private Journal signed() {
        var chance = new Random(5);
        var journal = Journal.inMemory(chance, at(0));
        for (var i = 1; i < 43; i++) {
            journal.append(at(i), List.of(Rounds.of(3, chance)));
        }
        journal.commit();
        var key = OwnKeys.open(folder, new SecureRandom(new byte[1]), at(0));
        journal.sealWith(new Seal("area", "site", "gw", key.orElseThrow()));
        journal.append(at(50), List.of(journal.checkpoint(at(50)).orElseThrow()));
        journal.commit();
        return journal;
    }

    private static Moment at(long seconds) {
        return new Moment("a", seconds * 1_000_000_000, 1_793_000_000_000L, ClockState.SYNCED, 20);
    }
}
