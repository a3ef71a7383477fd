package org.mingchu.gateway.tell;

import org.mingchu.config.Quantity;
import org.mingchu.gateway.judge.EndCause;
import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Person;

import tools.jackson.core.JsonGenerator;

import java.time.Instant;
import java.util.function.Consumer;

/** Writes the bodies of records. Immutable. */
final class RecordJson {
    private final Json json;
    private final AlarmJson alarms;

    RecordJson(Json json, AlarmJson alarms) {
        this.json = json;
        this.alarms = alarms;
    }

    /** A record's kind and what writes the fields of its body. */
    record Body(String kind, Consumer<JsonGenerator> fields) {}

    /**
     * The record of an entry.
     *
     * @param said not one that was kept again, but what it was
     * @param epoch of the envelope
     * @throws IllegalArgumentException when the entry is none that is published as a record
     */
    Body of(Entry said, String epoch) {
        return switch (said.fact()) {
            case Fact.EpochBegan began -> new Body("epoch", out -> epoch(out, began));
            case Fact.PlanChanged changed -> new Body("config", out -> config(out, changed));
            case Fact.ClockSet set -> new Body("clock", out -> clock(out, said.at().boot(), set));
            case Fact.Gap gap -> new Body("gap", out -> gap(out, gap, epoch));
            case Fact.CarriedAlarm carried -> new Body("carried", out -> carried(out, carried));
            case Fact.CarriedCheckpoint carried ->
                    new Body("carried", out -> carried(out, carried));
            case Fact.Checkpointed(var note) ->
                    new Body("checkpoint", out -> checkpoint(out, note));
            case Fact.HoldPlaced placed -> new Body("hold", out -> placed(out, placed));
            case Fact.HoldReleased released -> new Body("hold", out -> released(out, released));
            case Fact.Corrected corrected ->
                    new Body("correction", out -> correction(out, corrected));
            case Fact.Access access -> new Body("access", out -> access(out, access));
            case Fact.Remedied done -> new Body("corrective-action", out -> remedied(out, done));
            case Fact.Verified good -> new Body("corrective-action", out -> verified(out, good));
            case Fact.Reviewed night -> new Body("check", out -> reviewed(out, night));
            case Fact.BuzzerTested test -> new Body("selftest", out -> tested(out, test));
            case Fact.HandRead read -> new Body("check", out -> handRead(out, read));
            case Fact.PlacePictured place -> new Body("check", out -> placed(out, place));
            case Fact.SelfTested test -> new Body("selftest", out -> tested(out, test));
            case Fact.Restarted(var cause, var detail) ->
                    new Body("run", out -> run(out, "restarted", cause, detail));
            case Fact.Stopping(var stop, var cause, var detail) ->
                    new Body("run", out -> run(out, stop.word(), cause, detail));
            case Fact.Drilled drill when drill.ran().isPresent() ->
                    new Body("selftest", out -> drilled(out, drill.ran().get(), drill.person()));
            case Fact.Commissioned made -> new Body("commissioning", out -> made(out, made));
            case Fact.Alarm _,
                    Fact.Drilled _,
                    Fact.Round _,
                    Fact.Started _,
                    Fact.Acknowledged _,
                    Fact.Silenced _,
                    Fact.Link _,
                    Fact.Delivered _,
                    Fact.Receipted _,
                    Fact.Storage _,
                    Fact.Warmed _,
                    Fact.Done _,
                    Fact.BatchBegan _,
                    Fact.BatchEnded _,
                    Fact.BatchJudged _,
                    Fact.Cycled _,
                    Fact.Relearned _,
                    Fact.Shelved _,
                    Fact.Unshelved _,
                    Fact.Serviced _,
                    Fact.Checked _,
                    Fact.Reset _,
                    Fact.Rekeyed _ ->
                    throw new IllegalArgumentException("no record: seq " + said.seq());
        };
    }

    private static void epoch(JsonGenerator out, Fact.EpochBegan began) {
        began.previous().ifPresent(epoch -> out.writeStringProperty("previous", epoch));
        out.writeStringProperty("cause", began.cause());
    }

