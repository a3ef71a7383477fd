package org.mingchu.gateway.judge;

import org.mingchu.config.Condition;
import org.mingchu.gateway.judge.Trace.Now;
import org.mingchu.gateway.judge.Trace.Swell;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/** What the course of a temperature says about a condition. Pure. */
final class Foresight {
    /** Beyond its longest usual rise: a quarter of it, and as much as a door takes. */
    private static final Duration ROOM = Duration.ofMinutes(3);

    /** Where it is known when the heater is on, what else is steep is a door. */
    private static final Duration DOOR = Duration.ofMinutes(10);

    /** Who has shown no defrost for so long has no heater. */
    private static final Duration HEATERLESS = Duration.ofDays(14);

    /** After a heater's first minutes the air warms more slowly, for so long. */
    private static final Duration HEATER = Duration.ofMinutes(30);

    /** A machine that runs brings down more than so much in twenty minutes, in thousandths. */
    private static final long STAYS_MILLI = 200;

    /** Half of what is asked for is neither good nor bad, and half way back is on its way. */
    private static final int HALF = 2;

    /** Millionths in a thousandth. */
    private static final long MICRO = 1_000;

    private Foresight() {}

    /**
     * What the course says now.
     *
     * @param limitMilli of the rule that a {@link Condition.NotCooling} names
     */
    static Word says(Condition.OfCourse when, Course course, Trace trace, OptionalLong limitMilli) {
        if (trace.now().isEmpty()) {
            return Word.MUTE;
        }
        var now = trace.now().get();
        return switch (when) {
            case Condition.ProductAbove(var limit, var deadband) ->
                    product(now.productMicro(), limit * MICRO, deadband * MICRO);
            case Condition.LeftOpen(var time) -> leftOpen(course, trace, now, time);
            case Condition.Stuck(var time) ->
                    now.at().upNs() - now.since().upNs() >= time.toNanos() ? Word.SHOWS : Word.GONE;
            case Condition.DefrostOverdue(var percent) ->
                    trace.habit().map(habit -> overdue(habit, now, percent)).orElse(Word.GONE);
            case Condition.Drift(var kelvin, var percent) ->
                    now.effort().change().map(c -> drift(c, kelvin, percent)).orElse(Word.GONE);
            case Condition.NotCooling(_, var within) ->
                    limitMilli.isEmpty()
                            ? Word.NOTHING
                            : notCooling(course, trace, now, limitMilli.getAsLong(), within);
        };
    }

    private static Word product(long micro, long limitMicro, long deadbandMicro) {
        if (micro > limitMicro) {
            return Word.SHOWS;
        }
        return micro > limitMicro - deadbandMicro ? Word.NEITHER : Word.GONE;
    }

    private static Word overdue(Habit habit, Now now, int percent) {
        var gap = Habit.betweenNs(habit.last(), now.at());
        return gap.isPresent() && gap.get() > habit.overdueNs(percent) ? Word.SHOWS : Word.GONE;
    }

    private static Word drift(Effort.Change change, long milli, int percent) {
        if (change.harder(percent) || change.warmer(milli)) {
            return Word.SHOWS;
        }
        return change.harder(percent / HALF) || change.warmer(milli / HALF)
                ? Word.NEITHER
                : Word.GONE;
    }

    /**
     * A unit that cools turns down again and again. One that has risen for longer than it ever
     * does, beyond where it ever turns, and not as in its defrosts, does not cool; nor does one
     * that stays up there once its door is shut.
     */
    private static Word notCooling(
            Course course, Trace trace, Now now, long limitMilli, Duration within) {
        var staysUp = staysUp(now);
        if (!now.swing().rising() && !staysUp) {
            return Word.GONE;
        }
        var known =
                course.fine() && now.usual().known() && now.watchedNs() >= Course.KNOWN.toNanos();
        if (!known
                || now.milli() <= now.usual().ceilingMilli()
                || steep(trace, now)
                || course.awaitsDefrost(trace, now)) {
            return Word.NEITHER;
        }
        if (!staysUp && !risesTooLong(now)) {
            return Word.NEITHER;
        }
        var leftNs = leftNs(now, limitMilli);
        return leftNs.isPresent() && leftNs.getAsLong() <= within.toNanos()
                ? Word.SHOWS
                : Word.NEITHER;
    }

