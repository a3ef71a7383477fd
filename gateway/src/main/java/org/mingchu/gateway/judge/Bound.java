package org.mingchu.gateway.judge;

import org.jspecify.annotations.Nullable;
import org.mingchu.config.Condition;
import org.mingchu.config.Watch;
import org.mingchu.gateway.judge.State.Heard;
import org.mingchu.gateway.judge.State.Pending;
import org.mingchu.gateway.judge.State.Watching;
import org.mingchu.sensors.CameraVerdict;
import org.mingchu.sensors.Fault;
import org.mingchu.sensors.Flag;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.Reading;

import java.time.Duration;
import java.util.Optional;

/**
 * A watch with its times worked out once. Immutable.
 *
 * @param order its place in the plan; decides between equal deadlines
 * @param firstNs how much of the on-delay its first word proves
 * @param wordNs proven so long by words, it is raised
 * @param clockNs held so long by the clock, it is raised without another word
 * @param offNs proven gone so long by words, it returns
 * @param offClockNs gone so long by the clock, it returns without another word
 * @param freshNs a word older than this is no longer the sensor's word on the present
 */
record Bound(
        Watch watch,
        State.Key key,
        int order,
        long firstNs,
        long wordNs,
        long clockNs,
        long offNs,
        long offClockNs,
        long freshNs) {
    /** A deadline that never comes. */
    static final long NEVER_NS = Long.MAX_VALUE;

    /** One lost round is no silence; the second is. */
    static final int FRESH_PERIODS = 2;

    /**
     * How long the clock waits for a reading that is due at the same moment as a deadline: a
     * conversion of a DS18B20 takes 750 ms. At most half a period.
     */
    static final Duration ROOM = Duration.ofSeconds(1);

    static Bound of(Watch watch, int order) {
        var key = new State.Key(watch.subject(), watch.rule().id());
        var onNs = watch.rule().delay().plain().toNanos();
        var offNs = watch.rule().delay().off().toNanos();
        var periodNs = watch.period().toNanos();
        var roomNs = roomNs(periodNs);
        var freshNs = FRESH_PERIODS * periodNs;
        return switch (watch.rule().when()) {
            case Condition.Above _, Condition.Below _, Condition.Open _, Condition.CameraLost _ ->
                    new Bound(
                            watch,
                            key,
                            order,
                            0,
                            onNs,
                            onNs + roomNs,
                            offNs,
                            offNs + roomNs,
                            freshNs);
            case Condition.UplinkLost _, Condition.StorageLost _, Condition.StorageLow _ ->
                    new Bound(watch, key, order, 0, onNs, onNs, offNs, offNs, NEVER_NS);
            case Condition.Silent(var n) -> counted(watch, key, order, n * periodNs + onNs);
            case Condition.Faulty(var n) -> counted(watch, key, order, n * periodNs + onNs);
        };
    }

    /**
     * Missed periods. A round may be early or late by half a period: the n-th bad word raises even
     * when it comes early, and the clock alone raises only when it cannot come any more.
     */
    private static Bound counted(Watch watch, State.Key key, int order, long needNs) {
        var offNs = watch.rule().delay().off().toNanos();
        var periodNs = watch.period().toNanos();
        var halfNs = periodNs / 2;
        return new Bound(
                watch,
                key,
                order,
                periodNs,
                needNs - halfNs,
                needNs + halfNs,
                offNs,
                offNs + roomNs(periodNs),
                FRESH_PERIODS * periodNs);
    }

    private static long roomNs(long periodNs) {
        return Math.min(ROOM.toNanos(), periodNs / 2);
    }

    Condition when() {
        return watch.rule().when();
    }

    boolean watchesSilence() {
        return when() instanceof Condition.Silent;
    }

    boolean watchesUplink() {
        return when() instanceof Condition.UplinkLost;
    }

    boolean watchesStorage() {
        return when() instanceof Condition.StorageLost || when() instanceof Condition.StorageLow;
    }

    /** Whether it watches the sensor itself, not what the sensor measures. */
    boolean watchesSensor() {
        return watchesSilence() || when() instanceof Condition.Faulty;
    }

    boolean watchesLimit() {
        return when() instanceof Condition.Above || when() instanceof Condition.Below;
    }

    /** What a reading of its subject says about its condition. */
    Word says(Reading reading) {
        return switch (reading) {
            case Reading.Measured measured -> proven(measured, measured(measured));
            case Reading.Seen(_, var verdict, _) -> seen(verdict);
            case Reading.Silent(_, var fault, _) -> silent(fault);
        };
    }

    /** What the state of the store says about its condition; only of one that watches it. */
    Word says(StorageState storage) {
        var low = when() instanceof Condition.StorageLow;
        return switch (storage) {
            case SOUND -> Word.GONE;
            case LOW -> low ? Word.SHOWS : Word.GONE;
            // Whether the disk has room nobody can say now.
            case MEMORY, DAMAGED -> low ? Word.MUTE : Word.SHOWS;
        };
    }

    private Word proven(Reading.Measured measured, Word word) {
        if (word == Word.SHOWS || !measured.flags().contains(Flag.UNAUTHENTICATED)) {
            return word;
        }
        // An unproven sender is not silent, yet its word never clears anything.
        return watchesSilence() ? Word.NEITHER : Word.NOTHING;
    }

    private Word measured(Reading.Measured measured) {
        var milli = measured.milli();
        return switch (when()) {
            case Condition.Above(var limit, var deadband) ->
                    milli > limit
                            ? Word.SHOWS
                            : milli > limit - deadband ? Word.NEITHER : Word.GONE;
            case Condition.Below(var limit, var deadband) ->
                    milli < limit
                            ? Word.SHOWS
                            : milli < limit + deadband ? Word.NEITHER : Word.GONE;
            case Condition.Open() -> milli == 0 ? Word.GONE : Word.SHOWS;
            case Condition.Silent _, Condition.Faulty _ -> Word.GONE;
            case Condition.CameraLost _,
                    Condition.UplinkLost _,
                    Condition.StorageLost _,
                    Condition.StorageLow _ ->
                    Word.NOTHING;
        };
    }

    private Word seen(CameraVerdict verdict) {
        return switch (when()) {
            case Condition.CameraLost _ ->
                    verdict == CameraVerdict.HEALTHY ? Word.GONE : Word.SHOWS;
            case Condition.Silent _, Condition.Faulty _ -> Word.GONE;
            case Condition.Above _,
                    Condition.Below _,
                    Condition.Open _,
                    Condition.UplinkLost _,
                    Condition.StorageLost _,
                    Condition.StorageLow _ ->
                    Word.NOTHING;
        };
    }

    private Word silent(Fault fault) {
        return switch (when()) {
            // A sensor that answers with faults is not silent, yet not well either.
            case Condition.Silent _ -> fault == Fault.SILENT ? Word.SHOWS : Word.NEITHER;
            case Condition.Faulty _ -> fault == Fault.SILENT ? Word.MUTE : Word.SHOWS;
            case Condition.Above _,
                    Condition.Below _,
                    Condition.Open _,
                    Condition.CameraLost _,
                    Condition.UplinkLost _,
                    Condition.StorageLost _,
                    Condition.StorageLow _ ->
                    Word.MUTE;
        };
    }

    /** What is remembered after a word; the same object when nothing changes. */
    Watching after(Watching was, Word word, Moment at, long seq) {
        return switch (word) {
            case SHOWS ->
                    was.active() ? was.withReturning(Optional.empty()) : pending(was, at, seq);
            case GONE -> was.active() ? returning(was, at, seq) : was.withPending(Optional.empty());
            case NEITHER -> was.withPending(Optional.empty()).withReturning(Optional.empty());
            case MUTE -> was.withReturning(Optional.empty());
            case NOTHING -> was;
        };
    }

    private Watching pending(Watching was, Moment at, long seq) {
        var run = was.pending();
        return was.withPending(
                Optional.of(
                        run.isPresent()
                                ? run.get().shown(at, seq)
                                : Pending.begin(at, seq, firstNs)));
    }

    private Watching returning(Watching was, Moment at, long seq) {
        var run = was.returning();
        if (run.isEmpty()) {
            return was.withReturning(Optional.of(Pending.begin(at, seq, 0)));
        }
        // Nobody saw what was in a hole: it proves nothing good.
        var seamless = run.get().within(at) && at.upNs() - run.get().since().upNs() <= freshNs;
        return was.withReturning(
                Optional.of(seamless ? run.get().shown(at, seq) : run.get().resumed(at, seq)));
    }

    /**
     * When a decision is due if no further word comes, as {@code upNs} of the boot given; {@link
     * #NEVER_NS} when only a further word can bring one.
     */
    long dueNs(State state, String boot) {
        var was = state.watching().getOrDefault(key, Watching.NOTHING);
        if (was.active()) {
            return was.returning().isPresent()
                    ? runNs(was.returning().get(), state, boot, Word.GONE)
                    : NEVER_NS;
        }
        if (was.pending().isPresent()) {
            return runNs(was.pending().get(), state, boot, Word.SHOWS);
        }
        return watchesSilence() ? absenceNs(state.heard().get(watch.subject()), boot) : NEVER_NS;
    }

    private long runNs(Pending run, State state, String boot, Word word) {
        if (!run.since().boot().equals(boot)) {
            return NEVER_NS;
        }
        var dueNs = run.since().upNs() + leftNs(run, word);
        var ownsItsTime =
                watchesUplink() || watchesStorage() || (watchesSilence() && word == Word.SHOWS);
        return ownsItsTime || fresh(state, boot, dueNs, word) ? dueNs : NEVER_NS;
    }

    private long leftNs(Pending run, Word word) {
        if (word == Word.GONE) {
            return run.provenNs() >= offNs ? 0 : offClockNs - run.provenNs();
        }
        return run.provenNs() >= wordNs ? 0 : clockNs - run.provenNs();
    }

    /**
     * Whether the subject's latest word still says so at the deadline: no word, no decision. A
     * deadline that passed while the program did not run waits for a word as well.
     */
    private boolean fresh(State state, String boot, long dueNs, Word word) {
        var heard = state.heard().get(watch.subject());
        if (heard == null || !heard.at().boot().equals(boot) || says(heard.latest()) != word) {
            return false;
        }
        var livedNs = state.at().map(Moment::upNs).orElse(dueNs);
        return Math.max(dueNs, livedNs) - heard.at().upNs() <= freshNs;
    }

    private long absenceNs(@Nullable Heard heard, String boot) {
        return heard != null && heard.at().boot().equals(boot)
                ? heard.at().upNs() + clockNs
                : NEVER_NS;
    }
}
