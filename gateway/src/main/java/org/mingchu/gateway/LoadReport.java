package org.mingchu.gateway;

import org.mingchu.gateway.AlarmLoad.Rank;
import org.mingchu.gateway.keep.Window;
import org.mingchu.gateway.tend.Told;

import tools.jackson.core.JsonGenerator;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.ToIntFunction;

/**
 * The bad-actor report (ISA-18.2): who calls most, and what to look at. Immutable.
 *
 * @param recordFromMs when the record begins, milliseconds since 1970; empty when nothing is in it
 */
record LoadReport(
        Window window,
        OptionalLong recordFromMs,
        AlarmLoad load,
        KitchenTime time,
        SuggestionWords words) {
    private static final String INDENT = "    ";
    private static final String NOTHING = "-";

    /** The longest bar, characters. */
    private static final int WIDTH = 10;

    Told told(boolean json) {
        return Told.well(json ? List.of(JsonLine.of(this::write)) : lines());
    }

    private List<String> lines() {
        if (recordFromMs.isEmpty()) {
            return List.of("the record is empty: no alarm to count");
        }
        var lines = new ArrayList<String>();
        var actors = load.actors();
        lines.add(
                "alarm load from %s to %s (%s): %s"
                        .formatted(
                                time.minutes(window.fromMs()),
                                time.minutes(window.toMs()),
                                time.zone(),
                                actors.isEmpty() ? "no alarm" : counts(actors)));
        if (recordFromMs.getAsLong() > window.fromMs()) {
            lines.add("the record begins " + time.minutes(recordFromMs.getAsLong()));
        }
        if (!actors.isEmpty()) {
            lines.addAll(table());
            lines.addAll(others(actors));
            lines.add(words.nothingChanged());
        }
        return lines;
    }

    private String counts(List<BadActor> actors) {
        var counts =
                "%d calls, %d raised and %d re-alarmed; %s a day"
                        .formatted(
                                sum(actors, BadActor::calls),
                                sum(actors, BadActor::raised),
                                sum(actors, BadActor::reAlarmed),
                                load.perDay(recordFromMs.orElse(window.fromMs())));
        return load.days().entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(most -> counts + ", most on %s: %d".formatted(most.getKey(), most.getValue()))
                .orElse(counts);
    }

    private static int sum(List<BadActor> actors, ToIntFunction<BadActor> count) {
        return actors.stream().mapToInt(count).sum();
    }

    private List<String> table() {
        var sheet =
                new Sheet(
                        "#>",
                        "subject",
                        "rule",
                        "",
                        "calls>",
                        "share>",
                        "cumulated>",
                        "",
                        "chattered>",
                        "answered>",
                        "stood>",
                        "stale>",
                        "stands since");
        var worst = load.worst();
        worst.forEach(rank -> row(sheet, rank, worst.getFirst().actor().calls()));
        var rows = sheet.lines();
        var lines = new ArrayList<String>(List.of(rows.getFirst()));
        for (var i = 0; i < worst.size(); i++) {
            lines.add(rows.get(i + 1));
            lines.add(INDENT + words.of(worst.get(i).actor().suggestion()));
        }
        return lines;
    }

    private void row(Sheet sheet, Rank rank, int most) {
        var actor = rank.actor();
        sheet.row(
                Integer.toString(rank.place()),
                actor.key().subject(),
                actor.key().rule(),
                actor.priority().word(),
                Integer.toString(actor.calls()),
                Shown.perCent(rank.share()),
                Shown.perCent(rank.cumulated()),
                bar(actor.calls(), most),
                count(actor.chattered()),
                length(actor.answeredMs()),
                length(actor.stoodMs()),
                count(actor.stale()),
                standing(actor));
    }

    /** Whoever called at all can be seen. */
    private static String bar(int calls, int most) {
        return "█".repeat(most == 0 ? 0 : Math.ceilDiv(calls * WIDTH, most));
    }

    private static String count(int n) {
        return n == 0 ? NOTHING : Integer.toString(n);
    }

    private static String length(OptionalLong ms) {
        return ms.isEmpty() ? NOTHING : KitchenTime.length(ms.getAsLong());
    }

    private String standing(BadActor actor) {
        var unseen = actor.unansweredSinceMs().isPresent() ? ", not acknowledged" : "";
        return actor.standingSinceMs().map(ms -> time.minutes(ms) + unseen).orElse(NOTHING);
    }

    private List<String> others(List<BadActor> actors) {
        var shown = load.worst().stream().map(Rank::actor).toList();
        var others = actors.stream().filter(actor -> !shown.contains(actor)).toList();
        return others.isEmpty()
                ? List.of()
                : List.of(
                        "and %d more, with %d calls"
                                .formatted(others.size(), sum(others, BadActor::calls)));
    }

    private void write(JsonGenerator json) {
        var actors = load.actors();
        json.writeStringProperty("schema", "kfs/alarm-load/1");
        JsonLine.window(json, window, time);
        recordFromMs.ifPresent(ms -> json.writeStringProperty("recordFrom", time.offset(ms)));
        json.writeNumberProperty("calls", sum(actors, BadActor::calls))
                .writeNumberProperty("raised", sum(actors, BadActor::raised))
                .writeNumberProperty("reAlarmed", sum(actors, BadActor::reAlarmed))
                .writeNumberProperty("perDay", load.perDay(recordFromMs.orElse(window.fromMs())))
                .writeNumberProperty("chattered", sum(actors, BadActor::chattered))
                .writeNumberProperty("stale", sum(actors, BadActor::stale))
                .writeNumberProperty("actors", actors.size())
                .writeBooleanProperty("limitsChanged", false);
        json.writeArrayPropertyStart("days");
        load.days()
                .forEach((day, calls) ->
                        json.writeStartObject()
                                .writeStringProperty("day", day.toString())
                                .writeNumberProperty("calls", calls)
                                .writeEndObject());
        json.writeEndArray();
        json.writeArrayPropertyStart("worst");
        load.worst().forEach(rank -> write(json, rank));
        json.writeEndArray();
    }

    private void write(JsonGenerator json, Rank rank) {
        var actor = rank.actor();
        json.writeStartObject()
                .writeNumberProperty("place", rank.place())
                .writeStringProperty("subject", actor.key().subject())
                .writeStringProperty("rule", actor.key().rule())
                .writeStringProperty("priority", actor.priority().word())
                .writeNumberProperty("calls", actor.calls())
                .writeNumberProperty("raised", actor.raised())
                .writeNumberProperty("reAlarmed", actor.reAlarmed())
                .writeNumberProperty("sharePercent", hundredths(rank.share()))
                .writeNumberProperty("cumulatedPercent", hundredths(rank.cumulated()))
                .writeNumberProperty("chattered", actor.chattered())
                .writeNumberProperty("consequences", actor.consequences())
                .writeNumberProperty("stale", actor.stale());
        actor.answeredMs()
                .ifPresent(ms -> json.writeNumberProperty("medianAcknowledgedAfterMs", ms));
        actor.stoodMs().ifPresent(ms -> json.writeNumberProperty("medianStoodMs", ms));
        actor.standingSinceMs()
                .ifPresent(ms -> json.writeStringProperty("standsSince", time.offset(ms)));
        actor.unansweredSinceMs()
                .ifPresent(ms -> json.writeStringProperty("unacknowledgedSince", time.offset(ms)));
        json.writeStringProperty("suggestion", actor.suggestion().word())
                .writeStringProperty("text", words.of(actor.suggestion()))
                .writeEndObject();
    }

    private static BigDecimal hundredths(long basisPoints) {
        return BigDecimal.valueOf(basisPoints, 2);
    }
}
