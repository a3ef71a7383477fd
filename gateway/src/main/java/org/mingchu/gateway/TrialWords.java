package org.mingchu.gateway;

import org.mingchu.config.Advice;
import org.mingchu.config.Plan;
import org.mingchu.config.Quantity;
import org.mingchu.config.Rule;
import org.mingchu.config.RulePack;
import org.mingchu.gateway.judge.AlarmChange;
import org.mingchu.gateway.judge.AlarmEvent;
import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.State;
import org.mingchu.gateway.keep.pack.Measure;
import org.mingchu.gateway.tend.series.Series;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** What a trial says to people; of each rule what is to be done, once. One thread. */
final class TrialWords {
    private static final String INDENT = "    ";
    private static final String NOTHING = "-";

    private final RulePack pack;
    private final Map<String, Rule> rules;
    private final Optional<Advice> advice;
    private final KitchenTime time;
    private final Set<String> explained = new HashSet<>();

    /**
     * @param advice the instructions of each language
     */
    TrialWords(Plan plan, List<Advice> advice) {
        pack = plan.pack();
        rules = pack.rules().stream().collect(Collectors.toMap(Rule::id, rule -> rule));
        this.advice =
                advice.stream()
                        .filter(a -> a.language().equals(plan.site().language()))
                        .findFirst()
                        .or(() -> advice.stream().findFirst());
        time = new KitchenTime(plan.site().timeZone());
    }

    /** One step of an alarm's life: when, what, why; the first time also what is to be done. */
    List<String> lines(Entry decision, AlarmEvent event) {
        var lines = new ArrayList<String>();
        lines.add(
                "%s  %-10s  %s  %s  %s: %s"
                        .formatted(
                                time.seconds(decision.at().wallMs()),
                                event.change().word(),
                                event.priority().word(),
                                event.subject(),
                                event.rule(),
                                reason(decision, event)));
        if (event.change() == AlarmChange.RAISED && explained.add(event.rule())) {
            event.basis().ifPresent(basis -> lines.add(INDENT + "basis: " + basis));
            Optional.ofNullable(rules.get(event.rule()))
                    .flatMap(rule -> advice.flatMap(a -> a.of(rule.advice())))
                    .ifPresent(text -> lines.addAll(steps(text)));
        }
        return lines;
    }

    private String reason(Entry decision, AlarmEvent event) {
        var words = new ArrayList<String>();
        event.valueMilli().ifPresent(value -> words.add(shown(event, value)));
        event.limitMilli().ifPresent(limit -> words.add("limit " + shown(event, limit)));
        var sinceMs = event.since().wallMs();
        words.add(
                "since %s (%s)"
                        .formatted(
                                time.seconds(sinceMs),
                                KitchenTime.length(decision.at().wallMs() - sinceMs)));
        words.add(event.state().word());
        return String.join(", ", words);
    }

    static String shown(AlarmEvent event, long milli) {
        for (var quantity : Quantity.values()) {
            if (event.unitOfMeasure().filter(quantity.senmlUnit()::equals).isPresent()) {
                return Shown.value(Measure.of(quantity), milli);
            }
        }
        return Long.toString(milli);
    }

    private static List<String> steps(Advice.Text text) {
        var lines = new ArrayList<String>();
        for (var step : text.steps()) {
            lines.add(INDENT + (lines.size() + 1) + ". " + step);
        }
        lines.add(INDENT + text.who() + text.then().map(then -> "; " + then).orElse(""));
        return lines;
    }

    /** How often and how long, for each rule at each subject, and what was judged. */
    List<String> summary(Series.Found found, Map<State.Key, Spell> spells) {
        var lines = new ArrayList<String>();
        if (!spells.isEmpty()) {
            lines.add("");
            lines.addAll(table(spells, found.toMs()));
        }
        lines.add(
                "alarms: %d, in %d rows from %s to %s (%s), by %s %s"
                        .formatted(
                                spells.values().stream().mapToInt(Spell::count).sum(),
                                found.rows(),
                                time.seconds(found.fromMs()),
                                time.seconds(found.toMs()),
                                time.zone(),
                                pack.id(),
                                pack.version()));
        return lines;
    }

    private List<String> table(Map<State.Key, Spell> spells, long endMs) {
        var sheet =
                new Sheet(
                        "subject",
                        "rule",
                        "alarms>",
                        "in all>",
                        "median>",
                        "longest>",
                        "still open");
        spells.forEach((key, spell) -> {
            var lengths = spell.lengthsMs(endMs);
            sheet.row(
                    key.subject(),
                    key.rule(),
                    Integer.toString(spell.count()),
                    length(sum(lengths)),
                    length(median(lengths)),
                    length(lengths.isEmpty() ? OptionalLong.empty() : last(lengths)),
                    spell.openSinceMs().map(ms -> "since " + time.seconds(ms)).orElse(NOTHING));
        });
        return sheet.lines();
    }

    private static OptionalLong sum(List<Long> lengths) {
        return lengths.stream().mapToLong(Long::longValue).reduce(Long::sum);
    }

    private static OptionalLong last(List<Long> lengths) {
        return OptionalLong.of(lengths.getLast());
    }

    /** Of an even number the shorter one of the middle. */
    private static OptionalLong median(List<Long> lengths) {
        return lengths.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(lengths.get((lengths.size() - 1) / 2));
    }

    private static String length(OptionalLong ms) {
        return ms.isEmpty() ? NOTHING : KitchenTime.length(ms.getAsLong());
    }
}
