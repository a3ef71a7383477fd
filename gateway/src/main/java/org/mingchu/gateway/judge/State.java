package org.mingchu.gateway.judge;

import org.mingchu.sensors.Moment;
import org.mingchu.sensors.Reading;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * All that the judge remembers between two entries: a projection of the journal, kept as a snapshot
 * so that a restart does not read it from the start. Immutable.
 *
 * @param epoch the journal's epoch
 * @param seq the last entry that went into it; 0 before the first
 * @param at the moment of that entry
 * @param heard the latest word of each subject
 * @param traces the course of each temperature
 * @param watching what is remembered of each watch that is not simply fine
 * @param links the links to the platforms, by platform id
 * @param doubts units that an outage has put in doubt, by unit id: never shown as fine
 * @param acts what is being done to units, by unit id
 * @param services sensors and cameras that are out of service, by id
 * @param shelves alarms that were put aside
 * @param food the clocks over food and dishes
 * @param duties what people have to see to besides the open alarms
 * @param silencedUntil until when the buzzer is quiet, in the same boot
 */
public record State(
        String epoch,
        long seq,
        Optional<Moment> at,
        Map<String, Heard> heard,
        Map<String, Trace> traces,
        Map<Key, Watching> watching,
        Map<String, LinkView> links,
        Map<String, Doubt> doubts,
        Map<String, Act> acts,
        Map<String, Service> services,
        Map<AlarmId, Shelf> shelves,
        Food food,
        Duties duties,
        Optional<Moment> silencedUntil) {
    public State {
        heard = Map.copyOf(heard);
        traces = Map.copyOf(traces);
        watching = Map.copyOf(watching);
        links = Map.copyOf(links);
        doubts = Map.copyOf(doubts);
        acts = Map.copyOf(acts);
        services = Map.copyOf(services);
        shelves = Map.copyOf(shelves);
    }

    /** The latest event of every alarm that is not normal, by subject and rule. */
    public List<AlarmEvent> openAlarms() {
        return watching.values().stream()
                .flatMap(watched -> watched.open().stream())
                .map(Open::last)
                .sorted(Comparator.comparing(AlarmEvent::subject).thenComparing(AlarmEvent::rule))
                .toList();
    }

    /** Names an alarm: one alarm per subject and rule. */
    public record Key(String subject, String rule) {}

    /**
     * The latest word of a subject.
     *
     * @param latest whatever it said last
     * @param at when, by the entry's moment
     * @param seq the entry
     * @param lastGood the last value or picture that was no fault
     * @param lastGoodAt when that was taken
     */
    public record Heard(
            Reading latest,
            Moment at,
            long seq,
            Optional<Reading> lastGood,
            Optional<Moment> lastGoodAt) {}

    /**
     * One watch.
     *
     * @param pending the condition holds, the on-delay runs
     * @param open the alarm, from raised to cleared
     * @param returning the condition has gone, the off-delay runs
     * @param settling the alarm has returned and been seen, and may still come back
     */
    public record Watching(
            Optional<Pending> pending,
            Optional<Open> open,
            Optional<Pending> returning,
            Optional<Settling> settling) {
        /** Simply fine: such a watch is not kept in {@link State#watching}. */
        static final Watching NOTHING =
                new Watching(
                        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        /** Where its alarm is in its life. */
        AlarmState life() {
            return open.isPresent() ? open.get().last().state() : AlarmState.NORMAL;
        }

        /** Whether the condition holds, as far as it has been decided. */
        boolean active() {
            return Life.active(life());
        }

        Watching withPending(Optional<Pending> run) {
            return run.equals(pending) ? this : new Watching(run, open, returning, settling);
        }

        Watching withReturning(Optional<Pending> run) {
            return run.equals(returning) ? this : new Watching(pending, open, run, settling);
        }

        Watching withOpen(Optional<Open> alarm) {
            return new Watching(pending, alarm, returning, Optional.empty());
        }

        Watching withSettling(AlarmEvent last, Moment since) {
            return new Watching(
                    pending,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(new Settling(last, since)));
        }
    }

    /**
     * A delay that runs. A restart within one boot changes nothing; across boots only the proven
     * part counts on.
     *
     * @param since from when it runs on: the moment of the latest entry that showed it
     * @param begun when it began, perhaps in an earlier boot
     * @param firstSeq the first entry of the evidence
     * @param lastSeq the last entry of the evidence
     * @param provenNs nanoseconds proven up to {@code since}, over all boots
     */
    public record Pending(Moment since, Moment begun, long firstSeq, long lastSeq, long provenNs) {
        static Pending begin(Moment at, long seq, long provenNs) {
            return new Pending(at, at, seq, seq, provenNs);
        }

        /** How long it has held: what is proven, and what runs on within the same boot. */
        long heldNs(Moment now) {
            return within(now) ? provenNs + now.upNs() - since.upNs() : provenNs;
        }

        /** Whether it runs in the boot of {@code now}. */
        boolean within(Moment now) {
            return since.boot().equals(now.boot());
        }

        /** One more entry shows it: all the time up to there counts. */
        Pending shown(Moment at, long seq) {
            return new Pending(at, begun, firstSeq, seq, heldNs(at));
        }

        /** It runs on from here; the time since the last entry does not count. */
        Pending resumed(Moment at, long seq) {
            return new Pending(at, begun, firstSeq, seq, provenNs);
        }

        /** The same delay when all earlier entries lie in another epoch. */
        Pending rekeyed(long seq) {
            return new Pending(since, begun, seq, seq, provenNs);
        }
    }

    /**
     * An alarm that is not normal.
     *
     * @param last its latest event
     * @param raisedAt when it was raised
     * @param changedAt when its latest event was kept
     * @param calledAt when it began to sound last: its ladder starts there
     */
    public record Open(AlarmEvent last, Moment raisedAt, Moment changedAt, Moment calledAt) {}

    /**
     * An alarm that has returned and been seen: taken up again when it comes back soon.
     *
     * @param last its latest event
     * @param since when it became normal
     */
    public record Settling(AlarmEvent last, Moment since) {}

    /** A link and since when. */
    public record LinkView(LinkState state, String reason, Moment since) {}

    /**
     * A unit in doubt.
     *
     * @param from the last moment before the outage
     * @param back the first moment after it, as well as it is known by now
     * @param beforeMilli the last value before it
     * @param afterMilli the first value after it
     * @param check whether a person has to look at the food: being in range does not prove it
     * @param inRangeSince since when it has been in range again
     */
    public record Doubt(
            Moment from,
            Moment back,
            OptionalLong beforeMilli,
            OptionalLong afterMilli,
            boolean check,
            Optional<Moment> inRangeSince) {
        Doubt with(Moment newBack, boolean newCheck) {
            return new Doubt(from, newBack, beforeMilli, afterMilli, newCheck, inRangeSince);
        }

        Doubt with(OptionalLong first, Optional<Moment> since) {
            return new Doubt(
                    from,
                    back,
                    beforeMilli,
                    afterMilli.isPresent() ? afterMilli : first,
                    check,
                    since);
        }
    }

    /**
     * What is being done to a unit, from its beginning until food may go in again.
     *
     * @param doing never {@link Doing#IN_USE}
     * @param begun when it began
     * @param forMs for so long; 0 for a stop
     * @param untilMs a stop ends then, milliseconds since 1970; else 0
     * @param ended when somebody said that it is over; absent while its own time counts
     * @param inRangeSince since when the unit has been in range again
     */
    public record Act(
            Doing doing,
            Moment begun,
            long forMs,
            long untilMs,
            String reason,
            Person person,
            Optional<Moment> ended,
            Optional<Moment> inRangeSince) {}

    /**
     * Out of service.
     *
     * @param dueMs when it is due back, milliseconds since 1970; from then on it is watched again
     */
    public record Service(Moment since, long dueMs, String reason, Person person) {}

    /**
     * Put aside.
     *
     * @param once it ends as well when the condition has gone
     */
    public record Shelf(Moment since, long forMs, boolean once) {}
}
