package org.mingchu.gateway;

import org.mingchu.config.Plan;
import org.mingchu.gateway.judge.State;
import org.mingchu.gateway.tend.Told;
import org.mingchu.sensors.Clock;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.Probes;
import org.mingchu.sensors.Reading;
import org.mingchu.sensors.camera.sip.Registrar;
import org.mingchu.sensors.coap.CoapDoor;
import org.mingchu.sensors.coap.Health;
import org.mingchu.sensors.coap.ProbeKeys;
import org.mingchu.sensors.coap.ProbeStatus;
import org.mingchu.sensors.mqtt.KitchenBroker;

import tools.jackson.core.JsonGenerator;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What {@code mingchu sensors list} tells the technician: every sensor and camera with its source
 * and its last word, the radio probes by name, who tried and was not let in, and how the listeners
 * are. Any thread.
 */
final class SensorDesk {
    private final Plan plan;
    private final Supplier<State> state;
    private final Probes probes;
    private final Clock clock;

    SensorDesk(Plan plan, Supplier<State> state, Probes probes, Clock clock) {
        this.plan = plan;
        this.state = state;
        this.probes = probes;
        this.clock = clock;
    }

    Told list(Map<String, String> words) {
        return words.containsKey("json") ? Told.well(JsonLine.of(this::write)) : Told.well(lines());
    }

    // ---- for people -------------------------------------------------------------------------

    private List<String> lines() {
        var lines = new ArrayList<>(sensors());
        probes.door().ifPresent(door -> door(door, lines));
        probes.broker().ifPresent(broker -> broker(broker, lines));
        probes.registrar().ifPresent(registrar -> registrar(registrar, lines));
        return lines;
    }

    private List<String> sensors() {
        var sheet = new Sheet("sensor", "source", "last word", "age>");
        sources()
                .forEach((id, source) -> {
                    var heard = Optional.ofNullable(state.get().heard().get(id));
                    sheet.row(
                            id,
                            source,
                            heard.map(h -> word(h.latest())).orElse("nothing yet"),
                            heard.map(h -> taken(h.latest(), h.at())).map(this::age).orElse("-"));
                });
        return sheet.lines();
    }

    private Map<String, String> sources() {
        var sources = new LinkedHashMap<String, String>();
        for (var unit : plan.site().units()) {
            unit.sensors().forEach(s -> sources.put(s.id(), s.source().written()));
        }
        for (var eye : plan.site().video().eyes()) {
            sources.put(eye.subject(), eye.level().word() + " of " + eye.owner());
        }
        return sources;
    }

    private static String word(Reading reading) {
        return reading instanceof Reading.Silent silent
                ? "silent: " + silent.fault().word()
                : Shown.value(reading);
    }

    private static Moment taken(Reading reading, Moment at) {
        return switch (reading) {
            case Reading.Measured measured -> at.before(measured.ageNs());
            case Reading.Seen seen -> at.before(seen.ageNs());
            case Reading.Silent _ -> at;
        };
    }

    /** What was heard before the last boot has an age only where both clocks were right. */
    private String age(Moment taken) {
        var now = clock.now();
        return taken.boot().equals(now.boot()) ? age(taken.upNs()) : "before the last start";
    }

    private String age(long upNs) {
        return KitchenTime.length(
                TimeUnit.NANOSECONDS.toMillis(Math.max(0, clock.now().upNs() - upNs)));
    }

    private void door(CoapDoor door, List<String> lines) {
        var keys = keys();
        var probesSheet = new Sheet("probe", "key", "heard", "from", "by", "answered");
        for (var probe : door.probes()) {
            var heard = probe.heard();
            probesSheet.row(
                    probe.identity(),
                    keys.getOrDefault(probe.identity(), "none"),
                    heard.map(h -> age(h.upNs()) + " ago").orElse("not since the start"),
                    heard.map(h -> address(h.from())).orElse("-"),
                    heard.map(h -> h.way().word()).orElse("-"),
                    heard.map(ProbeStatus.Heard::answer).orElse("-"));
        }
        titled("radio probes", probesSheet, lines);
        var strangers = door.strangers().list();
        if (!strangers.isEmpty()) {
            var sheet = new Sheet("identity (SHA-256)", "reason", "tries>", "last");
            strangers.forEach(s ->
                    sheet.row(
                            s.hash(),
                            s.reason().word(),
                            Long.toString(s.count()),
                            age(s.lastNs()) + " ago"));
            titled("not let in", sheet, lines);
        }
        var sheet = new Sheet("listener", "address", "state", "since>", "refused>");
        door.health()
                .forEach(health ->
                        sheet.row(
                                health.listener(),
                                address(health.address()),
                                state(health),
                                age(health.sinceNs()),
                                Long.toString(health.refused())));
        titled("listeners", sheet, lines);
    }

    private Map<String, String> keys() {
        try {
            return probes.keys().list().stream()
                    .collect(
                            Collectors.toMap(
                                    ProbeKeys.Probe::identity,
                                    probe ->
                                            switch (probe.state()) {
                                                case ENROLLED -> "enrolled";
                                                case REVOKED -> "revoked";
                                            }));
        } catch (ProbeKeys.BadFile e) {
            return Map.of();
        }
    }

    private static String address(InetSocketAddress at) {
        return at.getHostString() + ":" + at.getPort();
    }

    private static String state(Health health) {
        return health.state() == Health.State.UP ? "up" : "down: " + health.detail();
    }

