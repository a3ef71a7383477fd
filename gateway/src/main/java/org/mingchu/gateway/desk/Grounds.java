package org.mingchu.gateway.desk;

import org.mingchu.config.CameraLevel;
import org.mingchu.gateway.desk.Answer.Reason;
import org.mingchu.gateway.judge.AlarmEvent;
import org.mingchu.gateway.judge.AlarmState;
import org.mingchu.gateway.judge.Doing;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Food;
import org.mingchu.gateway.judge.Person;
import org.mingchu.gateway.judge.Refusal;
import org.mingchu.gateway.judge.State;
import org.mingchu.sensors.ClockState;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Looks whether what somebody wants to do can be, as things stand; keeps nothing. Any thread. */
final class Grounds {
    /** Furthest end while nobody knows what day it is: so far the judge can count. */
    private static final Duration COUNTABLE = Duration.ofDays(36_500);

    /** People write it on the lid: so long, in the form of all ids. */
    private static final Pattern BATCH = Pattern.compile("[a-z0-9-]{1,40}");

    private final Supplier<State> state;
    private final Acts.Site site;
    private final Acts.Checks checks;
    private final CaseGrounds cases;

    /** What was found. Immutable. */
    sealed interface Found {}

    /** It can be: this is to be kept. */
    record For(Fact fact) implements Found {}

    /** It cannot be. */
    record Against(Reason reason) implements Found {}

    Grounds(Supplier<State> state, Acts.Site site, Acts.Checks checks) {
        this.state = state;
        this.site = site;
        this.checks = checks;
        this.cases = new CaseGrounds(site.units());
    }

    Found of(Deed deed, Person person) {
        return switch (deed) {
            case Deed.Does does -> does(does, person);
            case Deed.Checks looks -> checks(looks, person);
            case Deed.Shelves shelves -> shelves(shelves, person);
            case Deed.Unshelves(var alarm) -> unshelves(alarm, person);
            case Deed.Resets(var alarm, var reason) -> resets(alarm, reason, person);
            case Deed.TakesOut takes -> takesOut(takes, person);
            case Deed.PutsBack(var sensor, var reason) -> putsBack(sensor, reason, person);
            case Deed.Remedies(var alarm, var remedy) ->
                    cases.remedies(state.get(), Desk.parsed(alarm), remedy, person);
            case Deed.Verifies(var alarm, var note) ->
                    cases.verifies(state.get(), Desk.parsed(alarm), note, person);
            case Deed.Reviews(var fine) ->
                    cases.reviews(state.get(), checks.now().get(), fine, person);
            case Deed.Measures(var unit, var milli) ->
                    weighed(
                            new Fact.HandRead(unit, milli, person),
                            when(!site.units().contains(unit), Reason.NO_SUCH_UNIT),
                            when(!CaseGrounds.isPossible(milli), Reason.VALUE_IMPOSSIBLE));
            case Deed.Relearns(var camera, var reason) ->
                    weighed(
                            new Fact.Relearned(camera, reason, person),
                            Wording.needed(reason),
                            when(!isSeen(camera), Reason.NO_SUCH_CAMERA));
            case Deed.BeginsBatch begins -> begins(begins, person);
            case Deed.EndsBatch(var batch) ->
                    weighed(
                            new Fact.BatchEnded(batch, person),
                            when(!isUnderWay(batch), Reason.NO_SUCH_BATCH));
        };
    }

    private Found does(Deed.Does does, Person person) {
        var fact =
                new Fact.Done(
                        does.unit(),
                        does.doing(),
                        does.forMs(),
                        does.untilMs(),
                        does.reason(),
                        does.movedTo(),
                        person);
        var ends = does.doing() == Doing.IN_USE;
        return weighed(
                fact,
                ends ? Wording.ifAny(does.reason()) : Wording.needed(does.reason()),
                does.movedTo().flatMap(to -> when(!isOther(to, does.unit()), Reason.MOVED_NOWHERE)),
                checks.done().apply(fact).map(Grounds::reason),
                does.doing() == Doing.STOPPED ? tooFar(does.untilMs()) : Optional.empty(),
                when(ends && !isRunning(does.unit()), Reason.NOTHING_TO_END));
    }

    /** The judge asks for a place where samples are inside; what is named must be one anywhere. */
    private boolean isOther(String to, String unit) {
        return !to.equals(unit) && site.units().contains(to);
    }

    private boolean isRunning(String unit) {
        return Optional.ofNullable(state.get().acts().get(unit))
                .filter(act -> act.ended().isEmpty())
                .isPresent();
    }

    private Found checks(Deed.Checks looks, Person person) {
        return weighed(
                new Fact.Checked(looks.unit(), looks.fit(), looks.note(), person),
                looks.fit() ? Wording.ifAny(looks.note()) : Wording.needed(looks.note()),
                when(!site.units().contains(looks.unit()), Reason.NO_SUCH_UNIT),
                when(!state.get().doubts().containsKey(looks.unit()), Reason.NOT_IN_DOUBT));
    }

    private Found shelves(Deed.Shelves shelves, Person person) {
        var alarm = open(shelves.alarm());
        if (alarm.isEmpty()) {
            return new Against(Reason.NO_SUCH_ALARM);
        }
        var fact =
                new Fact.Shelved(
                        alarm.get().id(),
                        shelves.forMs(),
                        shelves.once(),
                        shelves.reason(),
                        person);
        return weighed(
                fact,
                Wording.needed(shelves.reason()),
                checks.shelved().apply(state.get(), fact).map(Grounds::reason));
    }

