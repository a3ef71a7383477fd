package org.mingchu.simulator.check;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * A message as it went by. Immutable.
 *
 * @param topic the whole topic
 * @param payload as sent, read as UTF-8
 * @param upNs when it was seen, on the witness's clock
 */
public record Sighting(String topic, String payload, long upNs) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * The payload as JSON; an empty one is a missing node.
     *
     * @throws tools.jackson.core.JacksonException when it is none
     */
    public JsonNode json() {
        return JSON.readTree(payload);
    }

    /** Whether the topic ends so, on a boundary between levels. */
    public boolean under(String lastLevels) {
        return topic.endsWith("/" + lastLevels);
    }

    @Override
    public String toString() {
        return topic + " " + payload;
    }
}