    private void broker(KitchenBroker broker, List<String> lines) {
        var health = broker.health();
        var sheet = new Sheet("broker", "link", "since>", "messages>", "kept>", "acknowledged>");
        sheet.row(
                plan.site().broker().map(b -> b.url().toString()).orElse(""),
                health.why().isEmpty()
                        ? health.link().name().toLowerCase(Locale.ROOT)
                        : health.link().name().toLowerCase(Locale.ROOT) + ": " + health.why(),
                age(health.sinceNs()),
                Long.toString(health.counts().messages()),
                Long.toString(health.counts().kept()),
                Long.toString(health.counts().acknowledged()));
        titled("the kitchen's broker", sheet, lines);
        health.sensors()
                .forEach((sensor, heard) -> {
                    if (!heard.note().isEmpty()) {
                        lines.add("  " + sensor + ": " + heard.note());
                    }
                });
    }

    private void registrar(Registrar registrar, List<String> lines) {
        if (registrar.findings().isEmpty()) {
            return;
        }
        var sheet = new Sheet("found", "device", "address", "times>", "last");
        for (var finding : registrar.findings()) {
            sheet.row(
                    finding.kind().word(),
                    finding.device(),
                    finding.address(),
                    Long.toString(finding.count()),
                    age(finding.last().upNs()) + " ago");
        }
        titled("at the registrar", sheet, lines);
    }

    private static void titled(String title, Sheet sheet, List<String> lines) {
        lines.add("");
        lines.add(title);
        lines.addAll(sheet.lines());
    }

    // ---- for machines -----------------------------------------------------------------------

    private void write(JsonGenerator json) {
        json.writeStringProperty("schema", "kfs/sensors/1").writeArrayPropertyStart("sensors");
        sources()
                .forEach((id, source) -> {
                    json.writeStartObject()
                            .writeStringProperty("id", id)
                            .writeStringProperty("source", source);
                    Optional.ofNullable(state.get().heard().get(id))
                            .ifPresent(h -> {
                                json.writeStringProperty("word", word(h.latest()));
                                ageMs(json, taken(h.latest(), h.at()));
                            });
                    json.writeEndObject();
                });
        json.writeEndArray();
        probes.door().ifPresent(door -> write(json, door));
        probes.broker().ifPresent(broker -> write(json, broker));
        probes.registrar().ifPresent(registrar -> write(json, registrar));
    }

    private void ageMs(JsonGenerator json, Moment taken) {
        if (taken.boot().equals(clock.now().boot())) {
            ageMs(json, taken.upNs());
        }
    }

    private void ageMs(JsonGenerator json, long upNs) {
        json.writeNumberProperty("ageMs", TimeUnit.NANOSECONDS.toMillis(clock.now().upNs() - upNs));
    }

    private void write(JsonGenerator json, CoapDoor door) {
        json.writeArrayPropertyStart("probes");
        var keys = keys();
        for (var probe : door.probes()) {
            json.writeStartObject()
                    .writeStringProperty("identity", probe.identity())
                    .writeStringProperty("key", keys.getOrDefault(probe.identity(), "none"));
            probe.heard()
                    .ifPresent(h -> {
                        json.writeStringProperty("from", address(h.from()))
                                .writeStringProperty("by", h.way().word())
                                .writeStringProperty("answered", h.answer());
                        ageMs(json, h.upNs());
                    });
            json.writeEndObject();
        }
        json.writeEndArray().writeArrayPropertyStart("refused");
        for (var stranger : door.strangers().list()) {
            json.writeStartObject()
                    .writeStringProperty("hash", stranger.hash())
                    .writeStringProperty("reason", stranger.reason().word())
                    .writeNumberProperty("tries", stranger.count());
            ageMs(json, stranger.lastNs());
            json.writeEndObject();
        }
        json.writeEndArray().writeArrayPropertyStart("listeners");
        for (var health : door.health()) {
            json.writeStartObject()
                    .writeStringProperty("listener", health.listener())
                    .writeStringProperty("address", address(health.address()))
                    .writeBooleanProperty("up", health.state() == Health.State.UP)
                    .writeStringProperty("detail", health.detail())
                    .writeNumberProperty("restarts", health.restarts())
                    .writeNumberProperty("refused", health.refused())
                    .writeEndObject();
        }
        json.writeEndArray();
    }

    private void write(JsonGenerator json, Registrar registrar) {
        json.writeArrayPropertyStart("registrar");
        for (var finding : registrar.findings()) {
            json.writeStartObject()
                    .writeStringProperty("found", finding.kind().word())
                    .writeStringProperty("device", finding.device())
                    .writeStringProperty("address", finding.address())
                    .writeNumberProperty("times", finding.count());
            ageMs(json, finding.last().upNs());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void write(JsonGenerator json, KitchenBroker broker) {
        var health = broker.health();
        json.writeObjectPropertyStart("broker")
                .writeBooleanProperty(
                        "hearing", health.link() == org.mingchu.sensors.mqtt.Health.Link.HEARING)
                .writeStringProperty("why", health.why())
                .writeNumberProperty("messages", health.counts().messages())
                .writeNumberProperty("kept", health.counts().kept())
                .writeNumberProperty("acknowledged", health.counts().acknowledged())
                .writeNumberProperty("refusals", health.counts().refusals())
                .writeNumberProperty("again", health.counts().again())
                .writeNumberProperty("lost", health.counts().lost())
                .writeEndObject();
    }
}
