package org.mingchu.gateway.tell;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.mingchu.config.Plan;
import org.mingchu.gateway.judge.AlarmEvent;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.State;
import org.mingchu.sensors.Moment;

import tools.jackson.core.JsonGenerator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Our own encoding: the messages of the contract. An entry is the same bytes each time it is sent,
 * apart from {@code sentAt}. Immutable.
 */
final class NativeEncoder {
    /** Entries in one message of readings; beyond it batching gains nothing. */
    static final int BATCH_ENTRIES_MAX = 30;

    /** Bytes of one message of readings, unless the broker takes less. */
    static final int BATCH_BYTES_MAX = 64 * 1024;

    /** How long a broker keeps readings for a platform that is away. */
    static final Duration READING_EXPIRY = Duration.ofDays(7);

    static final Duration HEARTBEAT_PERIOD = Duration.ofSeconds(60);

    /** Longest reason in a status, in characters. */
    private static final int REASON_MAX = 200;

    private final Plan plan;
    private final Topics topics;
    private final String epoch;
    private final About about;
    private final Json json;
    private final AlarmJson alarms;

    /** A message of readings and the entries in it, which may be fewer than were given. */
    record Batch(List<Numbered> entries, Wire.Message message) {}

    /** What a platform does not have yet. */
    record Backlog(long alarm, long reading, long oldestMs) {}

    NativeEncoder(Plan plan, String epoch, About about) {
        this.plan = plan;
        this.epoch = epoch;
        this.about = about;
        topics = Topics.of(plan.site().identity());
        json = new Json(plan.site().timeZone());
        alarms = new AlarmJson(plan, json);
    }

    Topics topics() {
        return topics;
    }

    Wire.Message online(Moment since) {
        return status("online", since, Optional.empty());
    }

    /** Without a reason it is the will: the connection was lost. */
    Wire.Message offline(Moment since, Optional<String> reason) {
        return status("offline", since, reason);
    }

    private Wire.Message status(String state, Moment since, Optional<String> reason) {
        return retained(
                topics.status(),
                Json.object(out -> {
                    out.writeStringProperty("schema", "kfs/status/1");
                    gateway(out);
                    out.writeStringProperty("state", state);
                    out.writeStringProperty("since", json.time(since));
                    out.writeStringProperty("epoch", epoch);
                    about(out);
                    reason.ifPresent(r -> out.writeStringProperty("reason", cut(r)));
                }));
    }

    Wire.Message meta(Moment at) {
        return retained(
                topics.meta(),
                Json.object(out -> {
                    head(out, "kfs/meta/1");
                    out.writeStringProperty("at", json.time(at));
                    about(out);
                    MetaJson.write(out, plan);
                }));
    }

    /** As many of the entries as fit; at least the first, however large. */
    Batch readings(List<Numbered> entries, long bytesMax) {
        var fit = new ArrayList<Numbered>();
        var rounds = new ArrayList<String>();
        long bytes = headBytes();
        for (var entry : entries) {
            var round = round(entry);
            bytes += round.getBytes(UTF_8).length + 1;
            if (!fit.isEmpty() && bytes > Math.min(bytesMax, BATCH_BYTES_MAX)) {
                break;
            }
            fit.add(entry);
            rounds.add(round);
        }
        return new Batch(List.copyOf(fit), batch(rounds));
    }

    private int headBytes() {
        return batch(List.of()).text().getBytes(UTF_8).length;
    }

    private Wire.Message batch(List<String> rounds) {
        var text =
                Json.object(out -> {
                    head(out, "kfs/readings/1");
                    out.writeStringProperty("lane", "reading");
                    out.writeArrayPropertyStart("entries");
                    rounds.forEach(out::writeRawValue);
                    out.writeEndArray();
                });
        return new Wire.Message(topics.reading(), text, 1, false, Optional.of(READING_EXPIRY));
    }

    private String round(Numbered entry) {
        if (!(entry.entry().fact() instanceof Fact.Round round)) {
            throw new IllegalArgumentException("not a round of readings: seq " + entry.seq());
        }
        return Json.object(out -> {
            out.writeNumberProperty("seq", entry.seq());
            out.writeNumberProperty("prev", entry.prev());
            json.kept(out, entry.entry().at());
            RoundJson.write(out, round);
        });
    }

