package org.mingchu.simulator.platform;

import static java.nio.charset.StandardCharsets.UTF_8;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Takes messages in: holds each against the contract, writes what it says into the books, and
 * answers. One thread at a time; {@link Supervisor} sees to that.
 */
final class Intake {
    /** Violations remembered; further ones are only counted. */
    private static final int VIOLATIONS_MAX = 10_000;

    private final Contract contract;
    private final Cosigner cosigner;
    private final Map<String, GatewayBook> gateways = new TreeMap<>();
    private final List<String> violations = new ArrayList<>();
    private final Answers answers = new Answers();
    private long violationsBeyond;
    private boolean retainFlags = true;
    private long duplicates;
    private long forgotten;

    Intake(Contract contract, Cosigner cosigner) {
        this.contract = contract;
        this.cosigner = cosigner;
    }

    /** The books, by gateway. */
    Map<String, GatewayBook> gateways() {
        return gateways;
    }

    Answers answers() {
        return answers;
    }

    void ignoreRetainFlags() {
        retainFlags = false;
    }

    long duplicates() {
        return duplicates;
    }

    long forgotten() {
        return forgotten;
    }

    /** What was wrong with single messages. */
    List<String> violations() {
        var all = new ArrayList<>(violations);
        if (violationsBeyond > 0) {
            all.add(violationsBeyond + " more");
        }
        return all;
    }

    /** A message has come; what is wrong with it is a violation. */
    void receive(String topic, byte[] payload, boolean retained, long nowMs) {
        var address = Address.of(topic);
        if (address.isEmpty() || address.flatMap(Address::message).isEmpty()) {
            if (address.filter(Address::isOurs).isEmpty()) {
                violate(topic, "no such topic in the contract");
            }
            return;
        }
        if (retainFlags && retained != address.get().isRetained()) {
            violate(topic, retained ? "must not be retained" : "must be retained");
        }
        if (payload.length == 0 && address.get().isRetained()) {
            gateway(address.get()).retain(address.get().path(), Optional.empty());
        } else {
            parse(topic, payload).ifPresent(node -> take(address.get(), node, nowMs));
        }
    }

    private Optional<JsonNode> parse(String topic, byte[] payload) {
        try {
            return Optional.of(contract.parse(payload));
        } catch (JacksonException e) {
            violate(topic, "no JSON: " + e.getOriginalMessage());
            return Optional.empty();
        }
    }

    private void take(Address address, JsonNode node, long nowMs) {
        var message = address.message().orElseThrow();
        var problems = contract.problems(message, node);
        if (!problems.isEmpty()) {
            problems.forEach(problem -> violate(address.topic(address.path()), problem));
            return;
        }
        if (!address.gateway().equals(nameOf(node.get("gateway")))) {
            violate(address.topic(address.path()), "speaks for " + nameOf(node.get("gateway")));
            return;
        }
        switch (message) {
            case "readings" -> takeReadings(address, node, nowMs);
            case "alarm-event", "record" -> takeEntry(address, (ObjectNode) node, nowMs);
            case "heartbeat" -> gateway(address).beat(node);
            case "alarm-state" -> takeState(address, node);
            default -> gateway(address).retain(address.path(), Optional.of(node));
        }
    }

    private static String nameOf(JsonNode gateway) {
        return gateway.path("area").asString()
                + "/"
                + gateway.path("site").asString()
                + "/"
                + gateway.path("id").asString();
    }

    private void takeState(Address address, JsonNode node) {
        var alarm = node.get("alarm");
        var path = "alarm/%s/%s/state".formatted(text(alarm, "subject"), text(alarm, "rule"));
        if (!path.equals(address.path())) {
            violate(address.topic(address.path()), "shows the alarm of " + path);
        }
        if (text(alarm, "state").equals("normal")) {
            violate(address.topic(address.path()), "a normal alarm's state must be empty");
        }
        gateway(address).retain(address.path(), Optional.of(node));
    }

    private void takeReadings(Address address, JsonNode batch, long nowMs) {
        if (isForgotten(nowMs)) {
            return;
        }
        var epoch = text(batch, "epoch");
        var taken = new ArrayList<Long>();
        var last = 0L;
        for (var round : batch.get("entries")) {
            var entry = entry(address, epoch, round, "reading", Lane.READING, nowMs);
            if (entry.seq() <= last) {
                violate(address.topic(address.path()), "seq " + entry.seq() + " after " + last);
            }
            last = entry.seq();
            keep(address, entry);
            taken.add(entry.seq());
        }
        answers.answer(address, epoch, taken, nowMs);
    }

