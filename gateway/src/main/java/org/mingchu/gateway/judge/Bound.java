package org.mingchu.gateway.judge;

import static org.mingchu.gateway.judge.Life.Trigger.AGAIN;
import static org.mingchu.gateway.judge.Life.Trigger.GONE;
import static org.mingchu.gateway.judge.Life.Trigger.GONE_LATCHED;
import static org.mingchu.gateway.judge.Life.Trigger.HELD;
import static org.mingchu.gateway.judge.Life.Trigger.PUT_BACK;
import static org.mingchu.gateway.judge.Life.Trigger.SETTLED;
import static org.mingchu.gateway.judge.Life.Trigger.SUPPRESS;
import static org.mingchu.gateway.judge.Life.Trigger.TAKE_OUT;
import static org.mingchu.gateway.judge.Life.Trigger.UNANSWERED;
import static org.mingchu.gateway.judge.Life.Trigger.UNSHELVE;
import static org.mingchu.gateway.judge.Life.Trigger.UNSUPPRESS;

import org.jspecify.annotations.Nullable;
import org.mingchu.config.Attention;
import org.mingchu.config.CameraVerdict;
import org.mingchu.config.Condition;
import org.mingchu.config.Quantity;
import org.mingchu.config.RulePack;
import org.mingchu.config.Unit;
import org.mingchu.config.UnitKind;
import org.mingchu.config.Watch;
import org.mingchu.gateway.judge.State.Heard;
import org.mingchu.gateway.judge.State.Open;
import org.mingchu.gateway.judge.State.Pending;
import org.mingchu.gateway.judge.State.Watching;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Fault;
import org.mingchu.sensors.Flag;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.Reading;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A watch, bound to what it needs to decide. Immutable.
 *
 * @param order its place in the plan; decides between equal deadlines
 * @param timing its delays
 * @param course how the temperature of its subject is followed; empty for all else
 * @param limitMilli the limit that a {@link Condition.NotCooling} foretells
 * @param ladder who is called when nobody answers
 * @param cabinet its unit and those that share door, mains or compressor with it
 * @param timed how it counts time, when it does
 */
