package org.mingchu.gateway.keep.pack;

import org.mingchu.gateway.keep.cbor.Cbor.Malformed;
import org.mingchu.sensors.Reading;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one subject's values of one measure were in one block: enough for long charts, and what is
 * left when the block itself is dropped. Values count at the time of their round, but those that a
 * probe had buffered: they are told by themselves, in the minutes in which they were so. Immutable.
 */
public final class Summary {
    private static final long NS_PER_MS = 1_000_000;

    private final byte[] bytes;
    private final Blob blob;
    private final Measure measure;
    private final long count;
    private final long faults;
    private final Span span;
    private final Extent extent;

    /** Where its minutes begin, in bits of the payload. */
    private final long minutesAt;

    /**
     * The rounds of the block, whether this subject spoke in them or not.
     *
     * @param fromNs boot time of the first, in nanoseconds, cut to whole milliseconds
     * @param toNs boot time of the last, likewise
     * @param fromMs milliseconds since 1970 as the wall clock said at the first
     */
    public record Span(long fromNs, long toNs, long fromMs) {}

    /**
     * The values, in thousandths; all 0 when there are none.
     *
     * @param sum stops at the ends of a long
     */
    public record Extent(long min, long max, long sum, long first, long last) {
        private static final Extent NOTHING = new Extent(0, 0, 0, 0, 0);
    }

    private Summary(byte[] bytes) {
        this.bytes = bytes;
        this.blob = Blob.open(bytes, Blob.Sort.SUMMARY);
        var in = blob.payload();
        this.measure = Measure.coded(in.number());
        this.count = in.count(Block.READINGS_MAX);
        this.faults = in.count(Block.READINGS_MAX);
        this.span = readSpan(in);
        this.extent = count == 0 ? Extent.NOTHING : readExtent(in, count);
        this.minutesAt = in.mark();
    }

    /**
     * Reads a summary.
     *
     * @throws Malformed when it is damaged
     * @throws org.mingchu.gateway.keep.cbor.Cbor.Unknown when a later program wrote it
     */
    public static Summary of(byte[] bytes) {
        return new Summary(bytes);
    }

    /** As it is stored; not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /** 16 hexadecimal digits. */
    public String epoch() {
        return blob.epoch();
    }

    /** The seq of the first entry of its block. */
    public long firstSeq() {
        return blob.firstSeq();
    }

    public String subject() {
        return blob.subject();
    }

    public Measure measure() {
        return measure;
    }

    /** How many values, without late ones. */
    public long count() {
        return count;
    }

    /**
     * How often the subject gave a reason in place of a value. Told with its first measure only.
     */
    public long faults() {
        return faults;
    }

    public Span span() {
        return span;
    }

    public Extent extent() {
        return extent;
    }

    /**
     * Its minutes; none when there are no values.
     *
     * @throws Malformed when it is damaged
     */
    public Minutes minutes() {
        return minutes(Minutes.Depth.MEANS);
    }

    /** Its minutes without what nobody asks for, which takes half the time and more. */
    Minutes minutes(Minutes.Depth depth) {
        if (count == 0) {
            return Minutes.NONE;
        }
        var in = blob.payload();
        in.backTo(minutesAt);
        return Minutes.read(in, span.fromNs, depth);
    }

    /**
     * What a probe had buffered and told in this block; empty when an older program wrote the
     * summary: then late values count at the time of their round, as all others do.
     *
     * @throws Malformed when it is damaged
     */
    public Optional<LateMinutes> late() {
        var in = blob.payload();
        in.backTo(minutesEnd());
        return in.hasMore() && in.truth() ? Optional.of(LateMinutes.read(in)) : Optional.empty();
    }

    /** Where an older program stops reading, in bits of the payload. */
    long minutesEnd() {
        var in = blob.payload();
        in.backTo(minutesAt);
        if (count > 0) {
            Minutes.read(in, span.fromNs, Minutes.Depth.MEANS);
        }
        return in.mark();
    }

    /** The summaries of a subject: one for each measure, or one of silence. */
    static List<Summary> of(Head head, String subject, byte[] column, List<Reading> readings) {
        var faults = readings.stream().filter(Reading.Silent.class::isInstance).count();
        var late = readings.stream().anyMatch(reading -> reading.behindNs() > 0);
        var keptNs = head.times().keptNs();
        var measures = readings.stream().flatMap(r -> Measure.of(r).stream()).distinct().toList();
        var summaries = new ArrayList<Summary>();
        for (var measure : measures.isEmpty() ? List.of(Measure.NONE) : measures) {
            var told =
                    late
                            ? Column.of(column).told(measure, keptNs)
                            : Column.Told.atOnce(Column.points(column, measure, keptNs));
            summaries.add(write(head, subject, measure, told, summaries.isEmpty() ? faults : 0));
        }
        return summaries;
    }

    private static Summary write(
            Head head, String subject, Measure measure, Column.Told told, long faults) {
        var out = new BitWriter();
        var points = told.atOnce();
        var times = head.times();
        var span =
                new Span(
                        floorMs(times.keptNs()[0]),
                        floorMs(times.keptNs()[head.rounds() - 1]),
                        times.wallMs()[0]);
        out.number(measure.code()).number(points.size()).number(faults);
        out.number(Math.floorDiv(span.fromNs, NS_PER_MS));
        out.number((span.toNs - span.fromNs) / NS_PER_MS);
        out.number(span.fromMs - Math.floorDiv(span.fromNs, NS_PER_MS));
        if (points.size() > 0) {
            writeExtent(out, extent(points), points.size());
            Minutes.write(out, Minutes.of(span.fromNs, points));
        }
        // What fills the last byte is 0: so an older program's summary does not say that it knows.
        out.truth(true);
        LateMinutes.write(out, LateMinutes.of(told.late()));
        return new Summary(
                Blob.wrap(Blob.Sort.SUMMARY, head.epoch(), head.seq(0), subject, out.toBytes()));
    }

    private static long floorMs(long ns) {
        return Math.floorDiv(ns, NS_PER_MS) * NS_PER_MS;
    }

    private static Span readSpan(BitReader in) {
        var fromNs = in.number() * NS_PER_MS;
        var toNs = fromNs + in.number() * NS_PER_MS;
        return new Span(fromNs, toNs, in.number() + Math.floorDiv(fromNs, NS_PER_MS));
    }

    private static Extent extent(Points points) {
        var min = Long.MAX_VALUE;
        var max = Long.MIN_VALUE;
        var sum = 0L;
        for (var milli : points.milli()) {
            min = Math.min(min, milli);
            max = Math.max(max, milli);
            sum = plus(sum, milli);
        }
        return new Extent(min, max, sum, points.milli()[0], points.milli()[points.size() - 1]);
    }

    /** Everything as it differs from the least; wraps around for absurd values, both ways alike. */
    private static void writeExtent(BitWriter out, Extent extent, long count) {
        out.number(extent.min).number(extent.max - extent.min);
        out.number(extent.sum - extent.min * count);
        out.number(extent.first - extent.min).number(extent.last - extent.min);
    }

    private static Extent readExtent(BitReader in, long count) {
        var min = in.number();
        return new Extent(
                min,
                min + in.number(),
                in.number() + min * count,
                min + in.number(),
                min + in.number());
    }

    /** The sum of values that no sensor gives stays at the end of what a long can hold. */
    static long plus(long sum, long milli) {
        var more = sum + milli;
        var overflow = ((sum ^ more) & (milli ^ more)) < 0;
        return overflow ? (sum < 0 ? Long.MIN_VALUE : Long.MAX_VALUE) : more;
    }
}
