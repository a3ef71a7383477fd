package org.mingchu.gateway.keep.pack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mingchu.config.Quantity;
import org.mingchu.gateway.Proof;
import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.keep.cbor.CborWriter;
import org.mingchu.gateway.keep.entry.EntryCodec;
import org.mingchu.gateway.keep.entry.RandomWords;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Fault;
import org.mingchu.sensors.Flag;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.Reading;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;

class PackerTest {
    private static final int SEEDS = Proof.pick(150, 500, 100_000);
    private static final String EPOCH = Kitchen.EPOCH;
    private static final long MS = 1_000_000;

    /** The bar is two bytes; the tree's own hashes come on top. */
    private static final double BYTES_PER_READING_MAX = 2;

    private final CborWriter writer = new CborWriter();

    @Test
    void whatever_the_house_can_say_comes_back_to_the_byte() {
        for (var seed = 0; seed < SEEDS; seed++) {
            var entries = random(new Random(seed), 40);
            var packed = new Packer().pack(entries);
            assertThat(packed.leftOut()).as("seed %d", seed).isEmpty();
            assertThat(unpacked(packed)).as("seed %d", seed).containsExactlyElementsOf(entries);
        }
    }

    @Test
    void sensors_come_and_go_and_fail_and_every_entry_comes_back() {
        for (var seed = 0; seed < SEEDS / 10; seed++) {
            var entries = unruly(new Random(seed));
            var packed = new Packer().pack(entries);
            assertThat(packed.leftOut()).as("seed %d", seed).isEmpty();
            assertThat(unpacked(packed)).as("seed %d", seed).containsExactlyElementsOf(entries);
        }
    }

    @Test
    void the_head_knows_the_leaf_of_each_entry() {
        var entries = new Kitchen(1, 3, 0, 1).next(20);
        var head = new Packer().pack(entries).block().orElseThrow().head();
        for (var i = 0; i < entries.size(); i++) {
            assertThat(head.check(i)).isEqualTo(Head.checkOf(entries.get(i)));
            assertThat(head.seq(i)).isEqualTo(i + 1);
            assertThat(head.at(i)).isEqualTo(EntryCodec.decode(entries.get(i)).at());
        }
    }

    @Test
    void an_hour_of_a_kitchen_takes_two_bytes_a_reading_at_most() {
        var kitchen = new Kitchen(1, 20, 4 * MS, MS);
        var bytes = 0L;
        var hours = Proof.pick(6, 48, 720);
        for (var hour = 0; hour < hours; hour++) {
            bytes += size(new Packer().pack(kitchen.next(360)).block().orElseThrow());
        }
        assertThat((double) bytes / hours / 360 / 20).isLessThanOrEqualTo(BYTES_PER_READING_MAX);
    }

    /** Numbers of quantities and of measures are not the same numbers. */
    @ParameterizedTest
    @EnumSource(Quantity.class)
    void the_values_of_each_quantity_are_found_under_its_measure_and_no_other(Quantity quantity) {
        var entries = new ArrayList<byte[]>();
        for (var seq = 1; seq <= 6; seq++) {
            var milli = seq % 2 * 1_000;
            var said = new Reading.Measured("a", quantity, milli, milli, 0, Set.of());
            entries.add(entry(seq, seq * 10_000L * MS, List.of(said)));
        }
        var block = new Packer().pack(entries).block().orElseThrow();
        var column = block.columns().firstEntry().getValue();
        var keptNs = block.head().times().keptNs();

        for (var measure : Measure.values()) {
            var own = measure == Measure.of(quantity);
            assertThat(Column.points(column, measure, keptNs).size())
                    .as(measure.name())
                    .isEqualTo(own ? 6 : 0);
        }
    }

    @Test
    void a_sensor_that_says_how_long_it_was_silent_costs_little() {
        var entries = new ArrayList<byte[]>();
        var chance = new Random(1);
        for (var seq = 1; seq <= 360; seq++) {
            var detail = "no answer for " + (5_000 + chance.nextInt(10)) + " ms";
            entries.add(entry(seq, seq * 10_000L * MS, silent(detail)));
        }
        var block = new Packer().pack(entries).block().orElseThrow();
        assertThat(block.columns().firstEntry().getValue().length).isLessThan(400);
    }

