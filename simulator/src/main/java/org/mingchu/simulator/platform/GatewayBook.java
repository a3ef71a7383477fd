package org.mingchu.simulator.platform;

import tools.jackson.databind.JsonNode;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All that the platform knows of one gateway. One thread. */
final class GatewayBook {
    private final String name;
    private final Map<String, EpochBook> epochs = new LinkedHashMap<>();
    private final Map<String, JsonNode> retained = new TreeMap<>();
    private Optional<JsonNode> heartbeat = Optional.empty();

    GatewayBook(String name) {
        this.name = name;
    }

    EpochBook epoch(String id) {
        return epochs.computeIfAbsent(id, _ -> new EpochBook(name, id));
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
