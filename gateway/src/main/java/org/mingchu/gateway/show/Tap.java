package org.mingchu.gateway.show;

import org.mingchu.gateway.judge.Doing;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What somebody says at the page that he does to a unit. Immutable. */
public sealed interface Tap {
    /** What an act of the interface has to carry, for whoever builds a page. */
    String WANTED =
            "wants \"act\" (cleaning, loading, stopped, in-use, check), \"unit\" and \"person\";"
                    + " with cleaning and loading \"minutes\", with stopped \"untilMs\","
                    + " with check \"fit\" (true, false); also \"reason\" and \"movedTo\"";

    /**
     * He cleans, loads or stops it, or it is in use again.
     *
     * @param forMs for so long, milliseconds; 0 for a stop and for the end of an act
     * @param untilMs a stop ends then, milliseconds since 1970; else 0
     * @param movedTo the unit that what was inside has been moved to
     */
    record Does(
            String unit,
            Doing doing,
            long forMs,
            long untilMs,
            String reason,
            Optional<String> movedTo)
            implements Tap {}

    /** He has looked at the food in it. */
    record Checks(String unit, boolean fit, String note) implements Tap {}

    /** What a body says; empty when it is not understood, so that nothing half said is kept. */
    static Optional<Tap> of(Map<String, String> body) {
        var act = body.getOrDefault("act", "");
        return Optional.ofNullable(body.get("unit"))
                .flatMap(unit -> act.equals("check") ? checks(unit, body) : does(unit, act, body));
    }

    private static Optional<Tap> checks(String unit, Map<String, String> body) {
        var fit = body.getOrDefault("fit", "");
        return fit.equals("true") || fit.equals("false")
                ? Optional.of(new Checks(unit, fit.equals("true"), reason(body)))
                : Optional.empty();
    }

    private static Optional<Tap> does(String unit, String act, Map<String, String> body) {
        var doing = Arrays.stream(Doing.values()).filter(d -> d.word().equals(act)).findFirst();
        if (doing.isEmpty()) {
            return Optional.empty();
        }
        var minutes = number(body, "minutes");
        var untilMs = number(body, "untilMs");
        var said =
                switch (doing.get()) {
                    case CLEANING, LOADING -> minutes.isPresent() && !body.containsKey("untilMs");
                    case STOPPED -> untilMs.isPresent() && !body.containsKey("minutes");
                    case IN_USE -> !body.containsKey("minutes") && !body.containsKey("untilMs");
                };
        return said
                ? Optional.of(
                        new Does(
                                unit,
                                doing.get(),
                                Duration.ofMinutes(minutes.orElse(0)).toMillis(),
                                untilMs.orElse(0),
                                reason(body),
                                Optional.ofNullable(body.get("movedTo"))))
                : Optional.empty();
    }

    private static String reason(Map<String, String> body) {
        return body.getOrDefault("reason", "");
    }

    /** A whole number of at most 13 digits, so that no sum of it runs over. */
    private static OptionalLong number(Map<String, String> body, String key) {
        var word = body.getOrDefault(key, "");
        return word.matches("[0-9]{1,13}")
                ? OptionalLong.of(Long.parseLong(word))
                : OptionalLong.empty();
    }
}