    private Found unshelves(String alarmId, Person person) {
        return open(alarmId)
                .map(alarm ->
                        weighed(
                                new Fact.Unshelved(alarm.id(), person),
                                when(alarm.state() != AlarmState.SHELVED, Reason.NOT_SHELVED)))
                .orElseGet(() -> new Against(Reason.NO_SUCH_ALARM));
    }

    private Found resets(String alarmId, String reason, Person person) {
        return open(alarmId)
                .map(alarm ->
                        weighed(
                                new Fact.Reset(alarm.id(), person, reason),
                                Wording.needed(reason),
                                when(alarm.state() != AlarmState.LATCHED_ACK, Reason.NOT_YET)))
                .orElseGet(() -> new Against(Reason.NO_SUCH_ALARM));
    }

    private Found takesOut(Deed.TakesOut takes, Person person) {
        return weighed(
                new Fact.Serviced(takes.sensor(), true, takes.dueMs(), takes.reason(), person),
                Wording.needed(takes.reason()),
                when(!site.sensors().contains(takes.sensor()), Reason.NO_SUCH_SENSOR),
                when(isOut(takes.sensor()) && !isOverdue(takes.sensor()), Reason.ALREADY_OUT),
                tooFar(takes.dueMs()));
    }

    private Found putsBack(String sensor, String reason, Person person) {
        // What has left the plan must still be put back.
        var known = isOut(sensor) || site.sensors().contains(sensor);
        return weighed(
                new Fact.Serviced(sensor, false, 0, reason, person),
                Wording.ifAny(reason),
                when(!known, Reason.NO_SUCH_SENSOR),
                when(!isOut(sensor), Reason.NOT_OUT));
    }

    private boolean isSeen(String camera) {
        return site.sensors().contains(CameraLevel.PICTURE.subject(camera));
    }

    private Found begins(Deed.BeginsBatch begins, Person person) {
        var agoMs = agoMs(begins.since());
        var against = since(begins.since(), agoMs);
        if (against.isPresent()) {
            return new Against(against.get());
        }
        return weighed(
                new Fact.BatchBegan(begins.batch(), begins.where(), person, agoMs, List.of()),
                when(!BATCH.matcher(begins.batch()).matches(), Reason.BATCH_NAMELESS),
                when(isUnderWay(begins.batch()), Reason.BATCH_UNDER_WAY),
                when(!checks.followed().test(begins.where()), Reason.NO_PROBE_THERE),
                when(
                        state.get().food().batches().size() >= Food.BATCHES_MAX,
                        Reason.TOO_MANY_BATCHES));
    }

    private long agoMs(Deed.Since since) {
        return switch (since) {
            case Deed.Since.Now() -> 0;
            case Deed.Since.Ago(var ms) -> ms;
            case Deed.Since.At(var ms) -> checks.now().get().wallMs() - ms;
        };
    }

    private Optional<Reason> since(Deed.Since since, long agoMs) {
        if (since instanceof Deed.Since.At && checks.now().get().clock() == ClockState.UNSYNCED) {
            return Optional.of(Reason.CLOCK_NOT_SET);
        }
        return when(agoMs < 0, Reason.NOT_IN_THE_PAST)
                .or(() -> when(agoMs > Acts.SINCE_LONGEST.toMillis(), Reason.TOO_LONG_AGO));
    }

    private boolean isUnderWay(String batch) {
        return state.get().food().batches().containsKey(batch);
    }

    private boolean isOut(String sensor) {
        return state.get().services().containsKey(sensor);
    }

    /** Whoever is late with a repair may say a new day. */
    private boolean isOverdue(String sensor) {
        return Optional.ofNullable(state.get().services().get(sensor))
                .filter(service -> service.dueMs() <= checks.now().get().wallMs())
                .isPresent();
    }

    /** A day that was typed wrong would take something out of sight for years. */
    private Optional<Reason> tooFar(long untilMs) {
        var now = checks.now().get();
        if (untilMs <= now.wallMs()) {
            return Optional.of(Reason.NOT_IN_THE_FUTURE);
        }
        var longest = now.clock() == ClockState.UNSYNCED ? COUNTABLE : Acts.UNTIL_LONGEST;
        return when(untilMs - now.wallMs() > longest.toMillis(), Reason.TOO_LONG);
    }

    private Optional<AlarmEvent> open(String alarmId) {
        return Desk.parsed(alarmId)
                .flatMap(id ->
                        state.get().openAlarms().stream()
                                .filter(event -> event.id().equals(id))
                                .findFirst());
    }

    static Optional<Reason> when(boolean speaksAgainst, Reason reason) {
        return speaksAgainst ? Optional.of(reason) : Optional.empty();
    }

    /** The first that speaks against it decides. */
    @SafeVarargs
    static Found weighed(Fact fact, Optional<Reason>... reasons) {
        for (var reason : reasons) {
            if (reason.isPresent()) {
                return new Against(reason.get());
            }
        }
        return new For(fact);
    }

    private static Reason reason(Refusal refusal) {
        return switch (refusal) {
            case NO_SUCH_UNIT -> Reason.NO_SUCH_UNIT;
            case NO_SUCH_ALARM -> Reason.NO_SUCH_ALARM;
            case TOO_LONG -> Reason.TOO_LONG;
            case NOT_IN_THE_FUTURE -> Reason.NOT_IN_THE_FUTURE;
            case SAMPLES_INSIDE -> Reason.SAMPLES_INSIDE;
        };
    }
}
