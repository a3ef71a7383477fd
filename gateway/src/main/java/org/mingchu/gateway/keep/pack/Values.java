package org.mingchu.gateway.keep.pack;

import org.mingchu.config.CameraVerdict;
import org.mingchu.gateway.keep.cbor.Cbor.Malformed;
import org.mingchu.gateway.keep.entry.Codes;

import java.util.Arrays;

/** The first part of a column, as far as a chart needs it. */
final class Values {

    private final long[] rounds;
    private final long[] sorts;
    private final long[] quantities;
    private final long[] milli;
    private final long[] verdicts;

    Values(long[] rounds, long[] sorts, long[] quantities, long[] milli, long[] verdicts) {
        this.rounds = rounds;
        this.sorts = sorts;
        this.quantities = quantities;
        this.milli = milli;
        this.verdicts = verdicts;
    }

    /** In which round each reading was. */
    long[] rounds() {
        return rounds;
    }

    /** Of each reading: measured, seen, silent. */
    long[] sorts() {
        return sorts;
    }

    /** Of those measured. */
    long[] quantities() {
        return quantities;
    }

    /** Of those measured, calibrated, in thousandths. */
    long[] milli() {
        return milli;
    }

    /** Of those seen. */
    long[] verdicts() {
        return verdicts;
    }

    static final int MEASURED = 0;
    static final int SEEN = 1;
    static final int SILENT = 2;
    private static final long HEALTHY = Codes.of(CameraVerdict.HEALTHY);

    static void write(BitWriter out, Values values) {
        out.number(values.rounds.length);
        Series.write(out, values.rounds);
        Series.write(out, values.sorts);
        Series.write(out, values.quantities);
        Levels.write(out, values.milli);
        Series.write(out, values.verdicts);
    }

    static Values read(BitReader in) {
        var rounds = Series.read(in, in.count(Block.READINGS_MAX));
        var sorts = Series.read(in, rounds.length);
        var sizes = new int[SILENT + 1];
        for (var sort : sorts) {
            if (sort < 0 || sort > SILENT) {
                throw new Malformed("a reading of sort " + sort);
            }
            sizes[(int) sort]++;
        }
        return new Values(
                rounds,
                sorts,
                Series.read(in, sizes[MEASURED]),
                Levels.read(in, sizes[MEASURED]),
                Series.read(in, sizes[SEEN]));
    }

    int count(int sort) {
        return (int) Arrays.stream(sorts).filter(s -> s == sort).count();
    }

    /**
     * The values of {@code measure}, each at its round's time.
     *
     * @param keptNs of all rounds
     */
    static Points points(BitReader in, Measure measure, long[] keptNs) {
        var start = in.mark();
        var size = in.count(Block.READINGS_MAX);
        // One value of the measure in each round, as nearly always: the rest is told by heads.
        var quantity = measure.quantity();
        if (size == keptNs.length
                && size > 0
                && quantity.isPresent()
                && Series.isRamp(in, size, 0, 1)
                && Series.isRamp(in, size, MEASURED, 0)
                && Series.isRamp(in, size, quantity.getAsLong(), 0)) {
            return new Points(keptNs, Levels.read(in, size));
        }
        in.backTo(start);
        return read(in).points(measure, keptNs);
    }

    private Points points(Measure measure, long[] keptNs) {
        var most = measure == Measure.CAMERA ? verdicts.length : milli.length;
        var atNs = new long[most];
        var values = new long[most];
        var size = 0;
        var nextMeasured = 0;
        var nextSeen = 0;
        for (var i = 0; i < rounds.length; i++) {
            var measured = sorts[i] == MEASURED ? nextMeasured++ : -1;
            var seen = sorts[i] == SEEN ? nextSeen++ : -1;
            if (measured >= 0 && measure.counts(quantities[measured])) {
                values[size] = milli[measured];
            } else if (seen >= 0 && measure == Measure.CAMERA) {
                values[size] = verdicts[seen] == HEALTHY ? Measure.HEALTHY_MILLI : 0;
            } else {
                continue;
            }
            atNs[size++] = keptNs[round(i, keptNs.length)];
        }
        return size == most
                ? new Points(atNs, values)
                : new Points(Arrays.copyOf(atNs, size), Arrays.copyOf(values, size));
    }

    private int round(int reading, int roundsOfAll) {
        var round = rounds[reading];
        if (round < 0 || round >= roundsOfAll) {
            throw new Malformed("round " + round + " of " + roundsOfAll);
        }
        return (int) round;
    }
}