    /** An entry of the alarm lane: an alarm's event, or a record. */
    Wire.Message entry(Numbered entry, Moment sentAt) {
        return switch (entry.entry().fact()) {
            case Fact.Alarm alarm -> event(entry, alarm.event(), sentAt);
            case Fact.EpochBegan began ->
                    record(entry, "epoch", sentAt, out -> RecordJson.epoch(out, began));
            case Fact.PlanChanged changed ->
                    record(entry, "config", sentAt, out -> RecordJson.config(out, changed));
            case Fact.Checkpointed(var note) ->
                    record(entry, "checkpoint", sentAt, out -> RecordJson.checkpoint(out, note));
            case Fact.ClockSet set ->
                    record(
                            entry,
                            "clock",
                            sentAt,
                            out -> RecordJson.clock(out, entry.entry().at().boot(), set));
            case Fact.Round _,
                    Fact.Started _,
                    Fact.Acknowledged _,
                    Fact.Silenced _,
                    Fact.Link _,
                    Fact.Delivered _,
                    Fact.Gap _,
                    Fact.CarriedAlarm _,
                    Fact.CarriedCheckpoint _,
                    Fact.Rekeyed _,
                    Fact.Receipted _,
                    Fact.HoldPlaced _,
                    Fact.HoldReleased _,
                    Fact.Corrected _,
                    Fact.Storage _ ->
                    throw new IllegalArgumentException("not of the alarm lane: seq " + entry.seq());
        };
    }

    private Wire.Message event(Numbered entry, AlarmEvent event, Moment sentAt) {
        var text =
                Json.object(out -> {
                    envelope(out, "kfs/alarm-event/1", entry, sentAt);
                    alarms.write(out, event);
                    out.writeObjectPropertyStart("evidence");
                    out.writeStringProperty("epoch", entry.entry().epoch());
                    out.writeNumberProperty("from", event.evidence().from());
                    out.writeNumberProperty("to", event.evidence().to());
                    out.writeEndObject();
                });
        return new Wire.Message(topics.event(event.id()), text, 1, false, Optional.empty());
    }

    private Wire.Message record(
            Numbered entry, String kind, Moment sentAt, Consumer<JsonGenerator> body) {
        var text =
                Json.object(out -> {
                    envelope(out, "kfs/record/1", entry, sentAt);
                    out.writeStringProperty("kind", kind);
                    out.writeObjectPropertyStart("body");
                    body.accept(out);
                    out.writeEndObject();
                });
        return new Wire.Message(topics.record(kind), text, 1, false, Optional.empty());
    }

    /**
     * The alarm as it stands.
     *
     * @param seq the entry of the event shown, kept at {@code at}
     */
    Wire.Message standing(State.Key key, AlarmEvent alarm, long seq, Moment at) {
        return retained(
                topics.state(key),
                Json.object(out -> {
                    head(out, "kfs/alarm-state/1");
                    simulated(out);
                    out.writeNumberProperty("seq", seq);
                    out.writeStringProperty("at", json.time(at));
                    alarms.write(out, alarm);
                }));
    }

    /** Takes away what was retained of an alarm that is normal. */
    Wire.Message normal(State.Key key) {
        return retained(topics.state(key), "");
    }

    Wire.Message heartbeat(Moment at, long lastSeq, Backlog backlog, long openAlarms) {
        var text =
                Json.object(out -> {
                    head(out, "kfs/heartbeat/1");
                    out.writeNumberProperty("lastSeq", lastSeq);
                    out.writeObjectPropertyStart("backlog");
                    out.writeNumberProperty("alarm", backlog.alarm());
                    out.writeNumberProperty("reading", backlog.reading());
                    out.writeNumberProperty("oldestMs", backlog.oldestMs());
                    out.writeEndObject();
                    out.writeNumberProperty("openAlarms", openAlarms);
                    out.writeStringProperty("at", json.time(at));
                });
        return new Wire.Message(
                topics.heartbeat(), text, 0, false, Optional.of(HEARTBEAT_PERIOD.multipliedBy(2)));
    }

    private static Wire.Message retained(String topic, String text) {
        return new Wire.Message(topic, text, 1, true, Optional.empty());
    }

    private void head(JsonGenerator out, String schema) {
        out.writeStringProperty("schema", schema);
        gateway(out);
        plan.site().operator().ifPresent(o -> out.writeStringProperty("operator", o.id()));
        out.writeStringProperty("epoch", epoch);
    }

    private void envelope(JsonGenerator out, String schema, Numbered entry, Moment sentAt) {
        head(out, schema);
        simulated(out);
        out.writeNumberProperty("seq", entry.seq());
        out.writeStringProperty("lane", entry.entry().fact().lane().word());
        out.writeNumberProperty("prev", entry.prev());
        json.kept(out, entry.entry().at());
        out.writeStringProperty("sentAt", json.time(sentAt));
    }

    /** An alarm of an exercise must not send an inspector out; readings say it one by one. */
    private void simulated(JsonGenerator out) {
        if (about.simulated()) {
            out.writeBooleanProperty("simulated", true);
        }
    }

    private void gateway(JsonGenerator out) {
        var identity = plan.site().identity();
        out.writeObjectPropertyStart("gateway");
        out.writeStringProperty("area", identity.area());
        out.writeStringProperty("site", identity.site());
        out.writeStringProperty("id", identity.gateway());
        out.writeEndObject();
    }

    private void about(JsonGenerator out) {
        out.writeStringProperty("version", about.version());
        out.writeBooleanProperty("simulated", about.simulated());
    }

    private static String cut(String reason) {
        return reason.length() <= REASON_MAX ? reason : reason.substring(0, REASON_MAX);
    }
}
