package org.mingchu.gateway.keep.pack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mingchu.config.CameraVerdict;
import org.mingchu.config.Quantity;
import org.mingchu.gateway.Proof;
import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.keep.cbor.CborWriter;
import org.mingchu.gateway.keep.entry.EntryCodec;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Fault;
import org.mingchu.sensors.Flag;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.Reading;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;

class SummaryTest {
    private static final int SEEDS = Proof.pick(60, 200, 20_000);
    private static final long S = 1_000_000_000;

    private final CborWriter writer = new CborWriter();
    private final List<byte[]> entries = new ArrayList<>();

    @Test
    void counts_extremes_and_minutes_are_those_of_the_values() {
        for (var seed = 0; seed < SEEDS; seed++) {
            var chance = new Random(seed);
            var atNs = new ArrayList<Long>();
            var milli = new ArrayList<Long>();
            entries.clear();
            var upNs = chance.nextLong(1_000 * S);
            var faults = 0;
            for (var round = chance.nextInt(200); round >= 0; round--) {
                var value = (chance.nextInt(60) - 30) * 1000L / 16;
                if (chance.nextInt(5) == 0) {
                    say(upNs, silent());
                    faults++;
                } else {
                    say(upNs, measured(Quantity.TEMPERATURE, value));
                    atNs.add(upNs);
                    milli.add(value);
                }
                upNs += chance.nextLong(18 * S);
            }
            var summary = only();
            assertThat(summary.count()).as("seed %d", seed).isEqualTo(milli.size());
            assertThat(summary.faults()).as("seed %d", seed).isEqualTo(faults);
            if (milli.isEmpty()) {
                continue;
            }
            var all = milli.stream().mapToLong(m -> m).summaryStatistics();
            assertThat(summary.extent())
                    .as("seed %d", seed)
                    .isEqualTo(
                            new Summary.Extent(
                                    all.getMin(),
                                    all.getMax(),
                                    all.getSum(),
                                    milli.getFirst(),
                                    milli.getLast()));
            var minutes = summary.minutes();
            assertThat(LongStream.of(minutes.count()).sum()).isEqualTo(milli.size());
            for (var i = 0; i < minutes.size(); i++) {
                var fromNs = (minutes.first() + i) * Minutes.NS;
                var in =
                        LongStream.range(0, milli.size())
                                .filter(v -> atNs.get((int) v) >= fromNs)
                                .filter(v -> atNs.get((int) v) < fromNs + Minutes.NS)
                                .map(v -> milli.get((int) v))
                                .summaryStatistics();
                assertThat(minutes.count()[i]).as("seed %d", seed).isEqualTo(in.getCount());
                if (in.getCount() > 0) {
                    assertThat(minutes.min()[i]).as("seed %d", seed).isEqualTo(in.getMin());
                    assertThat(minutes.max()[i]).as("seed %d", seed).isEqualTo(in.getMax());
                    assertThat(minutes.mean()[i])
                            .as("seed %d", seed)
                            .isEqualTo((long) Math.rint((double) in.getSum() / in.getCount()));
                }
            }
        }
    }

    @Test
    void values_that_no_sensor_gives_do_no_harm() {
        say(0, measured(Quantity.TEMPERATURE, Long.MAX_VALUE));
        say(S, measured(Quantity.TEMPERATURE, Long.MAX_VALUE));
        say(2 * S, measured(Quantity.TEMPERATURE, Long.MIN_VALUE));
        var summary = only();
        assertThat(summary.extent().min()).isEqualTo(Long.MIN_VALUE);
        assertThat(summary.extent().max()).isEqualTo(Long.MAX_VALUE);
        assertThat(summary.extent().sum()).isEqualTo(-1);
        assertThat(summary.minutes().mean()).containsExactly(Long.MAX_VALUE / 3);
    }

    @Test
    void measures_are_kept_apart_and_a_healthy_camera_is_1000() {
        say(0, silent());
        say(S, measured(Quantity.TEMPERATURE, 5));
        say(2 * S, measured(Quantity.HUMIDITY, 7));
        say(3 * S, new Reading.Seen("s", CameraVerdict.HEALTHY, 0));
        say(4 * S, new Reading.Seen("s", CameraVerdict.AUTH, 0));
        var summaries = new Packer().pack(entries).block().orElseThrow().summaries();
        assertThat(summaries)
                .extracting(Summary::measure)
                .containsExactly(Measure.TEMPERATURE, Measure.HUMIDITY, Measure.CAMERA);
        assertThat(summaries).extracting(Summary::faults).containsExactly(1L, 0L, 0L);
        assertThat(summaries.getLast().extent())
                .isEqualTo(new Summary.Extent(0, 1000, 1000, 1000, 0));
    }

    @Test
    void what_was_buffered_is_told_by_itself_in_the_minutes_in_which_it_was_so() {
        say(90_000 * S, measured(Quantity.TEMPERATURE, 5));
        say(90_001 * S, late(80_000 * S, 700));
        say(90_002 * S, late(90_002 * S - 59 * S, 11));
        say(90_003 * S, late(90_003 * S - 58 * S, 14));
        say(90_004 * S, late(95_000 * S, 13));
        var summary = only();
        assertThat(summary.count()).isEqualTo(1);
        assertThat(summary.extent()).isEqualTo(new Summary.Extent(5, 5, 5, 5, 5));
        var late = summary.late().orElseThrow();
        assertThat(LongStream.range(0, late.size()).map(i -> late.fromNs((int) i) / S))
                .as("one before the boot, two in one minute")
                .containsExactly(-5_040L, 0L, 9_960L);
        assertThat(late.figures().count()).containsExactly(1, 2, 1);
        assertThat(late.figures().min()).containsExactly(13, 11, 700);
        assertThat(late.figures().max()).containsExactly(13, 14, 700);
        assertThat(late.figures().mean()).containsExactly(13, 12, 700);
    }

