package org.mingchu.gateway;

import org.mingchu.config.Plan;
import org.mingchu.config.Watch;
import org.mingchu.gateway.desk.Acts;
import org.mingchu.gateway.desk.Answer;
import org.mingchu.gateway.desk.Deed;
import org.mingchu.gateway.desk.Desk;
import org.mingchu.gateway.judge.AlarmEvent;
import org.mingchu.gateway.judge.AlarmState;
import org.mingchu.gateway.judge.State;
import org.mingchu.gateway.judge.Strength;
import org.mingchu.gateway.tend.Told;
import org.mingchu.sensors.Clock;

import tools.jackson.core.JsonGenerator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** What {@code mingchu alarms} asks of the running agent, and has it keep. Any thread. */
final class AlarmDesk {
    private final Supplier<State> state;
    private final Plan plan;
    private final Clock clock;
    private final Desk desk;
    private final Acts acts;
    private final KitchenTime time;
    private final Refusals refusals;

    AlarmDesk(Supplier<State> state, Plan plan, Clock clock, Desk desk, Acts acts) {
        this.state = state;
        this.plan = plan;
        this.clock = clock;
        this.desk = desk;
        this.acts = acts;
        time = new KitchenTime(plan.site().timeZone());
        refusals = new Refusals(plan);
    }

    /** Every alarm that is not over. */
    Told list(Map<String, String> words) {
        var now = state.get();
        var open = now.openAlarms();
        if (words.containsKey("json")) {
            return Told.well(
                    JsonLine.of(json -> {
                        json.writeStringProperty("schema", "kfs/open-alarms/1");
                        json.writeArrayPropertyStart("alarms");
                        open.forEach(event -> write(json, event, now));
                        json.writeEndArray();
                    }));
        }
        return open.isEmpty()
                ? Told.well("no alarm is open")
                : Told.well(open.stream().map(event -> line(event, now)).toList());
    }

    private String line(AlarmEvent event, State now) {
        var words = new ArrayList<String>();
        if (event.drill()) {
            words.add("DRILL: nothing is wrong");
        }
        event.valueMilli().ifPresent(milli -> words.add(TrialWords.shown(event, milli)));
        event.limitMilli().ifPresent(milli -> words.add("limit " + TrialWords.shown(event, milli)));
        words.add("since " + time.seconds(event.since().wallMs()));
        event.person().ifPresent(person -> words.add(person.id()));
        shelvedUntilMs(event, now).ifPresent(ms -> words.add("until " + time.seconds(ms)));
        return "%s  %s  %-14s  %s/%s: %s"
                .formatted(
                        AlarmName.shortId(event),
                        event.priority().word(),
                        event.state().word(),
                        event.subject(),
                        event.rule(),
                        String.join(", ", words));
    }

    private void write(JsonGenerator json, AlarmEvent event, State now) {
        json.writeStartObject()
                .writeStringProperty("id", event.id().toString())
                .writeStringProperty("subject", event.subject())
                .writeStringProperty("rule", event.rule())
                .writeStringProperty("priority", event.priority().word())
                .writeStringProperty("state", event.state().word())
                .writeStringProperty("since", time.offset(event.since().wallMs()));
        if (event.drill()) {
            json.writeBooleanProperty("test", true);
        }
        event.unit().ifPresent(unit -> json.writeStringProperty("unit", unit));
        event.valueMilli().ifPresent(milli -> json.writeNumberProperty("milli", milli));
        event.limitMilli().ifPresent(milli -> json.writeNumberProperty("limitMilli", milli));
        event.unitOfMeasure().ifPresent(uom -> json.writeStringProperty("uom", uom));
        event.person().ifPresent(person -> json.writeStringProperty("person", person.id()));
        event.parent().ifPresent(id -> json.writeStringProperty("parent", id.toString()));
        shelvedUntilMs(event, now)
                .ifPresent(ms -> json.writeStringProperty("until", time.offset(ms)));
        json.writeEndObject();
    }

    /** As the wall clock will probably say; what counts is the time that has run. */
    private Optional<Long> shelvedUntilMs(AlarmEvent event, State now) {
        return event.state() == AlarmState.SHELVED
                ? Optional.ofNullable(now.shelves().get(event.id()))
                        .map(shelf -> {
                            var at = clock.now();
                            var ranMs = (at.upNs() - shelf.since().upNs()) / 1_000_000;
                            return shelf.since().boot().equals(at.boot())
                                    ? at.wallMs() + shelf.forMs() - ranMs
                                    : at.wallMs();
                        })
                : Optional.empty();
    }

    Told acknowledge(Map<String, String> words) {
        return on(
                words,
                (alarm, by) ->
                        desk.acknowledge(
                                alarm.id().toString(),
                                by.person(),
                                by.strength(),
                                Optional.ofNullable(words.get("reason"))));
    }

    Told shelve(Map<String, String> words) {
        var forMs = KitchenTime.span(words.getOrDefault("for", ""));
        if (forMs.isEmpty()) {
            return Told.unusable(KitchenTime.noSpan("--for", words.getOrDefault("for", "")));
        }
        return on(
                words,
                (alarm, by) ->
                        acts.on(
                                new Deed.Shelves(
                                        alarm.id().toString(),
                                        forMs.get().toMillis(),
                                        words.containsKey("once"),
                                        words.getOrDefault("reason", "")),
                                by));
    }

    Told unshelve(Map<String, String> words) {
        return on(words, (alarm, by) -> acts.on(new Deed.Unshelves(alarm.id().toString()), by));
    }

    Told reset(Map<String, String> words) {
        return on(
                words,
                (alarm, by) ->
                        acts.on(
                                new Deed.Resets(
                                        alarm.id().toString(), words.getOrDefault("reason", "")),
                                by));
    }

    private Told on(Map<String, String> words, BiFunction<AlarmEvent, Deed.By, Answer> act) {
        var by = new Deed.By(words.getOrDefault("by", ""), Strength.TAP);
        return switch (AlarmName.of(words.getOrDefault("alarm", ""), state.get().openAlarms())) {
            case AlarmName.Unclear(var why) -> Told.refused(why);
            case AlarmName.One(var alarm) ->
                    switch (act.apply(alarm, by)) {
                        case Answer.Refused(var reason) ->
                                refusals.told(reason, words, Optional.of(shelveLongest(alarm)));
                        case Answer.Done _ ->
                                Told.well(
                                        "%s: %s".formatted(AlarmName.shown(alarm), stands(alarm)));
                    };
        };
    }

    /** What came of it: between the look and the commit the alarm may have moved on by itself. */
    private String stands(AlarmEvent alarm) {
        return state.get().openAlarms().stream()
                .filter(event -> event.id().equals(alarm.id()))
                .map(event -> "now " + event.state().word())
                .findFirst()
                .orElse("over");
    }

    private Duration shelveLongest(AlarmEvent alarm) {
        return plan.watches().stream()
                .filter(watch -> watch.subject().equals(alarm.subject()))
                .map(Watch::rule)
                .filter(rule -> rule.id().equals(alarm.rule()))
                .flatMap(rule -> rule.guard().shelveLongest().stream())
                .findFirst()
                .orElse(plan.pack().acts().shelveLongest());
    }
}