record Bound(
        Watch watch,
        State.Key key,
        int order,
        Timing timing,
        Optional<Course> course,
        OptionalLong limitMilli,
        Ladder ladder,
        Set<String> cabinet,
        Optional<Timed> timed) {
    /** A deadline that never comes. */
    static final long NEVER_NS = Long.MAX_VALUE;

    static Bound of(
            Watch watch,
            int order,
            Optional<Course> course,
            OptionalLong limitMilli,
            RulePack.Calls calls,
            Set<String> cabinet,
            Optional<Timed> timed) {
        var key = new State.Key(watch.subject(), watch.rule().id());
        var ladder = Ladder.of(calls, watch.rule());
        return new Bound(
                watch, key, order, Timing.of(watch), course, limitMilli, ladder, cabinet, timed);
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

    boolean watchesBuzzer() {
        return when() instanceof Condition.BuzzerUnheard;
    }

    boolean watchesDrill() {
        return when() instanceof Condition.Drill;
    }

    boolean watchesClock() {
        return when() instanceof Condition.ClockUnsure;
    }

    /** Whether it watches the sensor itself, not what the sensor measures. */
    boolean watchesSensor() {
        return watchesSilence() || when() instanceof Condition.Faulty;
    }

    /** Whether it watches what happens to the food, or the door before it. */
    boolean watchesFood() {
        return watchesValue() || when() instanceof Condition.Open;
    }

    /** Whether what this one watches may have the same cause: in one cabinet, about its food. */
    boolean sharesCauseWith(Bound other) {
        if (!watchesFood()) {
            return false;
        }
        return other.watchesMains()
                || (other.watchesFood()
                        && other.watch()
                                .unit()
                                .map(unit -> cabinet.contains(unit.id()))
                                .orElse(false));
    }

    /** Whether it watches what all units hang on: without mains they all get warm. */
    boolean watchesMains() {
        return when() instanceof Condition.Contact
                && watch.measures().filter(Quantity.MAINS::equals).isPresent();
    }

    /** Whether its events say a value: all that judge a temperature or a humidity. */
    boolean watchesValue() {
        return watchesLimit()
                || when() instanceof Condition.OfCourse
                || (when() instanceof Condition.OfTime && !(when() instanceof Condition.NoCycle));
    }

    /**
     * Whether it calls when a unit gets warm that people may empty and switch off; not the last
     * line of defence, which nobody may hide, and nothing that is only for the digest.
     */
    boolean watchesCold() {
        var kind = watch.unit().map(Unit::kind);
        var warm =
                switch (when()) {
                    case Condition.Above _,
                            Condition.ProductAbove _,
                            Condition.NotCooling _,
                            Condition.Cumulative(Condition.Above _, _, _, _) ->
                            true;
                    default -> false;
                };
        return warm
                && watch.rule().guard().suppressible()
                && watch.rule().attention() != Attention.NONE
                && kind.filter(k -> k == UnitKind.CHILLED || k == UnitKind.FREEZER).isPresent();
    }

    boolean watchesLimit() {
        return when() instanceof Condition.Above || when() instanceof Condition.Below;
    }

    /**
     * Whether what holds now is another episode than the alarm that returned long ago, and that
     * nobody has seen.
     */
    boolean isNewEpisode(Watching was) {
        if (was.life() != AlarmState.UNACK_RETURNED || timing.settleNs() == 0) {
            return false;
        }
        var back = was.pending().map(Pending::begun);
        return back.flatMap(b -> Habit.betweenNs(was.open().orElseThrow().changedAt(), b))
                .map(ns -> ns >= timing.settleNs())
                .orElse(true);
    }

    /** What its subject says now, by its latest word and its course. */
    Word says(State state, Reading latest) {
        if (timed.isPresent()) {
            return state.at()
                    .map(at -> says(state.food(), state.traces(), at, latest))
                    .orElse(Word.MUTE);
        }
        if (!(when() instanceof Condition.OfCourse ofCourse)) {
            return says(latest);
        }
        return says(ofCourse, trace(state), latest);
    }

    /** The same of what is not in a state yet. */
    Word says(Map<String, Trace> traces, Food food, Moment at, Reading latest) {
        return timed.isPresent()
                ? says(food, traces, at, latest)
                : says(traces.getOrDefault(watch.subject(), Trace.NOTHING), latest);
    }

    private Word says(Food food, Map<String, Trace> traces, Moment at, Reading latest) {
        return latest instanceof Reading.Measured measured
                ? proven(
                        measured,
                        timed.map(t -> t.says(food, traces, measured.milli(), at))
                                .orElse(Word.NOTHING))
                : Word.MUTE;
    }

    private Word says(Trace trace, Reading latest) {
        return when() instanceof Condition.OfCourse ofCourse
                ? says(ofCourse, trace, latest)
                : says(latest);
    }

    private Word says(Condition.OfCourse ofCourse, Trace trace, Reading latest) {
        return latest instanceof Reading.Measured measured
                ? proven(
                        measured,
                        course.map(c -> Foresight.says(ofCourse, c, trace, limitMilli))
                                .orElse(Word.NOTHING))
                : Word.MUTE;
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

    /** What the clock says about its condition; only of one that watches it. */
    static Word says(ClockState clock) {
        return clock == ClockState.UNSYNCED ? Word.SHOWS : Word.GONE;
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
            case Condition.Open(), Condition.Contact() -> milli == 0 ? Word.GONE : Word.SHOWS;
            case Condition.Silent _, Condition.Faulty _ -> Word.GONE;
            case Condition.OfCourse _,
                    Condition.OfTime _,
                    Condition.Camera _,
                    Condition.OfGateway _ ->
                    Word.NOTHING;
        };
    }

    private Word seen(CameraVerdict verdict) {
        return switch (when()) {
            case Condition.Camera camera -> seen(camera, verdict);
            case Condition.Silent _, Condition.Faulty _ -> Word.GONE;
            case Condition.Above _,
                    Condition.Below _,
                    Condition.OfCourse _,
                    Condition.Contact _,
                    Condition.OfTime _,
                    Condition.Open _,
                    Condition.OfGateway _ ->
                    Word.NOTHING;
        };
    }

    /** Something else that is wrong does not prove that this has been put right. */
    private static Word seen(Condition.Camera camera, CameraVerdict verdict) {
        if (camera.verdicts().contains(verdict)) {
            return Word.SHOWS;
        }
        return switch (verdict) {
            case HEALTHY, PLANNED_OFF -> Word.GONE;
            default -> Word.NEITHER;
        };
    }

    private Word silent(Fault fault) {
        return switch (when()) {
            // A sensor that answers with faults is not silent, yet not well either.
            case Condition.Silent _ -> fault == Fault.SILENT ? Word.SHOWS : Word.NEITHER;
            case Condition.Faulty _ -> fault == Fault.SILENT ? Word.MUTE : Word.SHOWS;
            case Condition.Above _,
                    Condition.Below _,
                    Condition.OfCourse _,
                    Condition.Contact _,
                    Condition.OfTime _,
                    Condition.Open _,
                    Condition.Camera _,
                    Condition.OfGateway _ ->
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
                                : Pending.begin(at, seq, timing.firstNs())));
    }

    private Watching returning(Watching was, Moment at, long seq) {
        var run = was.returning();
        if (run.isEmpty()) {
            return was.withReturning(Optional.of(Pending.begin(at, seq, 0)));
        }
        // Nobody saw what was in a hole: it proves nothing good.
        var seamless =
                run.get().within(at) && at.upNs() - run.get().since().upNs() <= timing.freshNs();
        return was.withReturning(
                Optional.of(seamless ? run.get().shown(at, seq) : run.get().resumed(at, seq)));
    }

    /** What is due next if no further word comes, and when. */
    record Due(long upNs, Life.Trigger trigger) {}

    static final Due NEVER = new Due(NEVER_NS, Life.Trigger.HELD);

    /**
     * What is due next if no further word comes, as {@code upNs} of the boot given; {@link
     * #NEVER_NS} when only a further word can bring a decision.
     */
    Due due(State state, Moment now, Conduct conduct) {
        var was = state.watching().get(key);
        var boot = now.boot();
        if (was == null) {
            return watchesSilence()
                    ? new Due(absenceNs(state.heard().get(watch.subject()), boot), HELD)
                    : NEVER;
        }
        if (Life.hidden(was.life())) {
            return shown(was, state, now, conduct);
        }
        var due =
                was.active()
                        ? sooner(gone(was, state, boot), calls(was, state, now, conduct))
                        : sooner(held(was, state, boot), settled(was, boot));
        return conduct.hidden(this, state, now).map(h -> hiding(was, due, h, now)).orElse(due);
    }

    /** What holds, or would be raised before it is shown again, goes out of sight. */
    private static Due hiding(Watching was, Due due, Conduct.Hidden hidden, Moment now) {
        var trigger = hidden.how() == AlarmState.SUPPRESSED ? SUPPRESS : TAKE_OUT;
        if (was.active()) {
            return new Due(now.upNs(), trigger);
        }
        return due.trigger() == HELD && due.upNs() < hidden.untilNs()
                ? new Due(due.upNs(), trigger)
                : due;
    }

    private Due shown(Watching was, State state, Moment now, Conduct conduct) {
        var last = was.open().orElseThrow().last();
        var gone =
                Optional.ofNullable(state.heard().get(watch.subject()))
                        .filter(word -> says(state, word.latest()) == Word.GONE)
                        .isPresent();
        if (last.state() == AlarmState.SHELVED) {
            return unshelved(state.shelves().get(last.id()), gone, now);
        }
        var trigger = last.state() == AlarmState.SUPPRESSED ? UNSUPPRESS : PUT_BACK;
        var hidden = conduct.hidden(this, state, now);
        return gone || hidden.isEmpty()
                ? new Due(now.upNs(), trigger)
                : new Due(hidden.get().untilNs(), trigger);
    }

    private static Due unshelved(State.@Nullable Shelf shelf, boolean gone, Moment now) {
        if (shelf == null || (shelf.once() && gone)) {
            return new Due(now.upNs(), UNSHELVE);
        }
        var forNs = Duration.ofMillis(shelf.forMs()).toNanos();
        return new Due(afterNs(shelf.since(), forNs, now.boot()), UNSHELVE);
    }

    private static Due sooner(Due one, Due other) {
        return other.upNs() < one.upNs() ? other : one;
    }

    private Due gone(Watching was, State state, String boot) {
        return was.returning()
                .map(run ->
                        new Due(
                                runNs(run, state, boot, Word.GONE),
                                watch.rule().guard().latched() ? GONE_LATCHED : GONE))
                .orElse(NEVER);
    }

    private Due held(Watching was, State state, String boot) {
        if (hasCome(state)) {
            return NEVER;
        }
        if (was.pending().isPresent()) {
            return new Due(runNs(was.pending().get(), state, boot, Word.SHOWS), HELD);
        }
        return watchesSilence()
                ? new Due(absenceNs(state.heard().get(watch.subject()), boot), HELD)
                : NEVER;
    }

    /** An episode that is over is over in any boot. */
    private Due settled(Watching was, String boot) {
        return was.settling()
                .map(s -> new Due(afterNs(s.since(), timing.settleNs(), boot), SETTLED))
                .orElse(NEVER);
    }

    /** Nobody came, or nobody mended it: it calls again, or calls somebody else. */
    Due calls(Watching was, State state, Moment now, Conduct conduct) {
        var open = was.open().orElseThrow();
        if (was.returning().isPresent()) {
            return NEVER;
        }
        return switch (open.last().state()) {
            case ACK_ACTIVE -> again(open, state, now, conduct);
            case UNACK_ACTIVE ->
                    ladder.next(open.last().attention())
                            .map(step ->
                                    new Due(
                                            afterNs(
                                                    open.calledAt(),
                                                    step.after().toNanos(),
                                                    now.boot()),
                                            UNANSWERED))
                            .orElse(NEVER);
            case NORMAL,
                    UNACK_RETURNED,
                    LATCHED_UNACK,
                    LATCHED_ACK,
                    SHELVED,
                    SUPPRESSED,
                    OUT_OF_SERVICE ->
                    NEVER;
        };
    }

    /**
     * Who has said what he does to the unit knows that it is warm; and what was foretold is told
     * once it has come.
     */
    private Due again(Open open, State state, Moment now, Conduct conduct) {
        if (ladder.again().isEmpty() || hasCome(state)) {
            return NEVER;
        }
        var ns = ladder.again().get().toNanos();
        var dueNs = afterNs(open.changedAt(), ns, now.boot());
        var workedOnNs = conduct.workedOnUntilNs(this, state, now);
        return new Due(workedOnNs > 0 ? Math.max(dueNs, workedOnNs + ns) : dueNs, AGAIN);
    }

    /** Whether the limit that it foretells has an alarm of its own by now. */
    private boolean hasCome(State state) {
        if (!(when() instanceof Condition.NotCooling(var rule, _))) {
            return false;
        }
        var limit = state.watching().get(new State.Key(watch.subject(), rule));
        return limit != null && limit.active();
    }

    /** Whether it foretells what another one watches. */
    boolean foretells(Bound other) {
        return when() instanceof Condition.NotCooling(var rule, _)
                && other.key().equals(new State.Key(watch.subject(), rule));
    }

    /** In another boot nobody knows how long ago it was: long enough. */
    private static long afterNs(Moment from, long ns, String boot) {
        return from.boot().equals(boot) ? from.upNs() + ns : 0;
    }

    private long runNs(Pending run, State state, String boot, Word word) {
        if (!run.since().boot().equals(boot)) {
            return NEVER_NS;
        }
        var dueNs = run.since().upNs() + leftNs(run, word);
        if (word == Word.SHOWS && lettingDefrostsPass()) {
            dueNs = notSoonerThan(dueNs, run, state, boot);
        }
        var ownsItsTime =
                when() instanceof Condition.OfGateway || (watchesSilence() && word == Word.SHOWS);
        return ownsItsTime || fresh(state, boot, dueNs, word) ? dueNs : NEVER_NS;
    }

    private long leftNs(Pending run, Word word) {
        if (word == Word.GONE) {
            return run.provenNs() >= timing.offNs() ? 0 : timing.offClockNs() - run.provenNs();
        }
        return run.provenNs() >= timing.wordNs() ? 0 : timing.clockNs() - run.provenNs();
    }

    /** A rule with a delay of its own for known defrosts lets them pass; no other does. */
    private boolean lettingDefrostsPass() {
        return watch.rule().delay().defrostKnown().isPresent();
    }

    /**
     * Where it is known when the unit defrosts a short delay is enough, except while it is clearly
     * coming back: a door was open for a moment, and is not any more. The same after a defrost.
     */
    private long notSoonerThan(long plainNs, Pending run, State state, String boot) {
        var trace = trace(state);
        var now = trace.now().filter(n -> n.at().boot().equals(boot));
        if (now.isEmpty()) {
            return plainNs;
        }
        var excusedNs = now.get().excusedUntilNs(boot);
        if (course.map(c -> c.knowsDefrosts(trace)).orElse(false)) {
            var soonNs =
                    run.provenNs() >= timing.wordNs() - timing.soonerNs()
                            ? run.since().upNs()
                            : run.since().upNs()
                                    + timing.clockNs()
                                    - timing.soonerNs()
                                    - run.provenNs();
            var latestNs = Math.max(plainNs, afterDefrostNs(excusedNs, run, boot));
            var backNs = Math.max(soonNs, Course.notComingBackNs(now.get()));
            return Math.max(excusedNs, Math.min(latestNs, backNs));
        }
        return Math.max(plainNs, excusedNs);
    }

    /** What a defrost has excused is given time for doors where it is coming back. */
    private static long afterDefrostNs(long excusedNs, Pending run, String boot) {
        var begunNs = run.begun().boot().equals(boot) ? run.begun().upNs() : 0;
        return excusedNs > begunNs ? excusedNs + Course.BUSY.toNanos() : 0;
    }

    private Trace trace(State state) {
        return state.traces().getOrDefault(watch.subject(), Trace.NOTHING);
    }

    /**
     * Whether the subject's latest word still says so at the deadline: no word, no decision. A
     * deadline that passed while the program did not run waits for a word as well.
     */
    private boolean fresh(State state, String boot, long dueNs, Word word) {
        var heard = state.heard().get(watch.subject());
        if (heard == null
                || !heard.at().boot().equals(boot)
                || says(state, heard.latest()) != word) {
            return false;
        }
        var livedNs = state.at().map(Moment::upNs).orElse(dueNs);
        return Math.max(dueNs, livedNs) - heard.at().upNs() <= timing.freshNs();
    }

    private long absenceNs(@Nullable Heard heard, String boot) {
        return heard != null && heard.at().boot().equals(boot)
                ? heard.at().upNs() + timing.clockNs()
                : NEVER_NS;
    }
}
