package org.mingchu.gateway;

import org.mingchu.config.Plan;
import org.mingchu.gateway.judge.AlarmEvent;
import org.mingchu.gateway.judge.AlarmState;
import org.mingchu.gateway.judge.Doing;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Person;
import org.mingchu.gateway.judge.Refusal;
import org.mingchu.gateway.judge.Role;
import org.mingchu.gateway.judge.State;
import org.mingchu.gateway.judge.Strength;
import org.mingchu.sensors.Moment;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What people do in a film, each deed a line {@code PERSON VERB UNIT ...}, with a batch of food
 * {@code PERSON begins BATCH UNIT} and {@code PERSON ends BATCH}; the verbs are the cases of {@link
 * #obey}. What the desk would refuse is written down and not done. One thread.
 */
final class ReelPeople {
    private static final Person COOK = new Person("p-03", Role.STAFF, Strength.TAP);
    private static final Set<AlarmState> UNSEEN =
            Set.of(AlarmState.UNACK_ACTIVE, AlarmState.UNACK_RETURNED, AlarmState.LATCHED_UNACK);
    private static final String WHY = "film";

    private final Reel reel;
    private final Plan plan;

    ReelPeople(Reel reel, Plan plan) {
        this.reel = reel;
        this.plan = plan;
    }

    /**
     * @throws IllegalArgumentException when nobody can do that
     */
    void obey(Moment now, long ms, List<String> words) {
        var who = new Person(words.getFirst(), Role.STAFF, Strength.TAP);
        var verb = words.get(1);
        if (verb.equals("silence")) {
            reel.act(ms, new Fact.Silenced(Lengths.of(words.get(2)).toMillis()));
            return;
        }
        var unit = words.get(2);
        switch (verb) {
            case "acknowledge" ->
                    open(unit)
                            .forEach(alarm ->
                                    reel.act(
                                            ms,
                                            new Fact.Acknowledged(
                                                    alarm.id(), who, Optional.empty())));
            case "cleaning" -> does(now, ms, who, Doing.CLEANING, words);
            case "loading" -> does(now, ms, who, Doing.LOADING, words);
            case "stopped" -> does(now, ms, who, Doing.STOPPED, words);
            case "in-use" -> does(now, ms, who, Doing.IN_USE, words);
            case "shelve" -> open(unit).forEach(alarm -> shelve(now, ms, who, alarm, words));
            case "unshelve" ->
                    open(unit).forEach(alarm -> reel.act(ms, new Fact.Unshelved(alarm.id(), who)));
            case "reset" ->
                    open(unit).forEach(alarm -> reel.act(ms, new Fact.Reset(alarm.id(), who, WHY)));
            case "begins" -> reel.act(ms, new Fact.BatchBegan(words.get(2), words.get(3), who));
            case "ends" -> reel.act(ms, new Fact.BatchEnded(words.get(2), who));
            case "check" ->
                    reel.act(ms, new Fact.Checked(unit, !words.contains("unfit"), WHY, who));
            default -> throw new IllegalArgumentException("nobody can " + String.join(" ", words));
        }
    }

    private void does(Moment now, long ms, Person who, Doing doing, List<String> words) {
        var forMs =
                doing == Doing.CLEANING || doing == Doing.LOADING
                        ? Lengths.of(words.get(3)).toMillis()
                        : 0;
        var untilMs =
                doing == Doing.STOPPED
                        ? ReelClock.wallMs(Lengths.time(words.get(words.indexOf("until") + 1)))
                        : 0;
        var movedTo =
                words.contains("moved")
                        ? Optional.of(words.get(words.indexOf("moved") + 1))
                        : Optional.<String>empty();
        var done = new Fact.Done(words.get(2), doing, forMs, untilMs, WHY, movedTo, who);
        sayUnless(reel.judge().refuses(done, now), now, ms, done, words);
    }

    private void shelve(Moment now, long ms, Person who, AlarmEvent alarm, List<String> words) {
        var forMs = Lengths.of(words.get(3)).toMillis();
        var shelved = new Fact.Shelved(alarm.id(), forMs, words.contains("once"), WHY, who);
        sayUnless(reel.judge().refuses(reel.state(), shelved), now, ms, shelved, words);
    }

    private void sayUnless(
            Optional<Refusal> refusal, Moment now, long ms, Fact fact, List<String> words) {
        if (refusal.isEmpty()) {
            reel.act(ms, fact);
        } else {
            reel.write(
                    now,
                    "refused %s %s: %s"
                            .formatted(words.get(1), words.get(2), refusal.get().word()));
        }
    }

    /** Whatever nobody has seen for so long since it began to sound, or returned, is seen. */
    void come(Moment now, long ms, Duration after) {
        reel.state().watching().values().stream()
                .flatMap(watching -> watching.open().stream())
                .filter(open -> UNSEEN.contains(open.last().state()))
                .filter(open -> now.upNs() - since(open).upNs() >= after.toNanos())
                .map(State.Open::last)
                .sorted(
                        java.util.Comparator.comparing(AlarmEvent::subject)
                                .thenComparing(AlarmEvent::rule))
                .forEach(alarm ->
                        reel.act(ms, new Fact.Acknowledged(alarm.id(), COOK, Optional.empty())));
    }

    private static Moment since(State.Open open) {
        return open.last().state() == AlarmState.UNACK_ACTIVE ? open.calledAt() : open.changedAt();
    }

    private List<AlarmEvent> open(String unit) {
        var known = plan.site().units().stream().anyMatch(u -> u.id().equals(unit));
        if (!known && !unit.equals("all")) {
            throw new IllegalArgumentException("no unit is called " + unit);
        }
        return reel.state().openAlarms().stream()
                .filter(alarm -> unit.equals("all") || alarm.unit().equals(Optional.of(unit)))
                .toList();
    }
}
