package org.mingchu.simulator.platform;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The life of one alarm, put together from its events, over epochs. One thread. */
final class AlarmBook {
    private final NavigableMap<Place, Told> events = new TreeMap<>();

    private boolean carried;

    /** Where an event was told: epochs in the order of their arrival, then seq. */
    record Place(int epoch, long seq) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            var byEpoch = Integer.compare(epoch, other.epoch);
            return byEpoch != 0 ? byEpoch : Long.compare(seq, other.seq);
        }
    }

    /** One event as it was told. */
    private record Told(SeenEntry entry, JsonNode alarm) {
        String word(String field) {
            return alarm.path(field).asString("");
        }
    }

    /** It was open when an epoch ended; what came before may be lost. */
    void carry() {
        carried = true;
    }

    boolean isTold() {
        return !events.isEmpty();
    }

    /** Whether there is an event that is younger than this place. */
    boolean comesLate(Place place) {
        return isTold() && events.lastKey().compareTo(place) > 0;
    }

    void add(Place place, SeenEntry entry, JsonNode alarm) {
        events.put(place, new Told(entry, alarm));
    }

    SeenAlarm view(GatewayBook gateway) {
        var last = events.lastEntry().getValue();
        return new SeenAlarm(
                last.entry().gateway(),
                last.entry().epoch(),
                last.word("id"),
                last.word("subject"),
                last.word("rule"),
                last.word("priority"),
                last.word("state"),
                events.values().stream().map(told -> step(told, gateway)).toList());
    }

    private static SeenAlarm.Step step(Told told, GatewayBook gateway) {
        return new SeenAlarm.Step(
                told.entry().seq(),
                told.word("event"),
                told.word("state"),
                gateway.trueTimeMs(told.entry()),
                reading(told.alarm()),
                Optional.of(told.alarm().path("person").path("id").asString(""))
                        .filter(id -> !id.isEmpty()));
    }

    private static String reading(JsonNode alarm) {
        if (!alarm.has("value")) {
            return "";
        }
        var unit = alarm.path("unitOfMeasure").asString("");
        var value = (alarm.get("value").asString() + " " + unit).strip();
        return alarm.has("limit")
                ? value + ", limit " + alarm.get("limit").asString() + " " + unit
                : value;
    }

    /** What cannot be in an alarm's life once everything has come. */
    List<String> impossible() {
        var found = new ArrayList<String>();
        var id = events.firstEntry().getValue().word("id");
        if (!carried && !events.firstEntry().getValue().word("event").equals("raised")) {
            found.add("alarm " + id + " does not begin with raised");
        }
        var cleared = false;
        for (var told : events.values()) {
            if (cleared) {
                found.add(
                        "alarm " + id + " goes on after it was cleared, seq " + told.entry().seq());
            }
            cleared = told.word("event").equals("cleared");
            if (cleared && !told.word("state").equals("normal")) {
                found.add("alarm " + id + " is cleared and yet " + told.word("state"));
            }
        }
        return found;
    }
}
