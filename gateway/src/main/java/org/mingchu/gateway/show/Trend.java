package org.mingchu.gateway.show;

import org.mingchu.gateway.judge.State;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What the record says of one unit or sensor over a span of time. Immutable.
 *
 * @param id of the unit or sensor that was asked for
 * @param fromMs where the first step begins, milliseconds since 1970
 * @param curves values of what is measured, each by itself
 * @param happened what may explain them, ascending
 */
public record Trend(
        String id, TrendSpan span, long fromMs, List<Curve> curves, List<Happening> happened) {
    public Trend {
        curves = List.copyOf(curves);
        happened = List.copyOf(happened);
    }

    /** Where it ends, milliseconds since 1970. */
    public long toMs() {
        return fromMs + span.lengthMs();
    }

    /**
     * The values of one sensor, in thousandths of its unit.
     *
     * @param uom SenML unit
     * @param below the limit below, where there is one
     * @param above the limit above, where there is one
     * @param holes no value was there, as the eye can tell them apart; ascending
     * @param missing all of them, counted one by one
     * @param figures of all values; empty when there was none
     * @param belowMs milliseconds below the limit
     * @param aboveMs milliseconds above the limit
     * @param byMinutes some of it was thinned to minutes
     */
    public record Curve(
            String sensor,
            String measures,
            String uom,
            OptionalLong below,
            OptionalLong above,
            Points points,
            List<Hole> holes,
            Missing missing,
            Optional<Figures> figures,
            long belowMs,
            long aboveMs,
            boolean byMinutes) {
        public Curve {
            holes = List.copyOf(holes);
        }
    }

    /**
     * For how long there was no value.
     *
     * @param count how many times
     * @param ms milliseconds together
     */
    public record Missing(long count, long ms) {}

    /** A stretch without a value, milliseconds since 1970. */
    public record Hole(long fromMs, long toMs) {}

    /** The values of all the span, in thousandths. */
    public record Figures(long count, long min, long mean, long max) {}

    /**
     * Something that happened.
     *
     * @param kind what, in one of {@link TrendJson#KINDS}
     * @param alarm which one, when it was one
     * @param toMs when it was over; empty when it took no time, or is not over
     * @param milli what was measured by hand, thousandths of a degree Celsius
     */
    public record Happening(
            String kind,
            Optional<State.Key> alarm,
            long fromMs,
            OptionalLong toMs,
            OptionalLong milli) {
        /** Took no time. */
        static final Set<String> MOMENTS = Set.of("check", "by-hand");

        /** It begins; whether it ends, the future tells. */
        public Happening(String kind, Optional<State.Key> alarm, long fromMs, OptionalLong toMs) {
            this(kind, alarm, fromMs, toMs, OptionalLong.empty());
        }

        /** Whether it still goes on, as far as is known. */
        public boolean goesOn() {
            return toMs.isEmpty() && !MOMENTS.contains(kind);
        }
    }

    /**
     * Least, mean and greatest value of each step: of a spike of one reading the greatest keeps its
     * height. Numbers side by side; one thread until it is handed on, then nobody changes it.
     */
    public static final class Points {
        private final long[] count = new long[TrendSpan.STEPS];
        private final long[] min = new long[TrendSpan.STEPS];
        private final long[] max = new long[TrendSpan.STEPS];
        private final long[] sum = new long[TrendSpan.STEPS];
        private final long[] summed = new long[TrendSpan.STEPS];

        public Points() {
            Arrays.fill(min, Long.MAX_VALUE);
            Arrays.fill(max, Long.MIN_VALUE);
        }

        /** In this step there were so many values, between these two. */
        public void extent(int step, long values, long least, long greatest) {
            count[step] += values;
            min[step] = Math.min(min[step], least);
            max[step] = Math.max(max[step], greatest);
        }

        /** One value, or the mean of a minute, for the mean of its step. */
        public void value(int step, long milli) {
            sum[step] += milli;
            summed[step]++;
        }

        /** Whether there was a value; where there was none, the line has a gap. */
        public boolean has(int step) {
            return count[step] > 0;
        }

        public long min(int step) {
            return min[step];
        }

        public long max(int step) {
            return max[step];
        }

        /** Within least and greatest, also where only these two are known. */
        public long mean(int step) {
            var middle =
                    summed[step] == 0
                            ? Math.floorDiv(min[step] + max[step], 2)
                            : Math.floorDiv(sum[step], summed[step]);
            return Math.clamp(middle, min[step], max[step]);
        }
    }
}
