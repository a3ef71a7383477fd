package org.mingchu.gateway.keep.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.mingchu.gateway.Proof;
import org.mingchu.gateway.keep.cbor.Cbor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

class BlobTest {
    private static final int SEEDS = Proof.pick(2_000, 20_000, 1_000_000);

    private final Block block =
            new Packer().pack(new Kitchen(1, 2, 1_000_000, 1).next(30)).block().orElseThrow();

    @Test
    void each_part_says_what_it_is() {
        var head = Blob.at(block.head().bytes(), 0).orElseThrow();
        assertThat(head.sort()).isEqualTo(Blob.Sort.HEAD);
        assertThat(head.epoch()).isEqualTo(Kitchen.EPOCH);
        assertThat(head.firstSeq()).isEqualTo(1);
        assertThat(head.subject()).isEmpty();
        assertThat(head.length()).isEqualTo(block.head().bytes().length);
        var column = Blob.at(block.columns().lastEntry().getValue(), 0).orElseThrow();
        assertThat(column.sort()).isEqualTo(Blob.Sort.COLUMN);
        assertThat(column.subject()).isEqualTo("unit-1-air");
        var summary = Blob.at(block.summaries().getFirst().bytes(), 0).orElseThrow();
        assertThat(summary.sort()).isEqualTo(Blob.Sort.SUMMARY);
        assertThat(summary.subject()).isEqualTo("unit-0-air");
    }

    @Test
    void all_parts_are_found_among_garbage() {
        var chance = new Random(3);
        var garbage = new byte[20_000];
        chance.nextBytes(garbage);
        var at = 100;
        var put = new ArrayList<Integer>();
        for (var part : parts()) {
            System.arraycopy(part, 0, garbage, at, part.length);
            put.add(at);
            at += part.length + chance.nextInt(50);
        }
        var found = new ArrayList<Integer>();
        for (var i = 0; i < garbage.length; i++) {
            if (Blob.at(garbage, i).isPresent()) {
                found.add(i);
            }
        }
        assertThat(found).isEqualTo(put);
    }

    @Test
    void no_flipped_bit_and_no_cut_goes_unseen() {
        for (var part : parts()) {
            for (var bit = 0; bit < part.length * 8; bit++) {
                part[bit / 8] ^= (byte) (1 << bit % 8);
                assertThat(Blob.at(part, 0)).as("bit %d", bit).isEmpty();
                part[bit / 8] ^= (byte) (1 << bit % 8);
            }
            for (var length = 0; length < part.length; length++) {
                assertThat(Blob.at(Arrays.copyOf(part, length), 0)).isEmpty();
            }
        }
    }

    @Test
    void bits_that_mean_nothing_are_refused_and_nothing_else_happens() {
        for (var seed = 0; seed < SEEDS; seed++) {
            var payload = new byte[200];
            new Random(seed).nextBytes(payload);
            refused(seed, payload);
        }
    }

    /** Near the truth, so that the first checks are passed. */
    @Test
    void bits_that_mean_nearly_nothing_are_refused_too() {
        for (var seed = 0; seed < SEEDS; seed++) {
            var chance = new Random(seed);
            var part = parts().get(chance.nextInt(parts().size()));
            var blob = Blob.at(part, 0).orElseThrow();
            var payload = Arrays.copyOfRange(part, blob.payloadAt(), part.length - 4);
            for (var flips = 1 + chance.nextInt(3); flips > 0; flips--) {
                payload[chance.nextInt(payload.length)] ^= (byte) (1 << chance.nextInt(8));
            }
            refused(seed, payload);
        }
    }

    private static void refused(int seed, byte[] payload) {
        for (var sort : Blob.Sort.values()) {
            var part = Blob.wrap(sort, Kitchen.EPOCH, 1, "s", payload);
            assertThatCode(() -> refused(part, sort))
                    .as("seed %d", seed)
                    .doesNotThrowAnyException();
        }
    }

    private static void refused(byte[] part, Blob.Sort sort) {
        try {
            switch (sort) {
                case HEAD -> {
                    var head = Head.of(part);
                    for (var i = 0; i < head.rounds(); i++) {
                        head.at(i);
                        head.layout(i);
                    }
                }
                case COLUMN -> Column.of(part).readings();
                case SUMMARY -> Summary.of(part).minutes();
            }
        } catch (Cbor.Malformed | Cbor.Unknown e) {
            assertThat(e.getMessage()).isNotEmpty();
        }
    }

    @Test
    void a_later_version_is_no_damage() {
        var part = block.head().bytes().clone();
        part[3]++;
        assertThatThrownBy(() -> Head.of(part)).isInstanceOf(Cbor.Unknown.class);
    }

    @Test
    void a_block_lacks_no_column_and_takes_none_of_another() {
        var columns = List.copyOf(block.columns().values());
        assertThatThrownBy(() -> Block.entries(block.head(), columns.subList(0, 1)))
                .isInstanceOf(Cbor.Malformed.class)
                .hasMessageContaining("unit-1-air");
        var other =
                new Packer().pack(new Kitchen(1, 2, 0, 1).next(31)).block().orElseThrow().columns();
        assertThatThrownBy(() -> Block.entries(block.head(), other.values()))
                .isInstanceOf(Cbor.Malformed.class);
    }

    private List<byte[]> parts() {
        var parts = new ArrayList<byte[]>();
        parts.add(block.head().bytes());
        parts.addAll(block.columns().values());
        block.summaries().forEach(s -> parts.add(s.bytes()));
        return parts;
    }
}
