package org.mingchu.gateway.tell;

import org.mingchu.gateway.judge.Lane;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A platform that deduplicates and audits what it gets. One thread. */
final class MemoryPlatform {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Entries by seq, as first received. */
    private final Map<Lane, Map<Long, JsonNode>> entries = new EnumMap<>(Lane.class);

    final List<String> violations = new ArrayList<>();
    final List<Long> unacknowledged = new ArrayList<>();
    int duplicates;

    /** It loses what it is given, without a word. */
    boolean forgets;

    private final Map<String, Long> lastOfAlarm = new HashMap<>();
    private boolean orderMatters = true;

    static JsonNode json(Wire.Message message) {
        return json(message.text());
    }

    static JsonNode json(String text) {
        return MAPPER.readTree(text);
    }

    /** What a forgetting broker loses comes later than what followed it. */
    void expectNoOrder() {
        orderMatters = false;
    }

    void receive(Wire.Message message) {
        if (forgets || message.retained() || message.topic().endsWith("heartbeat")) {
            return;
        }
        var json = json(message);
        if (json.has("entries")) {
            json.get("entries").forEach(entry -> take(Lane.READING, entry));
        } else {
            if (take(Lane.ALARM, json) && json.has("alarm")) {
                inOrder(json.get("alarm").get("id").asString(), json.get("seq").asLong());
            }
        }
    }

    /** Whether every prev is there, from the newest entry back to the start. */
    boolean unbroken(Lane lane) {
        long prev = 0;
        for (var entry : of(lane).entrySet()) {
            if (entry.getValue().get("prev").asLong() != prev) {
                return false;
            }
            prev = entry.getKey();
        }
        return true;
    }

    /** All seqs of the lane that are there. */
    List<Long> seqs(Lane lane) {
        return List.copyOf(of(lane).keySet());
    }

    long prev(Lane lane, long seq) {
        var entry = of(lane).get(seq);
        return entry == null ? -1 : entry.get("prev").asLong();
    }

    private Map<Long, JsonNode> of(Lane lane) {
        return entries.computeIfAbsent(lane, _ -> new TreeMap<>());
    }

    /** Acknowledgements of everything received since the last ones, as the contract has them. */
    List<String> acks() {
        var acks = new ArrayList<String>();
        for (int i = 0; i < unacknowledged.size(); i += Ack.ITEMS_MAX) {
            var end = Math.min(i + Ack.ITEMS_MAX, unacknowledged.size());
            acks.add(ack(unacknowledged.subList(i, end)));
        }
        unacknowledged.clear();
        return acks;
    }

    private static String ack(List<Long> seqs) {
        var ranges = new ArrayList<String>();
        seqs.forEach(seq -> ranges.add("[%d,%d]".formatted(seq, seq)));
        return "{\"epoch\":\"" + Kitchen.EPOCH + "\",\"ranges\":" + ranges + "}";
    }

    /** Whether it is new. */
    private boolean take(Lane lane, JsonNode entry) {
        var seq = entry.get("seq").asLong();
        unacknowledged.add(seq);
        if (entry instanceof ObjectNode object) {
            object.remove("sentAt");
        }
        var before = of(lane).putIfAbsent(seq, entry);
        if (before == null) {
            return true;
        }
        duplicates++;
        if (!before.toString().equals(entry.toString())) {
            violations.add("seq " + seq + " came again with other bytes");
        }
        return false;
    }

    private void inOrder(String alarm, long seq) {
        var before = lastOfAlarm.merge(alarm, seq, Math::max);
        if (orderMatters && before > seq) {
            violations.add("seq " + seq + " of alarm " + alarm + " came after " + before);
        }
    }
}
