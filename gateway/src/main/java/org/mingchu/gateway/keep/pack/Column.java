package org.mingchu.gateway.keep.pack;

import org.mingchu.config.CameraVerdict;
import org.mingchu.config.Quantity;
import org.mingchu.gateway.keep.cbor.Cbor.Malformed;
import org.mingchu.gateway.keep.entry.Codes;
import org.mingchu.sensors.Fault;
import org.mingchu.sensors.Reading;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;

/** What one subject said in a block. Immutable. */
public final class Column {
    /** Ages are whole milliseconds since the senses round them; older ones are nanoseconds. */
    private static final long NS_PER_MS = 1_000_000;

    private final Blob blob;
    private final long[] rounds;
    private final List<Reading> readings;

    private Column(Blob blob, long[] rounds, List<Reading> readings) {
        this.blob = blob;
        this.rounds = rounds;
        this.readings = readings;
    }

    /**
     * Reads a column.
     *
     * @throws Malformed when it is damaged
     * @throws org.mingchu.gateway.keep.cbor.Cbor.Unknown when a later program wrote it
     */
    public static Column of(byte[] bytes) {
        var blob = Blob.open(bytes, Blob.Sort.COLUMN);
        var in = blob.payload();
        var values = Values.read(in);
        return new Column(blob, values.rounds(), readings(in, blob.subject(), values));
    }

    /** 16 hexadecimal digits. */
    public String epoch() {
        return blob.epoch();
    }

    /** The seq of the first entry of its block, in which this subject need not have spoken. */
    public long firstSeq() {
        return blob.firstSeq();
    }

    public String subject() {
        return blob.subject();
    }

    /**
     * In which round of its block the reading was said.
     *
     * @throws Malformed when the block has no such round
     */
    public int round(int reading, Head head) {
        return round(reading, head.rounds());
    }

    private int round(int reading, int roundsOfAll) {
        var round = rounds[reading];
        if (round < 0 || round >= roundsOfAll) {
            throw new Malformed("round " + round + " of " + roundsOfAll);
        }
        return (int) round;
    }

    /** In the order in which they were said. */
    public List<Reading> readings() {
        return List.copyOf(readings);
    }

    /**
     * The values of one measure in a column, without their ages, flags and faults.
     *
     * @param keptNs boot time of each round of the block
     * @throws Malformed when it is damaged or belongs to another head
     */
    public static Points points(byte[] column, Measure measure, long[] keptNs) {
        return Values.points(Blob.open(column, Blob.Sort.COLUMN).payload(), measure, keptNs);
    }

    /**
     * Values of one measure.
     *
     * @param atOnce those at the time of their round
     * @param late those that a probe had buffered, each when it was so, ascending
     */
    public record Told(Points atOnce, Points late) {
        static Told atOnce(Points points) {
            return new Told(points, new Points(new long[0], new long[0]));
        }
    }

    /**
     * The values of one measure, those apart that were told late.
     *
     * @param keptNs boot time of each round of the block
     * @throws Malformed when the column belongs to another head
     */
    public Told told(Measure measure, long[] keptNs) {
        var atOnce = new ArrayList<long[]>();
        var late = new ArrayList<long[]>();
        for (var i = 0; i < readings.size(); i++) {
            var reading = readings.get(i);
            if (Measure.of(reading).filter(measure::equals).isPresent()) {
                var atNs = keptNs[round(i, keptNs.length)] - reading.behindNs();
                var point = new long[] {atNs, Measure.milli(reading).orElseThrow()};
                (reading.behindNs() > 0 ? late : atOnce).add(point);
            }
        }
        late.sort(Comparator.comparingLong(point -> point[0]));
        return new Told(points(atOnce), points(late));
    }

    private static Points points(List<long[]> points) {
        return new Points(
                points.stream().mapToLong(point -> point[0]).toArray(),
                points.stream().mapToLong(point -> point[1]).toArray());
    }