    private static void config(JsonGenerator out, Fact.PlanChanged changed) {
        out.writeStringProperty("siteSha256", changed.siteSha256());
        out.writeStringProperty("rulePack", changed.rulePack());
        out.writeStringProperty("rulePackVersion", changed.rulePackVersion());
        out.writeStringProperty("rulePackSha256", changed.rulePackSha256());
    }

    private static void clock(JsonGenerator out, String boot, Fact.ClockSet set) {
        out.writeStringProperty("boot", boot);
        out.writeNumberProperty("offsetMs", set.offsetMs());
        Json.error(out, set.errorMs());
        out.writeStringProperty("state", set.state().word());
    }

    private void gap(JsonGenerator out, Fact.Gap gap, String epoch) {
        if (!gap.epoch().equals(epoch)) {
            out.writeStringProperty("epoch", gap.epoch());
        }
        gap.lost().ifPresent(lane -> out.writeStringProperty("lane", lane.word()));
        out.writeNumberProperty("from", gap.range().from());
        out.writeNumberProperty("to", gap.range().to());
        out.writeNumberProperty("count", gap.count());
        out.writeStringProperty("cause", gap.cause().word());
        gap.from().ifPresent(at -> out.writeStringProperty("firstAt", json.time(at)));
        gap.to().ifPresent(at -> out.writeStringProperty("lastAt", json.time(at)));
    }

    private void carried(JsonGenerator out, Fact.CarriedAlarm carried) {
        out.writeStringProperty("what", "alarm");
        entry(out, "from", carried.epoch(), carried.seq());
        alarms.write(out, carried.event());
    }

    private static void carried(JsonGenerator out, Fact.CarriedCheckpoint carried) {
        out.writeStringProperty("what", "checkpoint");
        entry(out, "from", carried.epoch(), carried.seq());
        out.writeStringProperty("note", carried.note());
    }

    private static void checkpoint(JsonGenerator out, String text) {
        var note =
                CheckpointNote.read(text)
                        .orElseThrow(() -> new IllegalArgumentException("no checkpoint: " + text));
        out.writeStringProperty("origin", note.origin());
        out.writeNumberProperty("size", note.size());
        out.writeStringProperty("root", note.root());
        out.writeStringProperty("note", note.text());
    }

    private void placed(JsonGenerator out, Fact.HoldPlaced placed) {
        hold(out, placed.id(), "placed", placed.reason(), placed.person());
        out.writeStringProperty("from", json.time(Instant.ofEpochMilli(placed.fromMs())));
        out.writeStringProperty("to", json.time(Instant.ofEpochMilli(placed.toMs())));
    }

    private static void released(JsonGenerator out, Fact.HoldReleased released) {
        hold(out, released.id(), "released", released.reason(), released.person());
    }

    private static void hold(
            JsonGenerator out, String id, String event, String reason, Person person) {
        out.writeStringProperty("hold", id);
        out.writeStringProperty("event", event);
        out.writeStringProperty("reason", reason);
        AlarmJson.person(out, person);
    }

    private static void correction(JsonGenerator out, Fact.Corrected corrected) {
        entry(out, "of", corrected.epoch(), corrected.seq());
        out.writeStringProperty("text", corrected.text());
        AlarmJson.person(out, corrected.person());
    }

    private static void access(JsonGenerator out, Fact.Access access) {
        out.writeStringProperty("event", access.event().word());
        access.person().ifPresent(id -> out.writeStringProperty("whose", id));
    }

    private static void remedied(JsonGenerator out, Fact.Remedied done) {
        var remedy = done.remedy();
        out.writeStringProperty("alarm", done.alarm().toString());
        out.writeStringProperty("event", "recorded");
        out.writeStringProperty("cause", remedy.cause().word());
        out.writeStringProperty("action", remedy.action().word());
        out.writeStringProperty("food", remedy.fate().word());
        remedy.grams().ifPresent(grams -> Json.decimal(out, "kg", grams));
        remedy.movedTo().ifPresent(unit -> out.writeStringProperty("movedTo", unit));
        if (remedy.againMilli().isPresent()) {
            Json.decimal(out, "value", remedy.againMilli().getAsLong());
            out.writeStringProperty("unitOfMeasure", Quantity.TEMPERATURE.senmlUnit());
        }
        if (!remedy.note().isEmpty()) {
            out.writeStringProperty("note", remedy.note());
        }
        AlarmJson.person(out, done.person());
    }

