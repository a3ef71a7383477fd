package org.mingchu.simulator.platform;

import org.mingchu.simulator.note.VerifierKey;

import tools.jackson.databind.JsonNode;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** All that the platform knows of one gateway. One thread. */
final class GatewayBook {
    private final String name;
    private final Map<String, EpochBook> epochs = new LinkedHashMap<>();
    private final Map<String, JsonNode> retained = new TreeMap<>();
    private final Map<String, AlarmBook> alarms = new LinkedHashMap<>();
    private final List<ClockStep> clockSteps = new ArrayList<>();
    private final Map<Lane, Map<String, Set<Long>>> firsts = new EnumMap<>(Lane.class);
    private final CheckpointBook checkpoints;
    private Optional<JsonNode> heartbeat = Optional.empty();

    GatewayBook(String name, Cosigner cosigner) {
        this.name = name;
        checkpoints = new CheckpointBook(cosigner);
    }

    /** A correction of all that was kept before it in its boot. */
    private record ClockStep(SeenEntry entry, long offsetMs) {
        boolean corrects(SeenEntry other) {
            if (!entry.boot().equals(other.boot())) {
                return false;
            }
            return entry.firstEpoch().equals(other.firstEpoch())
                    ? entry.firstSeq() > other.firstSeq()
                    : entry.upMs() >= other.upMs();
        }
    }

    EpochBook epoch(String id) {
        return epochs.computeIfAbsent(id, _ -> new EpochBook(name, id, epochs.size()));
    }

    /** Whether nobody has told this entry before, under whatever number. */
    boolean isFirst(SeenEntry entry) {
        return firsts.computeIfAbsent(entry.lane(), _ -> new HashMap<>())
                .computeIfAbsent(entry.firstEpoch(), _ -> new HashSet<>())
                .add(entry.firstSeq());
    }

    /** Entries of a lane, each counted once however often it was kept again. */
    long distinct(Lane lane) {
        return firsts.getOrDefault(lane, Map.of()).values().stream().mapToLong(Set::size).sum();
    }

    Map<String, AlarmBook> alarms() {
        return alarms;
    }

    CheckpointBook checkpoints() {
        return checkpoints;
    }

    /** The device's key, as meta tells it. */
    Optional<VerifierKey> deviceKey() {
        return state("meta")
                .map(meta -> meta.path("verifierKey").asString(""))
                .flatMap(VerifierKey::of);
    }

    void clockStep(SeenEntry entry, JsonNode body) {
        clockSteps.add(new ClockStep(entry, body.get("offsetMs").asLong()));
    }

    /** When {@code entry} was kept, as well as later clock records tell, ms since 1970. */
    long trueTimeMs(SeenEntry entry) {
        var said = OffsetDateTime.parse(entry.at()).toInstant().toEpochMilli();
        return said
                + clockSteps.stream()
                        .filter(step -> step.corrects(entry))
                        .mapToLong(ClockStep::offsetMs)
                        .sum();
    }

    Map<String, EpochBook> epochs() {
        return epochs;
    }

    /** The state under {@code path}, such as {@code status}; absent takes it away. */
    void retain(String path, Optional<JsonNode> state) {
        state.ifPresentOrElse(node -> retained.put(path, node), () -> retained.remove(path));
    }

    Map<String, JsonNode> retained() {
        return retained;
    }

    Optional<JsonNode> state(String path) {
        return Optional.ofNullable(retained.get(path));
    }

    void beat(JsonNode said) {
        heartbeat = Optional.of(said);
    }

    Optional<JsonNode> heartbeat() {
        return heartbeat;
    }
}
