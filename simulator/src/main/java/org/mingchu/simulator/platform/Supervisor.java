package org.mingchu.simulator.platform;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The supervision platform's stand-in. It is handed every message that gateways publish and says
 * what it would answer; it has no clock, no thread and no network of its own, so that a film can
 * run it in virtual time. Any number of gateways. Any thread, one at a time.
 */
public final class Supervisor {
    /** Violations remembered; further ones are only counted. */
    private static final int VIOLATIONS_MAX = 10_000;

    private final Contract contract;
    private final Map<String, GatewayBook> gateways = new TreeMap<>();
    private final List<String> violations = new ArrayList<>();
    private final Answers answers = new Answers();
    private long violationsBeyond;
    private boolean retainFlags = true;
    private long duplicates;
    private long forgotten;

    public Supervisor(Contract contract) {
        this.contract = contract;
    }

    /** From now on it answers like this; at once unless told otherwise. */
    public synchronized Supervisor answer(Answer how) {
        answers.become(how);
        return this;
    }

    /**
     * The broker between us does not pass the retain flag on as it was published, as Artemis does
     * not to a subscription with wildcards: its absence is not held against the gateway.
     */
    public synchronized Supervisor withoutRetainFlags() {
        retainFlags = false;
        return this;
    }

    /** It will never take entry {@code seq}, whichever gateway and epoch it comes from. */
    public synchronized Supervisor reject(long seq, String reason) {
        answers.reject(seq, reason);
        return this;
    }

    /**
     * A message has come.
     *
     * @param retained the retain flag as the gateway published it
     * @param nowMs the platform's clock, milliseconds, never going back
     * @return what is to be published now, delayed answers to earlier messages included
     */
    public synchronized List<Outgoing> receive(
            String topic, byte[] payload, boolean retained, long nowMs) {
        var address = Address.of(topic);
        if (address.isEmpty() || address.flatMap(Address::message).isEmpty()) {
            if (address.filter(Address::isOurs).isEmpty()) {
                violate(topic, "no such topic in the contract");
            }
            return due(nowMs);
        }
        if (retainFlags && retained != address.get().isRetained()) {
            violate(topic, retained ? "must not be retained" : "must be retained");
        }
        if (payload.length == 0 && address.get().isRetained()) {
            gateway(address.get()).retain(address.get().path(), Optional.empty());
        } else {
            parse(topic, payload).ifPresent(node -> take(address.get(), node, nowMs));
        }
        return due(nowMs);
    }

    /** Answers that have become due by {@code nowMs}, for those who wait for no message. */
    public synchronized List<Outgoing> due(long nowMs) {
        return answers.due(nowMs);
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
        answers.answer(address, epoch, List.of(entry.seq()), nowMs);
    }

    private boolean isForgotten(long nowMs) {
        var forget = answers.mode() instanceof Answer.NothingBefore nothing && nowMs < nothing.ms();
        forgotten += forget ? 1 : 0;
        return forget;
    }

    private static SeenEntry entry(
            Address address, String epoch, JsonNode node, String kind, Lane lane, long nowMs) {
        return new SeenEntry(
                address.gateway(),
                epoch,
                node.get("seq").asLong(),
                lane,
                node.get("prev").asLong(),
                kind,
                text(node, "at"),
                text(node, "boot"),
                node.get("upMs").asLong(),
                nowMs,
                node.toString());
    }

