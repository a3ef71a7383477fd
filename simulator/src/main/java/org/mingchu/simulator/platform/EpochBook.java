package org.mingchu.simulator.platform;

import tools.jackson.databind.JsonNode;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All that one gateway has said of one epoch. One thread. */
final class EpochBook {
    private final String gateway;
    private final String epoch;
    private final Map<Lane, LaneBook> lanes = new EnumMap<>(Lane.class);
    private final Map<String, AlarmBook> alarms = new LinkedHashMap<>();
    private final List<Gap> gaps = new ArrayList<>();
    private final List<ClockStep> clockSteps = new ArrayList<>();

    EpochBook(String gateway, String epoch) {
        this.gateway = gateway;
        this.epoch = epoch;
        for (var lane : Lane.values()) {
            lanes.put(lane, new LaneBook());
        }
    }

    private record Gap(Optional<Lane> lane, long from, long to) {}

    /** A correction of all that was kept before {@code seq} in {@code boot}. */
    private record ClockStep(String boot, long seq, long offsetMs) {}

    LaneBook lane(Lane lane) {
        return lanes.getOrDefault(lane, new LaneBook());
    }

    Map<String, AlarmBook> alarms() {
        return alarms;
    }

    void gap(JsonNode body) {
        var lane = Optional.ofNullable(body.get("lane")).map(node -> Lane.of(node.asString()));
        gaps.add(new Gap(lane, body.get("from").asLong(), body.get("to").asLong()));
    }

    void clockStep(long seq, JsonNode body) {
        clockSteps.add(
                new ClockStep(body.get("boot").asString(), seq, body.get("offsetMs").asLong()));
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

    /** When {@code entry} was kept, as well as later clock records tell, ms since 1970. */
    long trueTimeMs(SeenEntry entry) {
        var said = OffsetDateTime.parse(entry.at()).toInstant().toEpochMilli();
        return said
                + clockSteps.stream()
                        .filter(step -> step.boot().equals(entry.boot()))
                        .filter(step -> step.seq() > entry.seq())
                        .mapToLong(ClockStep::offsetMs)
                        .sum();
    }
}
