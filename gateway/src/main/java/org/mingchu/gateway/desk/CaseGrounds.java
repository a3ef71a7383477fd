package org.mingchu.gateway.desk;

import static org.mingchu.gateway.desk.Grounds.weighed;
import static org.mingchu.gateway.desk.Grounds.when;

import org.mingchu.gateway.desk.Answer.Reason;
import org.mingchu.gateway.desk.Grounds.Against;
import org.mingchu.gateway.desk.Grounds.Found;
import org.mingchu.gateway.judge.AlarmId;
import org.mingchu.gateway.judge.AlarmState;
import org.mingchu.gateway.judge.Duties;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Person;
import org.mingchu.gateway.judge.Remedy;
import org.mingchu.gateway.judge.Role;
import org.mingchu.gateway.judge.State;
import org.mingchu.sensors.Moment;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Looks whether what was done about an alarm can be said, and be verified, as things stand.
 *
 * @param units by id
 */
record CaseGrounds(Set<String> units) {
    /** One ton: what is more is a typing error. */
    static final long GRAMS_MAX = 1_000_000;

    /** Coldest and hottest that a thermometer of a kitchen says, thousandths of a degree. */
    static final long COLDEST_MILLI = -100_000;

    static final long HOTTEST_MILLI = 300_000;

    /** So soon after an answer there is nothing new: a double tap is one record. */
    static final Duration ANSWERED_FOR = Duration.ofMinutes(10);

    CaseGrounds {
        units = Set.copyOf(units);
    }

    Found remedies(State state, Optional<AlarmId> alarm, Remedy remedy, Person person) {
        var one = find(state, alarm);
        if (alarm.isEmpty() || one.isEmpty()) {
            return new Against(Reason.NO_SUCH_ALARM);
        }
        return weighed(
                new Fact.Remedied(alarm.get(), remedy, person),
                when(waits(state, alarm.get()), Reason.NOT_TAKEN),
                when(isSaid(one.get(), remedy, person), Reason.ALREADY_ANSWERED),
                Wording.ifAny(remedy.note()),
                when(!isPossible(remedy.againMilli()), Reason.VALUE_IMPOSSIBLE),
                when(!isWeighed(remedy), Reason.AMOUNT_MISSING),
                when(!isSomewhere(remedy, one.get()), Reason.MOVED_NOWHERE));
    }

    Found verifies(State state, Optional<AlarmId> alarm, String note, Person person) {
        var one = find(state, alarm);
        if (alarm.isEmpty() || one.isEmpty()) {
            return new Against(Reason.NO_SUCH_ALARM);
        }
        var done = one.get().done();
        var own = done.filter(d -> d.person().id().equals(person.id())).isPresent();
        return weighed(
                new Fact.Verified(alarm.get(), note, person),
                when(one.get().gone().isEmpty() || isOpen(state, alarm.get()), Reason.STILL_ACTIVE),
                when(done.isEmpty(), Reason.NOTHING_DONE),
                when(own && person.role() != Role.MANAGER, Reason.OWN_WORK),
                Wording.ifAny(note));
    }

    Found reviews(State state, Moment now, boolean fine, Person person) {
        var untold = state.duties().cases().values().stream().filter(one -> !one.told()).count();
        var justNow =
                state.duties()
                        .reviewed()
                        .filter(at -> at.boot().equals(now.boot()))
                        .filter(at -> now.upNs() - at.upNs() < ANSWERED_FOR.toNanos())
                        .isPresent();
        return weighed(
                new Fact.Reviewed(untold, fine, person),
                when(untold == 0 && justNow, Reason.ALREADY_ANSWERED));
    }

    private static Optional<Duties.Case> find(State state, Optional<AlarmId> alarm) {
        return alarm.flatMap(id -> Optional.ofNullable(state.duties().cases().get(id)));
    }

    private static boolean waits(State state, AlarmId alarm) {
        return state.openAlarms().stream()
                .filter(event -> event.id().equals(alarm))
                .anyMatch(event -> !Desk.taken(event));
    }

    /** Nothing new since the same person has said the same. */
    private static boolean isSaid(Duties.Case one, Remedy remedy, Person person) {
        return one.done()
                .filter(done -> done.remedy().equals(remedy))
                .filter(done -> done.person().id().equals(person.id()))
                .isPresent();
    }

    private static boolean isOpen(State state, AlarmId alarm) {
        return state.openAlarms().stream()
                .filter(event -> event.state() != AlarmState.NORMAL)
                .anyMatch(event -> event.id().equals(alarm));
    }

    private static boolean isPossible(OptionalLong milli) {
        return milli.isEmpty() || isPossible(milli.getAsLong());
    }

    static boolean isPossible(long milli) {
        return milli >= COLDEST_MILLI && milli <= HOTTEST_MILLI;
    }

    /** What is thrown away is weighed; of the rest it may be said. */
    private static boolean isWeighed(Remedy remedy) {
        var grams = remedy.grams();
        return grams.isEmpty()
                ? remedy.fate() != Remedy.Fate.DISCARDED
                : grams.getAsLong() > 0 && grams.getAsLong() <= GRAMS_MAX;
    }

    private boolean isSomewhere(Remedy remedy, Duties.Case one) {
        return remedy.fate() == Remedy.Fate.MOVED
                ? remedy.movedTo()
                        .filter(units::contains)
                        .filter(to -> !one.unit().equals(Optional.of(to)))
                        .isPresent()
                : remedy.movedTo().isEmpty();
    }
}
