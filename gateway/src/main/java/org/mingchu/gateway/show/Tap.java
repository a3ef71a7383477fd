package org.mingchu.gateway.show;

import org.mingchu.gateway.judge.Doing;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What somebody says at the page that he does to a unit, or with an alarm. Immutable. */
public sealed interface Tap {
    /** What an act of the interface has to carry, for whoever builds a page. */
    String WANTED =
            "wants \"act\" and \"person\"; cleaning and loading \"unit\" and \"minutes\","
                    + " stopped \"unit\" and \"untilMs\", in-use \"unit\","
                    + " check \"unit\" and \"fit\" (true, false),"
                    + " measured \"unit\" and \"milli\","
                    + " shelve \"alarm\" and \"minutes\", unshelve and reset \"alarm\";"
                    + " also \"reason\" and \"movedTo\"";

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

    /**
     * He has measured it by hand.
     *
     * @param milli thousandths of a degree Celsius
     */
    record Measures(String unit, long milli) implements Tap {}

    /** He puts an alarm aside for so long, milliseconds. */
    record Shelves(String alarm, long forMs, String reason) implements Tap {}

    /** He takes it up again. */
    record Unshelves(String alarm) implements Tap {}

    /** He has looked at what a latched alarm was about, and lets it go. */
    record Resets(String alarm, String reason) implements Tap {}

    /** What a body says; empty when it is not understood, so that nothing half said is kept. */
    static Optional<Tap> of(Map<String, String> body) {
        var act = body.getOrDefault("act", "");
        var unit = Optional.ofNullable(body.get("unit"));
        var alarm = Optional.ofNullable(body.get("alarm"));
        return switch (act) {
            case "check" -> unit.flatMap(id -> checks(id, body));
            case "measured" -> unit.flatMap(id -> measures(id, body));
            case "shelve" -> alarm.flatMap(id -> shelves(id, body));
            case "unshelve" -> alarm.map(Unshelves::new);
            case "reset" -> alarm.map(id -> new Resets(id, reason(body)));
            default -> unit.flatMap(id -> does(id, act, body));
        };
    }

    private static Optional<Tap> measures(String unit, Map<String, String> body) {
        var milli = body.getOrDefault("milli", "");
        return milli.matches("-?[0-9]{1,9}")
                ? Optional.of(new Measures(unit, Long.parseLong(milli)))
                : Optional.empty();
    }

    private static Optional<Tap> shelves(String alarm, Map<String, String> body) {
        var minutes = number(body, "minutes");
        return minutes.isPresent()
                ? Optional.of(
                        new Shelves(
                                alarm,
                                Duration.ofMinutes(minutes.getAsLong()).toMillis(),
                                reason(body)))
                : Optional.empty();
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