    /** How long it is until it will pass a limit, in nanoseconds: the sooner of what is known. */
    static OptionalLong leftNs(Now now, long limitMilli) {
        return LongStream.concat(
                        untilNs(now, limitMilli).stream(),
                        staysUp(now) ? sinceItLeftNs(now, limitMilli).stream() : LongStream.empty())
                .min();
    }

    private static boolean risesTooLong(Now now) {
        if (!now.swing().rising()) {
            return false;
        }
        var risingNs = now.at().upNs() - now.swing().turnedAt().upNs();
        return risingNs > now.usual().longNs() + now.usual().longNs() / 4 + ROOM.toNanos();
    }

    /**
     * Twenty minutes beyond its band, and hardly colder than before them. One that has come back by
     * half has been cooled: what keeps it up now is warm food.
     */
    private static boolean staysUp(Now now) {
        var recent = now.recent();
        var lookedAtNs = (recent.size() - 1) * Course.STEP.toNanos();
        return recent.size() == Course.RECENT_MAX
                && fellMilli(now) <= STAYS_MILLI
                && now.swell()
                        .filter(s -> now.at().upNs() - s.begun().upNs() >= lookedAtNs)
                        .filter(s -> backMilli(s, now) * HALF <= roseMilli(s))
                        .isPresent();
    }

    /** By how much it fell most, from any value to a later one. */
    private static long fellMilli(Now now) {
        var highest = Long.MIN_VALUE;
        var fell = 0L;
        for (long value : now.recent()) {
            highest = Math.max(highest, value);
            fell = Math.max(fell, highest - value);
        }
        return Math.max(fell, highest - now.milli());
    }

    private static long backMilli(Swell swell, Now now) {
        return swell.peakMilli() - now.milli();
    }

    private static long roseMilli(Swell swell) {
        return swell.peakMilli() - swell.curve().getFirst();
    }

    /**
     * Beyond its band a unit goes on warming, and has warmed fast, while the door is open; it falls
     * once that is shut. What a defrost does so is none.
     */
    private static Word leftOpen(Course course, Trace trace, Now now, Duration time) {
        var swing = now.swing();
        if (now.swell().isEmpty() || !swing.rising()) {
            return Word.GONE;
        }
        var begunNs = now.swell().get().begun().upNs();
        var turnedNs = swing.turnedAt().upNs();
        var steepNs = swing.steepAt().upNs();
        var fast = steepNs >= begunNs && steepNs > turnedNs;
        var forNs = now.at().upNs() - Math.max(begunNs, turnedNs);
        return course.fine() && fast && forNs >= time.toNanos() && !course.awaitsDefrost(trace, now)
                ? Word.SHOWS
                : Word.NEITHER;
    }

    /**
     * A machine that stands lets a unit warm no faster than its own pauses do: what did so just now
     * was a door, or a heater that may still be on.
     */
    private static boolean steep(Trace trace, Now now) {
        var noHeater = now.watchedNs() >= HEATERLESS.toNanos();
        var known = trace.habit().map(Habit::punctual).orElse(noHeater);
        var forNs = (known ? DOOR : HEATER).toNanos();
        return now.at().upNs() - now.swing().steepAt().upNs() < forNs;
    }

    /** The same if it goes on as since it left its usual band, doors and all. */
    private static OptionalLong sinceItLeftNs(Now now, long limitMilli) {
        var swell = now.swell().orElseThrow();
        var leftMilli = limitMilli - now.milli();
        var roseMilli = now.milli() - swell.curve().getFirst();
        if (leftMilli <= 0) {
            return OptionalLong.of(0);
        }
        var tookNs = now.at().upNs() - swell.begun().upNs();
        return roseMilli > 0
                ? OptionalLong.of(tookNs / roseMilli * leftMilli)
                : OptionalLong.empty();
    }

    /**
     * When it will pass a limit if it goes on as in the last minutes, in nanoseconds from now; 0
     * when it has. The curve of a warming unit flattens, so that this is the earliest.
     */
    static OptionalLong untilNs(Now now, long limitMilli) {
        var leftMilli = limitMilli - now.milli();
        if (leftMilli <= 0) {
            return OptionalLong.of(0);
        }
        var steps = now.recent().size() - 1;
        var roseMilli = now.milli() - now.recent().getFirst();
        return steps > 0 && roseMilli > 0
                ? OptionalLong.of(leftMilli * steps * Course.STEP.toNanos() / roseMilli)
                : OptionalLong.empty();
    }
}