    /**
     * @param rounds in which round each reading was
     */
    static byte[] write(Head head, String subject, long[] rounds, List<Reading> readings) {
        var out = new BitWriter();
        var measured = only(readings, Reading.Measured.class);
        var seen = only(readings, Reading.Seen.class);
        Values.write(
                out,
                new Values(
                        rounds,
                        numbers(readings, Column::sort),
                        numbers(measured, m -> Codes.of(m.quantity())),
                        numbers(measured, Reading.Measured::milli),
                        numbers(seen, s -> Codes.of(s.verdict()))));
        Levels.writeFunction(
                out,
                numbers(measured, Reading.Measured::milli),
                numbers(measured, m -> m.rawMilli() - m.milli()));
        Series.write(out, numbers(measured, m -> Codes.bits(m.flags())));
        writeAges(out, numbers(measured, Reading.Measured::ageNs));
        writeAges(out, numbers(seen, Reading.Seen::ageNs));
        var silent = only(readings, Reading.Silent.class);
        Series.write(out, numbers(silent, s -> Codes.of(s.fault())));
        Texts.write(out, silent.stream().map(Reading.Silent::detail).toList());
        return Blob.wrap(Blob.Sort.COLUMN, head.epoch(), head.seq(0), subject, out.toBytes());
    }

    private static List<Reading> readings(BitReader in, String subject, Values values) {
        var beyond = Levels.readFunction(in, values.milli());
        var flags = Series.read(in, values.milli().length);
        var agesNs = readAges(in, values.milli().length);
        var seenAgesNs = readAges(in, values.verdicts().length);
        var silences = values.count(Values.SILENT);
        var faults = Series.read(in, silences);
        var details = Texts.read(in, silences);
        var readings = new ArrayList<Reading>(values.sorts().length);
        var next = new int[Values.SILENT + 1];
        for (var sort : values.sorts()) {
            var i = next[(int) sort]++;
            readings.add(
                    switch ((int) sort) {
                        case Values.MEASURED ->
                                new Reading.Measured(
                                        subject,
                                        Codes.numbered(
                                                Quantity.values(),
                                                Codes::of,
                                                values.quantities()[i]),
                                        values.milli()[i] + beyond[i],
                                        values.milli()[i],
                                        agesNs[i],
                                        Codes.flags(flags[i]));
                        case Values.SEEN ->
                                new Reading.Seen(
                                        subject,
                                        Codes.numbered(
                                                CameraVerdict.values(),
                                                Codes::of,
                                                values.verdicts()[i]),
                                        seenAgesNs[i]);
                        default ->
                                new Reading.Silent(
                                        subject,
                                        Codes.numbered(Fault.values(), Codes::of, faults[i]),
                                        details.get(i));
                    });
        }
        return readings;
    }

    private static int sort(Reading reading) {
        return switch (reading) {
            case Reading.Measured _ -> Values.MEASURED;
            case Reading.Seen _ -> Values.SEEN;
            case Reading.Silent _ -> Values.SILENT;
        };
    }

    private static void writeAges(BitWriter out, long[] agesNs) {
        var whole = Arrays.stream(agesNs).allMatch(ns -> ns % NS_PER_MS == 0);
        out.truth(whole);
        Series.write(
                out, whole ? Arrays.stream(agesNs).map(ns -> ns / NS_PER_MS).toArray() : agesNs);
    }

    private static long[] readAges(BitReader in, int size) {
        var unitNs = in.truth() ? NS_PER_MS : 1;
        var ages = Series.read(in, size);
        for (var i = 0; i < size; i++) {
            ages[i] *= unitNs;
        }
        return ages;
    }

    private static <T extends Reading> List<T> only(List<Reading> readings, Class<T> sort) {
        return readings.stream().filter(sort::isInstance).map(sort::cast).toList();
    }

    private static <T> long[] numbers(List<T> readings, ToLongFunction<T> number) {
        return readings.stream().mapToLong(number).toArray();
    }
}