    private void takeEntry(Address address, ObjectNode node, long nowMs) {
        if (isForgotten(nowMs)) {
            return;
        }
        var kind = node.has("alarm") ? "alarm" : text(node, "kind");
        var named = node.has("alarm") ? text(node.get("alarm"), "id") : kind;
        if (!named.equals(address.word(1))) {
            violate(address.topic(address.path()), "is about " + named);
        }
        // the one field in which two copies may differ
        node.remove("sentAt");
        var epoch = text(node, "epoch");
        var lane = Lane.of(text(node, "lane"));
        var entry = entry(address, epoch, node, kind, lane, nowMs);
        if (keep(address, entry) && !answers.rejects(entry.seq())) {
            understand(address, entry, node);
        }
        if (kind.equals("checkpoint")) {
            witness(address, entry, node.get("body"), nowMs);
        }
        answers.answer(address, epoch, List.of(entry.seq()), nowMs);
    }

    private boolean isForgotten(long nowMs) {
        var forget = answers.mode() instanceof Answer.NothingBefore nothing && nowMs < nothing.ms();
        forgotten += forget ? 1 : 0;
        return forget;
    }

    private static SeenEntry entry(
            Address address, String epoch, JsonNode node, String kind, Lane lane, long nowMs) {
        var seq = node.get("seq").asLong();
        return new SeenEntry(
                address.gateway(),
                epoch,
                seq,
                lane,
                node.get("prev").asLong(),
                node.path("origin").path("epoch").asString(epoch),
                node.path("origin").path("seq").asLong(seq),
                kind,
                text(node, "at"),
                text(node, "boot"),
                node.get("upMs").asLong(),
                nowMs,
                node.toString());
    }

    /** Whether it is new, and not one that came under an earlier epoch already. */
    private boolean keep(Address address, SeenEntry entry) {
        var book = gateway(address).epoch(entry.epoch());
        var other = entry.lane() == Lane.ALARM ? Lane.READING : Lane.ALARM;
        if (book.lane(other).has(entry.seq())) {
            violate(address.topic(address.path()), "seq " + entry.seq() + " is in both lanes");
        }
        return switch (book.lane(entry.lane()).add(entry)) {
            case NEW -> gateway(address).isFirst(entry);
            case SAME_AGAIN -> {
                duplicates++;
                yield false;
            }
            case CONTRADICTION -> {
                duplicates++;
                violate(
                        address.topic(address.path()),
                        "seq " + entry.seq() + " has come before with other content");
                yield false;
            }
        };
    }

    private void understand(Address address, SeenEntry entry, JsonNode node) {
        var gateway = gateway(address);
        switch (entry.kind()) {
            case "alarm" -> {
                var alarm = node.get("alarm");
                var book = alarm(gateway, alarm);
                var place = new AlarmBook.Place(gateway.epoch(entry.epoch()).number(), entry.seq());
                if (book.comesLate(place)) {
                    violate(
                            address.topic(address.path()),
                            "seq " + entry.seq() + " after a younger event of the same alarm");
                }
                book.add(place, entry, alarm);
            }
            case "carried" -> {
                if (node.get("body").has("alarm")) {
                    alarm(gateway, node.get("body").get("alarm")).carry();
                }
            }
            case "gap" -> {
                var body = node.get("body");
                gateway.epoch(body.path("epoch").asString(entry.epoch())).gap(body);
            }
            case "clock" -> gateway.clockStep(entry, node.get("body"));
            default -> {}
        }
    }

    private static AlarmBook alarm(GatewayBook gateway, JsonNode alarm) {
        return gateway.alarms().computeIfAbsent(text(alarm, "id"), _ -> new AlarmBook());
    }

    /** Also for a copy: the receipt may have been lost. */
    private void witness(Address address, SeenEntry entry, JsonNode body, long nowMs) {
        var gateway = gateway(address);
        var answer = gateway.checkpoints().take(entry, body, gateway.deviceKey(), nowMs);
        answer.problem().ifPresent(problem -> violate(address.topic(address.path()), problem));
        answer.note().ifPresent(note -> answers.receipt(address, note, nowMs));
    }

    /** The values of a round of readings. */
    JsonNode values(SeenEntry entry) {
        return contract.parse(entry.text().getBytes(UTF_8)).path("values");
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asString("");
    }

    private GatewayBook gateway(Address address) {
        return gateways.computeIfAbsent(address.gateway(), name -> new GatewayBook(name, cosigner));
    }

    private void violate(String topic, String what) {
        if (violations.size() < VIOLATIONS_MAX) {
            violations.add(topic + " " + what);
        } else {
            violationsBeyond++;
        }
    }
}
