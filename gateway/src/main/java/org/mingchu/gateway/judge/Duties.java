package org.mingchu.gateway.judge;

import org.mingchu.config.Priority;
import org.mingchu.sensors.Moment;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What people have to see to besides the alarms that are open: what was done about each of them,
 * whether somebody has verified it, what the morning has not been told of yet, and what somebody
 * measured where no probe does. A projection of the record. Immutable.
 *
 * @param cases alarms of which something is still to be done or to be told
 * @param reviewed when somebody last answered for what had happened
 * @param tested how the last test of the buzzer went
 * @param byHand what was last measured by hand, by unit id
 */
public record Duties(
        Map<AlarmId, Case> cases,
        Optional<Moment> reviewed,
        Optional<BuzzerTest> tested,
        Map<String, ByHand> byHand) {
    /** Nothing has happened yet. */
    public static final Duties NOTHING =
            new Duties(Map.of(), Optional.empty(), Optional.empty(), Map.of());

    /**
     * Cases at once, in number: more than the worst week's. When there are more, the oldest is let
     * go; the record still has it.
     */
    public static final int CASES_MAX = 40;

    /**
     * What is over goes before what is not, what owes nothing before what does, then the oldest.
     */
    private static final Comparator<Map.Entry<AlarmId, Case>> FIRST_TO_GO =
            Comparator.comparing((Map.Entry<AlarmId, Case> e) -> e.getValue().gone().isEmpty())
                    .thenComparing(e -> e.getValue().owes())
                    .thenComparingLong(e -> e.getValue().since().wallMs())
                    .thenComparing(e -> e.getKey().toString());

    public Duties {
        cases = Map.copyOf(cases);
        byHand = Map.copyOf(byHand);
    }

    /**
     * What became of one alarm.
     *
     * @param since when its condition began
     * @param gone since when its condition has been gone; absent while it holds
     * @param done what somebody did about it
     * @param verified a second person has looked at that and found it good
     * @param told it was in a review that somebody has answered
     */
    public record Case(
            String subject,
            Optional<String> unit,
            String rule,
            Priority priority,
            Moment since,
            Optional<Moment> gone,
            Optional<Done> done,
            boolean verified,
            boolean told) {
        /** Whether somebody still has to say or to verify what was done: food was concerned. */
        public boolean owes() {
            return unit.isPresent() && priority != Priority.P3 && !verified;
        }

        private Case over(Moment at) {
            return with(gone.or(() -> Optional.of(at)), done, verified, told);
        }

        /** What was done before it came back did not do. */
        private Case back() {
            return gone.isEmpty() ? this : with(Optional.empty(), Optional.empty(), false, false);
        }

        private Case with(
                Optional<Moment> nowGone, Optional<Done> nowDone, boolean good, boolean said) {
            return new Case(subject, unit, rule, priority, since, nowGone, nowDone, good, said);
        }
    }

    /** Somebody has done something about it. */
    public record Done(Remedy remedy, Person person, Moment at) {}

    /** Somebody has listened to the buzzer. */
    public record BuzzerTest(boolean heard, Moment at) {}

    /**
     * Somebody has measured a unit.
     *
     * @param milli thousandths of a degree Celsius
     */
    public record ByHand(long milli, Person person, Moment at) {}

    /** After a step of an alarm. */
    Duties alarm(AlarmEvent event, Moment at) {
        if (event.drill()) {
            return this; // nothing was wrong: nobody has to say why, and no morning asks
        }
        var known = Optional.ofNullable(cases.get(event.id()));
        if (event.state() == AlarmState.UNACK_ACTIVE) {
            return with(event.id(), known.map(Case::back).orElseGet(() -> begun(event)));
        }
        // What was put aside may hold on unseen: it is over when it is said to be.
        var over = !Life.active(event.state()) && !Life.hidden(event.state());
        return over ? known.map(one -> with(event.id(), one.over(at))).orElse(this) : this;
    }

    private static Case begun(AlarmEvent event) {
        return new Case(
                event.subject(),
                event.unit(),
                event.rule(),
                event.priority(),
                event.since(),
                Optional.empty(),
                Optional.empty(),
                false,
                false);
    }

    /** Somebody says what he has done about an alarm; it has to be verified anew. */
    Duties remedied(Fact.Remedied word, Moment at) {
        var done = Optional.of(new Done(word.remedy(), word.person(), at));
        return Optional.ofNullable(cases.get(word.alarm()))
                .map(one -> with(word.alarm(), one.with(one.gone(), done, false, one.told())))
                .orElse(this);
    }

    /** Somebody has verified it; nothing is closed while its condition holds. */
    Duties verified(AlarmId alarm) {
        return Optional.ofNullable(cases.get(alarm))
                .filter(one -> one.gone().isPresent() && one.done().isPresent())
                .map(one -> with(alarm, one.with(one.gone(), one.done(), true, one.told())))
                .orElse(this);
    }

    /** Somebody has answered for all that has happened so far. */
    Duties reviewed(Moment at) {
        var told = new HashMap<AlarmId, Case>();
        cases.forEach(
                (id, one) -> told.put(id, one.with(one.gone(), one.done(), one.verified(), true)));
        return new Duties(rest(told), Optional.of(at), tested, byHand);
    }

    /** Somebody has listened to the buzzer. */
    Duties tested(boolean heard, Moment at) {
        return new Duties(cases, reviewed, Optional.of(new BuzzerTest(heard, at)), byHand);
    }

    /** Somebody has measured a unit. */
    Duties handRead(Fact.HandRead word, Moment at) {
        var now = new HashMap<>(byHand);
        now.put(word.unit(), new ByHand(word.milli(), word.person(), at));
        return new Duties(cases, reviewed, tested, now);
    }

    /** Without what was measured in units that are no longer there. */
    Duties within(Predicate<String> units) {
        var left = new HashMap<>(byHand);
        left.keySet().removeIf(units.negate());
        return left.size() == byHand.size() ? this : new Duties(cases, reviewed, tested, left);
    }

    private Duties with(AlarmId id, Case one) {
        if (one.equals(cases.get(id))) {
            return this;
        }
        var then = new HashMap<>(cases);
        then.put(id, one);
        return new Duties(rest(then), reviewed, tested, byHand);
    }

    /** Without what is over, told, and owes nothing more. */
    private static Map<AlarmId, Case> rest(Map<AlarmId, Case> all) {
        var rest =
                all.entrySet().stream()
                        .filter(e -> !isDone(e.getValue()))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        if (rest.size() > CASES_MAX) {
            rest.entrySet().stream()
                    .min(FIRST_TO_GO)
                    .map(Map.Entry::getKey)
                    .ifPresent(rest::remove);
        }
        return rest;
    }

    private static boolean isDone(Case one) {
        return one.gone().isPresent() && one.told() && !one.owes();
    }
}
