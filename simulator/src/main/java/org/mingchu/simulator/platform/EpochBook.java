package org.mingchu.simulator.platform;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All that one gateway has said of one epoch. One thread. */
final class EpochBook {
    private final String gateway;
    private final String epoch;
    private final int number;
    private final Map<Lane, LaneBook> lanes = new EnumMap<>(Lane.class);
    private final List<Gap> gaps = new ArrayList<>();

    /**
     * An empty book.
     *
     * @param number how many epochs of the gateway were heard of before
     */
    EpochBook(String gateway, String epoch, int number) {
        this.number = number;
        this.gateway = gateway;
        this.epoch = epoch;
        for (var lane : Lane.values()) {
            lanes.put(lane, new LaneBook());
        }
    }

    private record Gap(Optional<Lane> lane, long from, long to) {}

    LaneBook lane(Lane lane) {
        return lanes.getOrDefault(lane, new LaneBook());
    }

    int number() {
        return number;
    }

    void gap(JsonNode body) {
        if (body.path("lane").asString("").equals("none")) {
            return; // such entries are published to nobody
        }
        var lane = Optional.ofNullable(body.get("lane")).map(node -> Lane.of(node.asString()));
        gaps.add(new Gap(lane, body.get("from").asLong(), body.get("to").asLong()));
    }

    List<Missing> missing(Lane lane) {
        return lane(lane).holes(seq -> isBridged(lane, seq)).stream()
                .map(hole -> new Missing(gateway, epoch, lane, hole[0], hole[1]))
                .toList();
    }

    private boolean isBridged(Lane lane, long seq) {
        return gaps.stream()
                .anyMatch(gap ->
                        gap.from() <= seq
                                && seq <= gap.to()
                                && gap.lane().map(lane::equals).orElse(true));
    }
}