    /** Whether it is new. */
    private boolean keep(Address address, SeenEntry entry) {
        var book = gateway(address).epoch(entry.epoch());
        var other = entry.lane() == Lane.ALARM ? Lane.READING : Lane.ALARM;
        if (book.lane(other).has(entry.seq())) {
            violate(address.topic(address.path()), "seq " + entry.seq() + " is in both lanes");
        }
        return switch (book.lane(entry.lane()).add(entry)) {
            case NEW -> true;
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
        var epoch = gateway(address).epoch(entry.epoch());
        switch (entry.kind()) {
            case "alarm" -> {
                var alarm = node.get("alarm");
                var book = epoch.alarms().computeIfAbsent(text(alarm, "id"), _ -> new AlarmBook());
                if (book.comesLate(entry)) {
                    violate(
                            address.topic(address.path()),
                            "seq " + entry.seq() + " after a younger event of the same alarm");
                }
                book.add(entry, alarm);
            }
            case "gap" -> {
                var body = node.get("body");
                var of = body.path("epoch").asString(entry.epoch());
                gateway(address).epoch(of).gap(body);
            }
            case "clock" -> epoch.clockStep(entry.seq(), node.get("body"));
            default -> {}
        }
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asString("");
    }

    private GatewayBook gateway(Address address) {
        return gateways.computeIfAbsent(address.gateway(), GatewayBook::new);
    }

    private void violate(String topic, String what) {
        if (violations.size() < VIOLATIONS_MAX) {
            violations.add(topic + " " + what);
        } else {
            violationsBeyond++;
        }
    }

    // ---- what a test may ask -------------------------------------------------------------------

    /** Holes in the chains of a lane, of all gateways and epochs. */
    public synchronized List<Missing> missing(Lane lane) {
        return epochs().flatMap(epoch -> epoch.missing(lane).stream()).toList();
    }

    /** Whether every prev of both lanes is present or lies in a published gap. */
    public synchronized boolean chainUnbroken() {
        return Stream.of(Lane.values()).allMatch(lane -> missing(lane).isEmpty());
    }

    /** Whether entry {@code seq} has come, of any gateway and epoch. */
    public synchronized boolean received(long seq) {
        return epochs().anyMatch(e -> e.lane(Lane.ALARM).has(seq) || e.lane(Lane.READING).has(seq));
    }

    /** How many different entries have come in a lane. */
    public synchronized long count(Lane lane) {
        return epochs().mapToLong(epoch -> epoch.lane(lane).size()).sum();
    }

    /** The last {@value LaneBook#KEPT_MAX} entries per epoch, each once, in order of arrival. */
    public synchronized List<SeenEntry> entries(Lane lane) {
        return epochs().flatMap(epoch -> epoch.lane(lane).inOrderOfArrival().stream()).toList();
    }

    /** Every alarm of every epoch, in order of its first event's arrival. */
    public synchronized List<SeenAlarm> alarms() {
        return epochs().flatMap(
                        epoch -> epoch.alarms().values().stream().map(book -> book.view(epoch)))
                .toList();
    }

    /**
     * What gateways did against the contract: schema, topics, retain flags, order, contradictions;
     * then what the books show when all has come: chains that jump and impossible lives.
     */
    public synchronized List<String> violations() {
        var all = new ArrayList<>(violations);
        if (violationsBeyond > 0) {
            all.add(violationsBeyond + " more");
        }
        epochs().forEach(epoch -> {
            for (var lane : Lane.values()) {
                all.addAll(epoch.lane(lane).brokenLinks());
            }
            if (epoch.missing(Lane.ALARM).isEmpty()) {
                epoch.alarms().values().forEach(a -> all.addAll(a.impossible()));
            }
        });
        return List.copyOf(all);
    }

    /** Entries that came again, whole batches counted by entry. */
    public synchronized long duplicates() {
        return duplicates;
    }

    /** Messages that came before {@link Answer.NothingBefore} ended. */
    public synchronized long forgotten() {
        return forgotten;
    }

    /** The gateways that have spoken, as {@code area/site/id}. */
    public synchronized List<String> gateways() {
        return List.copyOf(gateways.keySet());
    }

    /**
     * What is retained of a gateway, as JSON by path such as {@code status} or {@code
     * alarm/freezer-1-air/freezer-high/state}.
     */
    public synchronized Map<String, String> retained(String gateway) {
        var texts = new LinkedHashMap<String, String>();
        Optional.ofNullable(gateways.get(gateway))
                .ifPresent(g -> g.retained().forEach((path, n) -> texts.put(path, n.toString())));
        return texts;
    }

    /** {@code online}, {@code offline}, or empty when the gateway has never said. */
    public synchronized Optional<String> status(String gateway) {
        return Optional.ofNullable(gateways.get(gateway))
                .flatMap(book -> book.state("status"))
                .map(status -> text(status, "state"));
    }

    /** When an entry was kept, corrected by later clock records, milliseconds since 1970. */
    public synchronized OptionalLong trueTimeMs(SeenEntry entry) {
        return Optional.ofNullable(gateways.get(entry.gateway()))
                .map(book -> OptionalLong.of(book.epoch(entry.epoch()).trueTimeMs(entry)))
                .orElse(OptionalLong.empty());
    }

    /** What a regulator would see, as text for people. */
    public synchronized String view() {
        return SupervisorView.of(gateways, violations().size(), duplicates);
    }

    private Stream<EpochBook> epochs() {
        return gateways.values().stream().flatMap(gateway -> gateway.epochs().values().stream());
    }
}