    @Test
    void a_summary_of_an_older_program_does_not_know_what_came_late() {
        for (var seed = 0; seed < SEEDS; seed++) {
            entries.clear();
            var chance = new Random(seed);
            for (var round = chance.nextInt(50); round >= 0; round--) {
                say((1_000L - round) * S, measured(Quantity.TEMPERATURE, chance.nextInt(9)));
            }
            var summary = only();
            assertThat(summary.late()).map(LateMinutes::size).contains(0);
            var old = Summary.of(OldSummaries.old(summary.bytes()));
            assertThat(old.late()).as("seed %d", seed).isEmpty();
            assertThat(old.minutes().mean()).isEqualTo(summary.minutes().mean());
        }
    }

    @Test
    void silence_alone_is_a_summary_too() {
        say(0, silent());
        var summary = only();
        assertThat(summary.measure()).isEqualTo(Measure.NONE);
        assertThat(summary.faults()).isEqualTo(1);
        assertThat(summary.minutes().size()).isZero();
    }

    @Test
    void points_are_the_calibrated_values_at_their_rounds() {
        var kitchen = new Kitchen(4, 3, 0, 1);
        var block = new Packer().pack(kitchen.next(100)).block().orElseThrow();
        var again = new Kitchen(4, 3, 0, 1);
        var keptNs = Times.keptNs(block.head().bytes());
        var points =
                Column.points(block.columns().lastEntry().getValue(), Measure.TEMPERATURE, keptNs);
        assertThat(points.size()).isEqualTo(100);
        for (var i = 0; i < 100; i++) {
            var entry = again.next();
            var reading = (Reading.Measured) ((Fact.Round) entry.fact()).readings().getLast();
            assertThat(points.keptNs()[i]).isEqualTo(entry.at().upNs());
            assertThat(points.milli()[i]).isEqualTo(reading.milli());
        }
    }

    @Test
    void a_month_in_buckets_has_the_extremes_of_its_values() {
        var kitchen = new Kitchen(5, 1, 0, 1);
        var days = Proof.pick(3, 10, 30);
        var fromNs = 0L;
        var toNs = days * 24L * 3600L * S;
        var shiftNs = 7 * S + 1;
        var buckets = new Buckets(fromNs + shiftNs, toNs + shiftNs, days * 10);
        var expected = new Buckets(fromNs, toNs, days * 10);
        var summaries = new ArrayList<Buckets.Shifted>();
        for (var hour = 0; hour < days * 24; hour++) {
            var block = new Packer().pack(kitchen.next(360)).block().orElseThrow();
            summaries.add(new Buckets.Shifted(block.summaries().getFirst(), shiftNs));
            expected.add(
                    Column.points(
                            block.columns().firstEntry().getValue(),
                            Measure.TEMPERATURE,
                            block.head().times().keptNs()));
        }
        Collections.shuffle(summaries, new Random(3));
        buckets.add(summaries);
        for (var i = 0; i < buckets.size(); i++) {
            assertThat(buckets.count(i)).as("bucket %d", i).isEqualTo(expected.count(i));
            assertThat(buckets.min(i)).as("bucket %d", i).isEqualTo(expected.min(i));
            assertThat(buckets.max(i)).as("bucket %d", i).isEqualTo(expected.max(i));
        }
    }

    /**
     * Borders that no binary fraction hits: with floating numbers a value fell one bucket short.
     */
    @Test
    void a_value_on_a_border_belongs_to_the_later_bucket() {
        var widthNs = 8_640 * S;
        for (var bucket = 1; bucket < 300; bucket++) {
            var buckets = new Buckets(0, 300 * widthNs, 300);
            entries.clear();
            say(bucket * widthNs - 5 * S, measured(Quantity.TEMPERATURE, 1));
            say(bucket * widthNs, measured(Quantity.TEMPERATURE, 2));
            buckets.add(List.of(new Buckets.Shifted(only(), 0)));
            assertThat(buckets.max(bucket - 1)).isEqualTo(1);
            assertThat(buckets.min(bucket)).isEqualTo(2);
        }
    }

    private Summary only() {
        var summaries = new Packer().pack(entries).block().orElseThrow().summaries();
        assertThat(summaries).hasSize(1);
        return summaries.getFirst();
    }

    private void say(long upNs, Reading reading) {
        var at = new Moment("b", upNs, upNs / 1_000_000, ClockState.SYNCED, 5);
        var seq = entries.size() + 1;
        entries.add(
                EntryCodec.encode(
                        writer,
                        new Entry(Kitchen.EPOCH, seq, at, new Fact.Round(List.of(reading)))));
    }

    private static Reading measured(Quantity quantity, long milli) {
        return new Reading.Measured("s", quantity, milli, milli, 0, Set.of());
    }

    private static Reading late(long ageNs, long milli) {
        return new Reading.Measured(
                "s", Quantity.TEMPERATURE, milli, milli, ageNs, Set.of(Flag.BACKFILLED));
    }

    private static Reading silent() {
        return new Reading.Silent("s", Fault.BUS, "");
    }
}
