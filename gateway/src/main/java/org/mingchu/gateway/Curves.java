package org.mingchu.gateway;

import org.mingchu.gateway.keep.Answers;
import org.mingchu.gateway.keep.Curve;
import org.mingchu.gateway.keep.History;
import org.mingchu.gateway.keep.Journal;
import org.mingchu.gateway.keep.Roll;
import org.mingchu.sensors.Clock;
import org.mingchu.sensors.Reading;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Whose curves the record has: what the plan says, and what the record itself does. One thread. */
final class Curves {
    /** A sensor that has hardly said anything: the period that most sites have. */
    private static final Duration PERIOD = Duration.ofSeconds(10);

    private final Journal journal;
    private final Clock clock;
    private final Roll roll;
    private final Map<String, Kitchen.Planned> planned;
    private final Map<String, Duration> guessed = new HashMap<>();
    private final Map<String, History> histories = new HashMap<>();

    Curves(Journal journal, Clock clock, Kitchen kitchen) {
        this.journal = journal;
        this.clock = clock;
        this.roll = new Roll(journal);
        this.planned = kitchen.planned();
    }

    /** Those of the plan in its order, then those that only the record knows. */
    List<String> subjects() {
        var all = new LinkedHashSet<>(planned.keySet());
        all.addAll(roll.subjects());
        return List.copyOf(all);
    }

    /** Those that are asked now. */
    List<String> present() {
        var now = new LinkedHashSet<>(planned.keySet());
        now.addAll(roll.newest().keySet());
        return List.copyOf(now);
    }

    /** The newest readings, also those that only say why there is no value. */
    Map<String, Reading> newest() {
        return roll.newest();
    }

    /** What a question is about. */
    Curve curve(Words words) {
        var subject =
                words.word("subject")
                        .orElseThrow(() -> new Words.Unusable("SUBJECT is missing; " + known()));
        if (!subjects().contains(subject)) {
            throw new Words.Unusable(
                    "SUBJECT '" + subject + "': the record knows no such sensor; " + known());
        }
        return curve(subject)
                .orElseThrow(() ->
                        new Words.Unusable(
                                "SUBJECT '"
                                        + subject
                                        + "': it has never said a value; `journal completeness`"
                                        + " says why"));
    }

    private String known() {
        return "expected one of " + String.join(", ", subjects());
    }

    Optional<Curve> curve(String subject) {
        var plan = planned.get(subject);
        return (plan == null ? roll.measure(subject) : Optional.of(plan.measure()))
                .map(measure -> new Curve(subject, measure));
    }

    /** Questions about one of them; what it has read for one helps it with the next. */
    History history(String subject) {
        return histories.computeIfAbsent(subject, s -> journal.history(period(s), lateness(s)));
    }

    /** What no plan names may have been any probe. */
    Duration lateness(String subject) {
        var plan = planned.get(subject);
        return plan == null ? Kitchen.LATENESS_MAX : plan.lateness();
    }

    private static long takenMs(Answers.Last last) {
        var said = last.said();
        return said.when().wallMs() - TimeUnit.NANOSECONDS.toMillis(said.reading().behindNs());
    }

    /** As the plan says, else as the record shows. */
    Duration period(String subject) {
        var plan = planned.get(subject);
        if (plan != null) {
            return plan.period();
        }
        return guessed.computeIfAbsent(
                subject,
                _ ->
                        journal.history(PERIOD)
                                .last(subject, clock.now())
                                .flatMap(last ->
                                        roll.period(subject, takenMs(last), Kitchen.LATENESS_MAX))
                                .orElse(PERIOD));
    }
}
