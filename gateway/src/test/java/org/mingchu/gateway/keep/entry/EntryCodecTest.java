package org.mingchu.gateway.keep.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.mingchu.config.Quantity;
import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.LinkState;
import org.mingchu.gateway.keep.cbor.Cbor;
import org.mingchu.gateway.keep.cbor.CborWriter;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Fault;
import org.mingchu.sensors.Flag;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.Reading;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;

class EntryCodecTest {
    /** Draws per kind; a failure names the seed. */
    private static final int SEEDS = 300;

    private static final String EPOCH = "9f2c61d07b3a4e55";

    /** Taken apart by hand against journal.cddl; if this changes, every old proof breaks. */
    private static final String GOLDEN =
            "ab" // a map of 11
                    + "0001" // v
                    + "01489f2c61d07b3a4e55" // epoch
                    + "0219471e" // seq 18206
                    + "0304" // kind 4
                    + "0401" // lane reading
                    + "05502f0c7b9e52f24f0a9a0e6a8b2f7f1c11" // boot
                    + "061b00033dc2d3f7f688" // boot time, ns
                    + "071b0000019aa9dd6c90" // wall
                    + "0800" // synced
                    + "090c" // 12 ms
                    + "0aa10082" // body: two readings
                    + "87006d667265657a65722d312d61697200392587" // measured freezer-1-air, raw
                    // -9608
                    + "392581" // -9602
                    + "1a2faf0800" // 800 ms
                    + "04" // calibration-expired
                    + "84026d73616d706c65732d312d616972" // silent samples-1-air
                    + "0160"; // crc, no detail

    private final CborWriter writer = new CborWriter();

    @Test
    void every_kind_comes_back_as_it_went_and_no_draw_is_spelled_twice() {
        for (var kind : FactCodec.kinds().toArray()) {
            for (var seed = 0; seed < SEEDS; seed++) {
                var entry = entry(kind, seed);
                var bytes = EntryCodec.encode(writer, entry);
                assertThat(FactCodec.kind(entry.fact())).isEqualTo(kind);
                assertThat(EntryCodec.decode(bytes))
                        .as("kind %d seed %d", kind, seed)
                        .isEqualTo(entry);
                assertThat(EntryCodec.encode(new CborWriter(), EntryCodec.decode(bytes)))
                        .isEqualTo(bytes);
            }
        }
    }

    @Test
    void there_is_a_kind_for_every_fact() {
        // What is kept again has a kind for each lane it may ride in.
        assertThat(Fact.class.getPermittedSubclasses())
                .hasSize((int) FactCodec.kinds().count() - 1);
    }

    @Test
    void a_round_has_the_bytes_it_had_at_the_first_release() {
        var readings =
                List.<Reading>of(
                        new Reading.Measured(
                                "freezer-1-air",
                                Quantity.TEMPERATURE,
                                -9608,
                                -9602,
                                800_000_000,
                                Set.of(Flag.CALIBRATION_EXPIRED)),
                        new Reading.Silent("samples-1-air", Fault.CRC, ""));
        var at =
                new Moment(
                        "2f0c7b9e-52f2-4f0a-9a0e-6a8b2f7f1c11",
                        0x00033dc2d3f7f688L,
                        0x0000019aa9dd6c90L,
                        ClockState.SYNCED,
                        12);
        var entry = new Entry(EPOCH, 18_206, at, new Fact.Round(readings));
        assertThat(HexFormat.of().formatHex(EntryCodec.encode(writer, entry))).isEqualTo(GOLDEN);
    }

    @Test
    void a_leaf_is_the_hash_of_a_zero_byte_and_the_entry() {
        // printf '\0\240' | sha256sum
        assertThat(HexFormat.of().formatHex(EntryCodec.leaf(new byte[] {(byte) 0xa0})))
                .isEqualTo("eaf132c40462dd25ee5be6c7944953c92f544953f110bb3a6630b9cb34f13e17");
    }

    @Test
    void a_later_version_kind_word_or_flag_is_told_from_damage() {
        var version = GOLDEN.replaceFirst("^ab0001", "ab0002");
        var kind = GOLDEN.replace("0304", "0318ff");
        var flag = GOLDEN.replace("1a2faf080004", "1a2faf08001840");
        for (var later : List.of(version, kind, flag)) {
            assertThatThrownBy(() -> decode(later)).isInstanceOf(Cbor.Unknown.class);
        }
    }

    @Test
    void a_later_key_and_a_later_item_are_stepped_over() {
        var entry = decode(GOLDEN);
        var headKey = GOLDEN.replaceFirst("^ab", "ac") + "0bf93c00";
        var bodyKey = GOLDEN.replace("0aa10082", "0aa20082") + "01a10082f6c16161";
        var item = GOLDEN.replace("87006d", "88006d").replace("1a2faf080004", "1a2faf0800048101");
        assertThat(decode(headKey)).isEqualTo(entry);
        assertThat(decode(bodyKey)).isEqualTo(entry);
        assertThat(decode(item)).isEqualTo(entry);
    }

    @Test
    void a_cut_entry_is_damaged_wherever_it_is_cut() {
        var bytes = HexFormat.of().parseHex(GOLDEN);
        for (var length = 0; length < bytes.length; length++) {
            var cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> EntryCodec.decode(cut)).isInstanceOf(Cbor.Malformed.class);
        }
        var longer = Arrays.copyOf(bytes, bytes.length + 1);
        assertThatThrownBy(() -> EntryCodec.decode(longer)).isInstanceOf(Cbor.Malformed.class);
    }

    /**
     * What is read from flipped bytes must be what those bytes say, spelled in the one right way.
     */
    @Test
    void no_flipped_bit_gives_an_entry_that_has_another_spelling() {
        for (var kind : FactCodec.kinds().toArray()) {
            var bytes = EntryCodec.encode(writer, entry(kind, 7));
            for (var bit = 0; bit < bytes.length * 8; bit++) {
                var flipped = bytes.clone();
                flipped[bit / 8] ^= (byte) (1 << bit % 8);
                assertThat(Arrays.equals(readAndWritten(flipped), flipped))
                        .as("kind %d bit %d", kind, bit)
                        .isTrue();
            }
        }
    }

    /** The bytes themselves when they are refused, or when a key was stepped over. */
    private byte[] readAndWritten(byte[] bytes) {
        try {
            var again = EntryCodec.encode(writer, EntryCodec.decode(bytes));
            return again.length < bytes.length ? bytes : again;
        } catch (Cbor.Malformed | Cbor.Unknown e) {
            return bytes;
        }
    }

    @Test
    void an_entry_beyond_a_mebibyte_is_refused() {
        var at = new RandomWords(new Random(1)).moment();
        var entry = new Entry(EPOCH, 1, at, new Fact.Link("x".repeat(1 << 20), LinkState.UP, ""));
        assertThatThrownBy(() -> EntryCodec.encode(writer, entry))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1048576");
    }

    private static Entry decode(String hex) {
        return EntryCodec.decode(HexFormat.of().parseHex(hex));
    }

    private static Entry entry(int kind, long seed) {
        var words = new RandomWords(new Random(seed * 31 + kind));
        var at = words.moment();
        return new Entry(EPOCH, seed + 1, at, words.fact(kind));
    }
}
