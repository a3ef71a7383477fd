package org.mingchu.gateway;

import org.mingchu.config.Plan;
import org.mingchu.gateway.desk.Acts;
import org.mingchu.gateway.desk.Answer;
import org.mingchu.gateway.desk.Deed;
import org.mingchu.gateway.judge.Doing;
import org.mingchu.gateway.judge.Strength;
import org.mingchu.gateway.tend.Told;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What {@code mingchu unit}, {@code sensors} and {@code batch} have the running agent keep. Any
 * thread.
 */
final class UnitDesk {
    private final Plan plan;
    private final Acts acts;
    private final KitchenTime time;
    private final Refusals refusals;

    UnitDesk(Plan plan, Acts acts) {
        this.plan = plan;
        this.acts = acts;
        time = new KitchenTime(plan.site().timeZone());
        refusals = new Refusals(plan);
    }

    /** Cleaned, loaded, stopped, in use again, or its food looked at. */
    Told unit(Map<String, String> words) {
        var longest = plan.pack().acts();
        var unit = words.getOrDefault("unit", "");
        return switch (words.getOrDefault("act", "")) {
            case "cleaning" -> spanned(words, Doing.CLEANING, longest.cleaningLongest());
            case "loading" -> spanned(words, Doing.LOADING, longest.loadingLongest());
            case "stopped" -> stopped(words);
            case "in-use" ->
                    told(words, does(words, Doing.IN_USE, 0, 0), Optional.empty(), "in use again");
            case "check" -> {
                var fit = !words.containsKey("unfit");
                yield told(
                        words,
                        new Deed.Checks(unit, fit, reason(words)),
                        Optional.empty(),
                        fit ? "checked, fit" : "checked, not fit; it stays in doubt");
            }
            default -> Told.unusable("act '%s': not of this version".formatted(words.get("act")));
        };
    }

    private Told spanned(Map<String, String> words, Doing doing, Duration longest) {
        var word = words.getOrDefault("for", "");
        return KitchenTime.span(word)
                .map(span ->
                        told(
                                words,
                                does(words, doing, span.toMillis(), 0),
                                Optional.of(longest),
                                "%s for %s"
                                        .formatted(
                                                doing.word(), KitchenTime.length(span.toMillis()))))
                .orElseGet(() -> Told.unusable(KitchenTime.noSpan("--for", word)));
    }

    private Told stopped(Map<String, String> words) {
        try {
            var untilMs = time.ms(words.getOrDefault("until", ""), LocalTime.MIN);
            return told(
                    words,
                    does(words, Doing.STOPPED, 0, untilMs),
                    Optional.empty(),
                    "stopped until " + time.minutes(untilMs));
        } catch (DateTimeException e) {
            return Told.unusable("--until " + e.getMessage());
        }
    }

    private static Deed does(Map<String, String> words, Doing doing, long forMs, long untilMs) {
        return new Deed.Does(
                words.getOrDefault("unit", ""),
                doing,
                forMs,
                untilMs,
                reason(words),
                Optional.ofNullable(words.get("moved-to")));
    }

    /** Out of service, or back. */
    Told sensor(Map<String, String> words) {
        var sensor = words.getOrDefault("sensor", "");
        if (words.getOrDefault("act", "").equals("in")) {
            return told(
                    words,
                    new Deed.PutsBack(sensor, reason(words)),
                    Optional.empty(),
                    "back in service");
        }
        try {
            var dueMs = time.ms(words.getOrDefault("due", ""), LocalTime.MAX);
            return told(
                    words,
                    new Deed.TakesOut(sensor, dueMs, reason(words)),
                    Optional.empty(),
                    "out of service, due back " + time.minutes(dueMs));
        } catch (DateTimeException e) {
            return Told.unusable("--due " + e.getMessage());
        }
    }

    /** A batch of food begins or ends. */
    Told batch(Map<String, String> words) {
        var batch = words.getOrDefault("batch", "");
        if (words.getOrDefault("act", "").equals("end")) {
            return told(words, new Deed.EndsBatch(batch), Optional.empty(), "ended");
        }
        try {
            var since = since(words.getOrDefault("since", ""));
            return told(
                    words,
                    new Deed.BeginsBatch(batch, words.getOrDefault("in", ""), since),
                    Optional.empty(),
                    "followed in %s%s".formatted(words.get("in"), inWords(since)));
        } catch (DateTimeException _) {
            return Told.unusable(
                    "--since '%s' is no time and no length of time; expected 2026-11-01T06:30, 45m,"
                                    .formatted(words.get("since"))
                            + " 2h or 1h30m");
        }
    }

    private Deed.Since since(String word) {
        return word.isEmpty()
                ? new Deed.Since.Now()
                : KitchenTime.span(word)
                        .<Deed.Since>map(span -> new Deed.Since.Ago(span.toMillis()))
                        .orElseGet(() -> new Deed.Since.At(time.ms(word, LocalTime.MIN)));
    }

    private String inWords(Deed.Since since) {
        return switch (since) {
            case Deed.Since.Now() -> "";
            case Deed.Since.Ago(var ms) -> ", begun %s ago".formatted(KitchenTime.length(ms));
            case Deed.Since.At(var ms) -> ", begun at " + time.minutes(ms);
        };
    }

    private Told told(
            Map<String, String> words, Deed deed, Optional<Duration> longest, String done) {
        var by = new Deed.By(words.getOrDefault("by", ""), Strength.TAP);
        return switch (acts.on(deed, by)) {
            case Answer.Refused(var reason) -> refusals.told(reason, words, longest);
            case Answer.Done _ -> Told.well(subject(words) + ": " + done);
        };
    }

    private static String subject(Map<String, String> words) {
        return Stream.of("unit", "sensor", "batch")
                .filter(words::containsKey)
                .map(words::get)
                .findFirst()
                .orElse("");
    }

    private static String reason(Map<String, String> words) {
        return words.getOrDefault("reason", "");
    }
}
