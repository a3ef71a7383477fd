package org.mingchu.gateway.keep;

import org.mingchu.gateway.keep.pack.Buckets;
import org.mingchu.sensors.Fault;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.Reading;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What {@link History} answers. All are immutable. */
public final class Answers {
    private Answers() {}

    /**
     * One reading as it was kept.
     *
     * @param at when it was kept, as the record says
     * @param when the same by all that is known of the clock now
     */
    public record Said(String epoch, long seq, Moment at, Corrected when, Reading reading) {}

    /**
     * The readings of a window.
     *
     * @param byMinutes stretches whose readings were thinned: only minutes are there
     * @param whole false when there were more than {@link History#READINGS_MAX}
     */
    public record Readings(List<Said> said, List<Window> byMinutes, boolean whole) {
        public Readings {
            said = List.copyOf(said);
            byMinutes = List.copyOf(byMinutes);
        }
    }

    /**
     * The last value of a sensor.
     *
     * @param ageMs how old it is
     * @param errorMs bound of the age's error: 0 within one boot, {@link Moment#ERROR_UNKNOWN_MS}
     *     when there is none
     */
    public record Last(Said said, long ageMs, long errorMs) {}

    /**
     * A reading, and how long before the moment that was asked about it was taken.
     *
     * @param agoMs milliseconds
     */
    public record Earlier(long agoMs, Reading reading) {}

    /**
     * Equal buckets of a window, each with its least and greatest value.
     *
     * @param byMinutes some of it was thinned: a minute counts where it began
     */
    public record Chart(Window window, Buckets buckets, boolean byMinutes) {}

    /** On which side of the limits. */
    public enum Side {
        BELOW,
        ABOVE
    }

    /**
     * A stretch during which each value was outside. It ends where values end.
     *
     * @param fromMs its first value, milliseconds since 1970
     * @param toMs the next value inside, or where the first hole begins
     * @param peakMilli the value farthest outside, in thousandths
     */
    public record Excursion(Side side, long fromMs, long toMs, long peakMilli) {
        public long lengthMs() {
            return toMs - fromMs;
        }
    }

    /**
     * All that was outside.
     *
     * @param excursions ascending
     * @param holes no value was there, so nothing is said of them
     * @param byMinutes some of it was thinned: a minute counts as outside when one of its values
     *     was, so an excursion may be up to a minute too long at either end
     */
    public record Excursions(List<Excursion> excursions, List<Window> holes, boolean byMinutes) {
        public Excursions {
            excursions = List.copyOf(excursions);
            holes = List.copyOf(holes);
        }

        /** Milliseconds on one side. */
        public long totalMs(Side side) {
            return excursions.stream()
                    .filter(e -> e.side() == side)
                    .mapToLong(Excursion::lengthMs)
                    .sum();
        }
    }

    /** The values of a stretch, in thousandths; the mean is that of the values, not of the time. */
    public record Figures(long count, long min, long max, long mean) {}

    /**
     * What happened to a sample while it was kept.
     *
     * @param figures empty when there was no value
     * @param belowMs milliseconds below the lower limit
     * @param aboveMs milliseconds above the upper limit
     * @param holes no value was there
     * @param worstHole the longest of them
     * @param byMinutes see {@link Excursions}
     */
    public record Sample(
            Optional<Figures> figures,
            long belowMs,
            long aboveMs,
            List<Window> holes,
            Optional<Window> worstHole,
            boolean byMinutes) {
        public Sample {
            holes = List.copyOf(holes);
        }
    }

    /**
     * How much of what was expected came.
     *
     * @param faults how often the sensor said why it had no value, as far as raw readings are there
     * @param absent expected, and nothing at all was said: the gateway was off, or the reason is
     *     thinned
     */
    public record Completeness(
            Window window, long expected, long received, Map<Fault, Long> faults, long absent) {
        public Completeness {
            faults = Map.copyOf(faults);
        }

        /** In hundredths of a per cent, at most 10000. */
        public long basisPoints() {
            return expected == 0 ? 10_000 : Math.min(10_000, received * 10_000 / expected);
        }
    }
}
