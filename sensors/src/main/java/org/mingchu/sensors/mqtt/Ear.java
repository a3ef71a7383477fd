package org.mingchu.sensors.mqtt;

import org.mingchu.config.SensorPlan;
import org.mingchu.sensors.Correction;
import org.mingchu.sensors.Fault;
import org.mingchu.sensors.Flag;
import org.mingchu.sensors.Reading;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * One sensor of the site file, as it is heard on its topic. The loop's thread, but {@link #heard}
 * any thread.
 */
final class Ear {
    /** A value that says itself that it is older was buffered on its way. */
    private static final Duration LATE = Duration.ofMinutes(2);

    /** A time further ahead than this is wrong. */
    private static final Duration AHEAD_MAX = Duration.ofMinutes(2);

    /** Dated values remembered, to know one that comes again. */
    private static final int MARKS_MAX = 256;

    private static final long OPEN_MILLI = 1000;
    private static final long NS_PER_MS = 1_000_000;

    private static final Logger LOG = LoggerFactory.getLogger(Ear.class);

    private final SensorPlan plan;
    private final Correction correction;
    private final Place place;
    private final Gauge gauge;
    private final LinkedHashSet<Said.Mark> kept = new LinkedHashSet<>();
    private final Set<String> logged = new HashSet<>();
    private long newestOwnMs = Long.MIN_VALUE;
    private volatile Health.Heard heard = Health.Heard.NEVER;

    Ear(SensorPlan plan, Correction correction, Place place, Gauge.Scale scale) {
        this.plan = plan;
        this.correction = correction;
        this.place = place;
        this.gauge = new Gauge(plan.measures(), scale);
    }

    String id() {
        return plan.id();
    }

    Place place() {
        return place;
    }

    Health.Heard heard() {
        return heard;
    }

    /**
     * What the payload says about this sensor. Nothing when nothing stands at its place, and
     * nothing when nobody can tell how old it is: a value that was retained by the broker and does
     * not date itself.
     */
    Optional<Said> listen(Map<Place, Scalar> picked, boolean fahrenheit, Timing timing) {
        var scalar = Optional.ofNullable(picked.get(place));
        if (scalar.isEmpty()) {
            // Once heard, it is only that not every message tells everything.
            if (heard.lastNs().isEmpty()) {
                note("nothing stands at the source's pointer");
            }
            return Optional.empty();
        }
        return switch (gauge.of(scalar.get(), fahrenheit)) {
            case Gauge.Found.None(var fault, var why) -> refused(fault, why, timing);
            case Gauge.Found.Milli(var raw) -> measured(raw, timing);
        };
    }

    /** A payload that says nothing, for a reason that the technician must know. */
    Optional<Said> refused(Fault fault, String why, Timing timing) {
        note(why);
        return timing.current() ? Optional.of(silent(fault, why)) : Optional.empty();
    }

    Said silent(Fault fault, String why) {
        return new Said(this, new Reading.Silent(plan.id(), fault, why), Optional.empty());
    }

    private Optional<Said> measured(long raw, Timing timing) {
        var age = ageNs(timing);
        if (age.isEmpty() && timing.retained()) {
            note("a retained value that is not dated says nothing about now");
            return Optional.empty();
        }
        var backfilled = backfilled(timing, age);
        if (!backfilled && age.isPresent() == timing.ownMs().isPresent()) {
            heard = new Health.Heard(heard.lastNs(), "");
        }
        // A time that is not believed must not make later ones look old, nor values look the same.
        var mark =
                age.isPresent()
                        ? Optional.of(new Said.Mark(timing.ownMs().orElseThrow(), raw))
                        : Optional.<Said.Mark>empty();
        var ageNs = age.orElseGet(() -> timing.sinceArrivalNs());
        var reading = flagged(judged(raw, ageNs), backfilled);
        return Optional.of(new Said(this, reading, mark));
    }

    /** By the payload's own time, if it has one that can be. */
    private OptionalLong ageNs(Timing timing) {
        if (timing.ownMs().isEmpty() || timing.wallMs().isEmpty()) {
            return OptionalLong.empty();
        }
        var ageMs = timing.wallMs().getAsLong() - timing.ownMs().getAsLong();
        if (ageMs < -AHEAD_MAX.toMillis()) {
            note("its own time is ahead of ours: the time of arrival is taken");
            return OptionalLong.empty();
        }
        return OptionalLong.of(Math.max(0, ageMs) * NS_PER_MS);
    }

    private boolean backfilled(Timing timing, OptionalLong ageNs) {
        if (ageNs.isEmpty()) {
            return !timing.current() || timing.sinceArrivalNs() > LATE.toNanos();
        }
        if (ageNs.getAsLong() > LATE.toNanos() && !timing.retained()) {
            note("its own time is more than 2 min ago: buffered, or its clock or zone is wrong");
        }
        return ageNs.getAsLong() > LATE.toNanos() || timing.ownMs().orElseThrow() < newestOwnMs;
    }

    private Reading.Measured judged(long raw, long ageNs) {
        var value = correction.of(plan.id(), plan.measures(), raw);
        var inverted = plan.inverted() && plan.measures().contact();
        return new Reading.Measured(
                value.subject(),
                value.quantity(),
                raw,
                inverted ? OPEN_MILLI - raw : value.milli(),
                ageNs,
                value.flags());
    }

    private static Reading.Measured flagged(Reading.Measured value, boolean backfilled) {
        if (!backfilled) {
            return value;
        }
        var flags = EnumSet.of(Flag.BACKFILLED);
        flags.addAll(value.flags());
        return new Reading.Measured(
                value.subject(),
                value.quantity(),
                value.rawMilli(),
                value.milli(),
                value.ageNs(),
                flags);
    }

    /** Whether this very value at this very time is kept already. */
    boolean has(Said.Mark mark) {
        return kept.contains(mark);
    }

    /** The intake has kept it. */
    void keep(Said said, long nowNs) {
        said.mark()
                .ifPresent(mark -> {
                    newestOwnMs = Math.max(newestOwnMs, mark.ownMs());
                    kept.add(mark);
                    if (kept.size() > MARKS_MAX) {
                        kept.removeFirst();
                    }
                });
        if (said.reading() instanceof Reading.Measured) {
            heard = new Health.Heard(OptionalLong.of(nowNs), heard.note());
        }
    }

    /**
     * Each is logged once: a probe may say the same wrong thing for months, and between good ones.
     */
    private void note(String words) {
        heard = new Health.Heard(heard.lastNs(), words);
        if (logged.add(words)) {
            LOG.warn("event=mqtt-source sensor={} note=\"{}\"", plan.id(), words);
        }
    }
}