    @Test
    void what_does_not_belong_into_the_block_stays_outside() {
        var first = entry(7, 1_000, silent("a"));
        var fitting = entry(9, 1_000, silent("b"));
        var last = entry(10, 1_000 + Block.SPAN_NS_MAX - 1, silent("c"));
        var outside =
                List.of(
                        entry(7, 1_000, silent("same seq")),
                        entry(8, 999, silent("earlier in time")),
                        entry(11, 1_000 + Block.SPAN_NS_MAX, silent("an hour later")),
                        bytes(EPOCH, 12, "other", 2_000, new Fact.Round(List.of())),
                        bytes("00".repeat(8), 13, "b", 2_000, new Fact.Round(List.of())),
                        bytes(EPOCH, 14, "b", 2_000, new Fact.Silenced(1)),
                        new byte[] {1, 2, 3});
        var given = new ArrayList<>(List.of(first, fitting, last));
        given.addAll(outside);
        var packed = new Packer().pack(given);
        assertThat(unpacked(packed)).containsExactly(first, fitting, last);
        assertThat(packed.leftOut()).containsExactlyElementsOf(outside);
    }

    @Test
    void a_round_of_a_later_program_stays_outside() {
        var bytes = entry(7, 1_000, silent("a"));
        var later = Arrays.copyOf(bytes, bytes.length + 2);
        later[0]++; // one more key
        later[bytes.length] = 11;
        var packed = new Packer().pack(List.of(later));
        assertThat(EntryCodec.decode(later)).isEqualTo(EntryCodec.decode(bytes));
        assertThat(packed.block()).isEmpty();
        assertThat(packed.leftOut()).containsExactly(later);
    }

    @Test
    void nothing_packs_into_nothing() {
        var packed = new Packer().pack(List.of());
        assertThat(packed.block()).isEmpty();
        assertThat(packed.leftOut()).isEmpty();
    }

    static long size(Block block) {
        return block.head().bytes().length
                + block.columns().values().stream().mapToLong(c -> c.length).sum()
                + block.summaries().stream().mapToLong(s -> s.bytes().length).sum();
    }

    private static List<byte[]> unpacked(Packed packed) {
        var block = packed.block().orElseThrow();
        return Block.entries(Head.of(block.head().bytes()), block.columns().values());
    }

    private List<byte[]> random(Random chance, int most) {
        var words = new RandomWords(chance);
        var entries = new ArrayList<byte[]>();
        var seq = 1L + chance.nextInt(1000);
        var firstNs = chance.nextLong() >> chance.nextInt(64);
        var left = Block.SPAN_NS_MAX - 1;
        for (var rounds = 1 + chance.nextInt(most); rounds > 0; rounds--) {
            var moment = words.moment();
            var stepNs = chance.nextLong(left + 1) >> chance.nextInt(63);
            left -= stepNs;
            var upNs = firstNs + (Block.SPAN_NS_MAX - 1 - left);
            if (upNs < firstNs) {
                break; // boot time has an end, in 292 years
            }
            entries.add(
                    EntryCodec.encode(
                            writer,
                            new Entry(
                                    EPOCH,
                                    seq,
                                    new Moment(
                                            "b",
                                            upNs,
                                            moment.wallMs(),
                                            moment.clock(),
                                            moment.errorMs()),
                                    words.fact(4))));
            seq += 1 + (chance.nextLong() >>> (20 + chance.nextInt(44)));
        }
        return entries;
    }

    private List<byte[]> unruly(Random chance) {
        var entries = new ArrayList<byte[]>();
        for (var seq = 1; seq <= 60; seq++) {
            var readings = new ArrayList<Reading>();
            for (var sensor = 0; sensor < 8; sensor++) {
                if (chance.nextInt(4) == 0) {
                    continue;
                }
                readings.add(
                        chance.nextInt(10) == 0
                                ? new Reading.Silent(
                                        "s" + sensor, Fault.CRC, "" + chance.nextInt(99))
                                : new Reading.Measured(
                                        "s" + sensor,
                                        sensor % 2 == 0 ? Quantity.DOOR : Quantity.HUMIDITY,
                                        chance.nextInt(50) * 1000L / 16,
                                        chance.nextInt(50) * 1000L / 16,
                                        chance.nextInt(3) * 500_000L,
                                        chance.nextInt(9) == 0 ? Set.of(Flag.LATE) : Set.of()));
            }
            entries.add(entry(seq, seq * 60_000L * MS, readings));
        }
        return entries;
    }

    private static List<Reading> silent(String detail) {
        return List.of(new Reading.Silent("s", Fault.SILENT, detail));
    }

    private byte[] entry(long seq, long upNs, List<Reading> readings) {
        return bytes(EPOCH, seq, "b", upNs, new Fact.Round(readings));
    }

    private byte[] bytes(String epoch, long seq, String boot, long upNs, Fact fact) {
        var at = new Moment(boot, upNs, upNs / MS, ClockState.SYNCED, 5);
        return EntryCodec.encode(writer, new Entry(epoch, seq, at, fact));
    }
}