    private static void verified(JsonGenerator out, Fact.Verified good) {
        out.writeStringProperty("alarm", good.alarm().toString());
        out.writeStringProperty("event", "verified");
        if (!good.note().isEmpty()) {
            out.writeStringProperty("note", good.note());
        }
        AlarmJson.person(out, good.person());
    }

    private static void reviewed(JsonGenerator out, Fact.Reviewed night) {
        out.writeStringProperty("what", "night");
        out.writeNumberProperty("alarms", night.cases());
        out.writeBooleanProperty("fine", night.fine());
        AlarmJson.person(out, night.person());
    }

    private static void handRead(JsonGenerator out, Fact.HandRead read) {
        out.writeStringProperty("what", "hand-reading");
        out.writeStringProperty("unit", read.unit());
        Json.decimal(out, "value", read.milli());
        out.writeStringProperty("unitOfMeasure", Quantity.TEMPERATURE.senmlUnit());
        AlarmJson.person(out, read.person());
    }

    private static void placed(JsonGenerator out, Fact.PlacePictured place) {
        out.writeStringProperty("what", "place");
        out.writeStringProperty("sensor", place.sensor());
        out.writeStringProperty("sha256", place.sha256());
        out.writeNumberProperty("bytes", place.bytes());
        AlarmJson.person(out, place.person());
    }

    private static void tested(JsonGenerator out, Fact.BuzzerTested test) {
        out.writeStringProperty("what", "buzzer");
        out.writeBooleanProperty("heard", test.heard());
        test.person()
                .ifPresentOrElse(
                        person -> AlarmJson.person(out, person),
                        () -> out.writeNullProperty("person"));
    }

    private static void tested(JsonGenerator out, Fact.SelfTested test) {
        out.writeStringProperty("what", "all");
        out.writeBooleanProperty("passed", test.passed());
        out.writeArrayPropertyStart("steps");
        for (var step : test.steps()) {
            out.writeStartObject().writeStringProperty("check", step.check());
            if (!step.of().isEmpty()) {
                out.writeStringProperty("of", step.of());
            }
            out.writeStringProperty("result", step.result().word())
                    .writeStringProperty("why", step.why())
                    .writeEndObject();
        }
        out.writeEndArray();
        AlarmJson.person(out, test.person());
    }

    private static void run(JsonGenerator out, String event, EndCause cause, String detail) {
        out.writeStringProperty("event", event);
        out.writeStringProperty("cause", cause.word());
        out.writeStringProperty("detail", detail);
    }

    private void drilled(JsonGenerator out, Fact.Ran ran, Person person) {
        out.writeStringProperty("what", "drill");
        out.writeBooleanProperty("passed", ran.passed());
        ran.alarm().ifPresent(id -> out.writeStringProperty("alarm", id.toString()));
        out.writeStringProperty("asked", json.time(ran.asked()));
        out.writeArrayPropertyStart("hops");
        for (var hop : ran.hops()) {
            out.writeStartObject().writeStringProperty("hop", hop.hop());
            if (!hop.of().isEmpty()) {
                out.writeStringProperty("of", hop.of());
            }
            out.writeStringProperty("result", hop.result().word());
            hop.afterMs().ifPresent(ms -> out.writeNumberProperty("afterMs", ms));
            out.writeStringProperty("why", hop.why()).writeEndObject();
        }
        out.writeEndArray();
        AlarmJson.person(out, person);
    }

    private static void made(JsonGenerator out, Fact.Commissioned made) {
        out.writeStringProperty("sha256", made.sha256());
        out.writeStringProperty("language", made.language());
        out.writeArrayPropertyStart("items");
        for (var item : made.items()) {
            out.writeStartObject()
                    .writeStringProperty("name", item.name())
                    .writeStringProperty("value", item.value())
                    .writeEndObject();
        }
        out.writeEndArray();
        AlarmJson.person(out, made.person());
    }

    /** Seqs count from 1; 0 stands for none. */
    private static void entry(JsonGenerator out, String name, String epoch, long seq) {
        out.writeObjectPropertyStart(name);
        out.writeStringProperty("epoch", epoch);
        if (seq > 0) {
            out.writeNumberProperty("seq", seq);
        }
        out.writeEndObject();
    }
}
