package org.mingchu.simulator.check;

import tools.jackson.databind.JsonNode;

import java.util.function.Predicate;

/** What a reader of the contract looks for among the messages. Stateless. */
public final class AlarmSightings {
    private AlarmSightings() {}

    /** An alarm event: {@code raised}, {@code acknowledged}, … of one rule on one subject. */
    public static Predicate<Sighting> event(String subject, String rule, String event) {
        return sighting -> {
            if (!sighting.topic().contains("/alarm/") || !sighting.under("event")) {
                return false;
            }
            var alarm = sighting.json().path("alarm");
            return text(alarm, "subject").equals(subject)
                    && text(alarm, "rule").equals(rule)
                    && text(alarm, "event").equals(event);
        };
    }

    /** The platform's acknowledgement that covers one entry. */
    public static Predicate<Sighting> acknowledgement(String epoch, long seq) {
        return sighting ->
                sighting.under("ack")
                        && text(sighting.json(), "epoch").equals(epoch)
                        && covers(sighting.json().path("ranges"), seq);
    }

    private static boolean covers(JsonNode ranges, long seq) {
        for (var range : ranges) {
            if (range.path(0).asLong(Long.MAX_VALUE) <= seq
                    && seq <= range.path(1).asLong(Long.MIN_VALUE)) {
                return true;
            }
        }
        return false;
    }

    /** A batch of readings that has a value of one sensor. */
    public static Predicate<Sighting> reading(String sensor) {
        return sighting -> {
            if (!sighting.under("reading")) {
                return false;
            }
            for (var entry : sighting.json().path("entries")) {
                if (entry.path("values").has(sensor)) {
                    return true;
                }
            }
            return false;
        };
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asString("");
    }
}
