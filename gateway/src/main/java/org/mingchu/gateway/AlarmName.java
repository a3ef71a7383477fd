package org.mingchu.gateway;

import org.mingchu.gateway.judge.AlarmEvent;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How somebody names an alarm: by subject and rule, or by the first characters of its id, as long
 * as only one open alarm fits. Immutable.
 */
sealed interface AlarmName {
    /** Fewest characters of an id: with fewer a typing error would soon fit something. */
    int ID_CHARS_MIN = 6;

    /** As many of an id as are shown to people, characters. */
    int ID_CHARS_SHOWN = 8;

    /** This one. */
    record One(AlarmEvent event) implements AlarmName {}

    /** None, or more than one, and what to do about it. */
    record Unclear(String why) implements AlarmName {}

    /** Finds the alarm among those that are open. */
    static AlarmName of(String word, List<AlarmEvent> open) {
        if (word.contains("/")) {
            return open.stream()
                    .filter(event -> word.equals(event.subject() + "/" + event.rule()))
                    .findFirst()
                    .<AlarmName>map(One::new)
                    .orElseGet(() -> none(word));
        }
        if (word.length() < ID_CHARS_MIN) {
            return new Unclear(
                    "ALARM '%s': give at least %d characters of its id, or SUBJECT/RULE"
                            .formatted(word, ID_CHARS_MIN));
        }
        var beginning = word.toLowerCase(Locale.ROOT);
        var fit = open.stream().filter(e -> e.id().toString().startsWith(beginning)).toList();
        return switch (fit.size()) {
            case 0 -> none(word);
            case 1 -> new One(fit.getFirst());
            default ->
                    new Unclear(
                            "ALARM '%s': %d alarms begin so (%s); give more characters, or"
                                            .formatted(word, fit.size(), names(fit))
                                    + " SUBJECT/RULE");
        };
    }

    private static AlarmName none(String word) {
        return new Unclear(
                "ALARM '%s': no such alarm is open; `mingchu alarms list` names all that are"
                        .formatted(word));
    }

    private static String names(List<AlarmEvent> events) {
        return events.stream().map(AlarmName::shown).collect(Collectors.joining(", "));
    }

    /** As people are shown it: short, and both ways of naming it. */
    static String shown(AlarmEvent event) {
        return "%s %s/%s".formatted(shortId(event), event.subject(), event.rule());
    }

    static String shortId(AlarmEvent event) {
        return event.id().toString().substring(0, ID_CHARS_SHOWN);
    }
}
