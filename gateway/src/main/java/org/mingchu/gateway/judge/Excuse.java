package org.mingchu.gateway.judge;

import org.mingchu.config.Defrost;
import org.mingchu.gateway.judge.Trace.Swell;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * Until when a warm reading is taken for a defrost. An excuse is given once, when a rise begins,
 * and is never prolonged, but it ends where the rise turns out to be something else. Immutable.
 *
 * @param schedule when the unit defrosts, where the site says so
 * @param longest of any defrost, recovery included
 * @param zone in which the days are
 */
record Excuse(Optional<Defrost.Scheduled> schedule, Duration longest, ZoneId zone) {
    /** An open door, or a shape that does not fit, may be noise for so long. */
    static final Duration STRANGE = Duration.ofMinutes(2);

    /** What comes at its time may be unlike the others for so long: a door, and then the heater. */
    private static final Duration UNLIKE = Duration.ofMinutes(20);

    /** What comes after a scheduled defrost: drip, fan, and back into the band. */
    private static final Duration RECOVERY = Duration.ofMinutes(30);

    /** A timer may be late by so much, and ice makes the rise begin later still. */
    private static final Duration LATE = Duration.ofMinutes(20);

    private static final long DAY_MS = Duration.ofDays(1).toMillis();

    /**
     * @param had what was excused so far, in the boot of {@code at}
     * @param begins whether the rise begins with the present value
     */
    Optional<Moment> until(
            Optional<Habit> habit,
            Optional<Swell> swell,
            boolean begins,
            Optional<Moment> had,
            Moment at) {
        if (schedule.isPresent()) {
            return scheduled(schedule.get(), at).or(() -> had);
        }
        if (habit.isEmpty() || swell.isEmpty()) {
            return Optional.empty();
        }
        return habit.get().punctual()
                ? byClock(habit.get(), swell.get(), begins ? Optional.empty() : had, at)
                : byShape(habit.get(), swell.get(), begins, had, at);
    }

    /** What the contact says that tells a defrost. */
    enum Contact {
        /** Nothing: it is silent, or there is none. */
        UNHEARD,
        OFF,
        ON
    }

    /**
     * The same where a contact tells. It begins with the contact and ends with it, but for the way
     * back; one that falls off and comes again goes on. No rise is excused for longer than a
     * defrost may take, and a contact that stays on excuses one only.
     */
    Optional<Moment> signalled(boolean on, Optional<Swell> swell, Optional<Moment> had, Moment at) {
        var back = at.before(-RECOVERY.toNanos());
        if (!on) {
            return had.map(until -> earlier(until, back))
                    .filter(until -> swell.isPresent() || until.upNs() > at.upNs());
        }
        if (had.isEmpty()) {
            return Optional.of(at.before(-longest.toNanos()));
        }
        var until = had.get();
        if (swell.isEmpty() || until.upNs() <= at.upNs()) {
            return had;
        }
        var end = swell.get().begun().before(-longest.toNanos());
        return Optional.of(until.upNs() > back.upNs() ? until : later(until, earlier(back, end)));
    }

    private static Moment earlier(Moment one, Moment other) {
        return one.upNs() < other.upNs() ? one : other;
    }

    private static Moment later(Moment one, Moment other) {
        return one.upNs() > other.upNs() ? one : other;
    }

    /**
     * The same for a rise that does not come back by itself: what is unlike the unit's defrosts by
     * then is none, whatever the time of day.
     */
    static Optional<Moment> ended(Optional<Moment> until, Swell rise, Moment at) {
        return until.map(u -> rise.strangeNs() > UNLIKE.toNanos() && u.upNs() > at.upNs() ? at : u);
    }

    private Optional<Moment> scheduled(Defrost.Scheduled known, Moment at) {
        if (at.clock() == ClockState.UNSYNCED) {
            return Optional.empty();
        }
        var windowNs = Math.min(known.longest().plus(RECOVERY).toNanos(), longest.toNanos());
        var time = Instant.ofEpochMilli(at.wallMs()).atZone(zone).toLocalTime();
        return known.starts().stream()
                .map(start ->
                        Math.floorMod(time.toNanoOfDay() - start.toNanoOfDay(), DAY_MS * 1_000_000))
                .filter(sinceNs -> sinceNs < windowNs)
                .map(sinceNs -> at.before(sinceNs - windowNs))
                .findFirst();
    }

    /** Whether a defrost is due just now; it may have begun before the band is left. */
    boolean awaits(Habit habit, Moment at) {
        return habit.punctual()
                && at.clock() != ClockState.UNSYNCED
                && sinceNs(habit.dueMinutesOfDay(), at).isPresent();
    }

    /** What begins at its time is a defrost; what was warm before has no more time than one. */
    private Optional<Moment> byClock(Habit habit, Swell rise, Optional<Moment> had, Moment at) {
        if (had.isPresent() || at.clock() == ClockState.UNSYNCED) {
            return had;
        }
        return sinceNs(habit.minutesOfDay(), at)
                .map(sinceNs -> sinceNs - Habit.EARLY.toNanos())
                .map(sinceNs -> Math.min(sinceNs, at.upNs() - rise.begun().upNs()))
                .map(sinceNs -> at.before(sinceNs - lengthNs(habit)));
    }

    /** Since when a defrost may have begun; empty when it is none of its times. */
    private Optional<Long> sinceNs(List<Integer> minutesOfDay, Moment at) {
        var nowMs = TimesOfDay.msOfDay(at, zone);
        var earlyMs = Habit.EARLY.toMillis();
        return minutesOfDay.stream()
                .map(minute -> Math.floorMod(nowMs - minute * 60_000L + earlyMs, DAY_MS))
                .filter(sinceMs -> sinceMs <= earlyMs + LATE.toMillis())
                .map(sinceMs -> sinceMs * 1_000_000)
                .findFirst();
    }

    private Optional<Moment> byShape(
            Habit habit, Swell rise, boolean begins, Optional<Moment> had, Moment at) {
        if (rise.strangeNs() > STRANGE.toNanos() || rise.doorNs() > STRANGE.toNanos()) {
            return Optional.empty();
        }
        if (!begins) {
            return had;
        }
        return habit.mayBegin(at)
                ? Optional.of(rise.begun().before(-lengthNs(habit)))
                : Optional.empty();
    }

    /** Never longer than the pack allows, from the rise's beginning or the time of day on. */
    private long lengthNs(Habit habit) {
        return Math.min(habit.windowNs(), longest.toNanos());
    }
}
