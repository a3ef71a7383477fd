package org.mingchu.sensors.mqtt;

import java.util.Map;
import java.util.OptionalLong;

/**
 * How the kitchen's broker and its probes do. Immutable.
 *
 * @param sinceNs since when the link is so, on the monotonic clock
 * @param why for the technician, one line, no secrets; empty while all is well
 * @param sensors what each sensor was heard to say, by its id
 */
public record Health(
        Link link, long sinceNs, String why, Counts counts, Map<String, Heard> sensors) {
    public Health {
        sensors = Map.copyOf(sensors);
    }

    /** The connection. */
    public enum Link {
        /** Not connected and subscribed; tried again and again. */
        AWAY,
        /** Subscribed. */
        HEARING
    }

    /**
     * Since the start of the program.
     *
     * @param messages received, duplicates included
     * @param kept readings the intake has kept
     * @param acknowledged messages acknowledged to the broker
     * @param refusals lists the intake would not keep; their messages come again
     * @param again values that had been kept already and were not kept twice
     * @param lost messages of quality of service 0 that could not be kept; nobody sends them again
     */
    public record Counts(
            long messages, long kept, long acknowledged, long refusals, long again, long lost) {
        static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0);
    }

    /**
     * One sensor.
     *
     * @param lastNs when its last value was kept, on the monotonic clock
     * @param note the last thing wrong with what it said, empty for none
     */
    public record Heard(OptionalLong lastNs, String note) {
        static final Heard NEVER = new Heard(OptionalLong.empty(), "");
    }
}
