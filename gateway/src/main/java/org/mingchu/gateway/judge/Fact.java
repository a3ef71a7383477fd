package org.mingchu.gateway.judge;

import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Reading;

import java.util.List;
import java.util.Optional;

/** What one journal entry says. Immutable. */
public sealed interface Fact {
    /** Which lane entries of this kind ride in. */
    default Lane lane() {
        return switch (this) {
            case Round _ -> Lane.READING;
            case Alarm _, EpochBegan _, ClockSet _, PlanChanged _ -> Lane.ALARM;
            case Started _, Acknowledged _, Silenced _, Link _, Delivered _ -> Lane.NONE;
        };
    }

    /** The epoch was born. Always seq 1; published as {@code record/epoch}. */
    record EpochBegan(Optional<String> previous, String cause) implements Fact {}

    /** The program started. */
    record Started(String version, boolean simulated) implements Fact {}

    /** From here on another site file or rule pack binds; published as {@code record/config}. */
    record PlanChanged(
            String siteSha256, String rulePack, String rulePackVersion, String rulePackSha256)
            implements Fact {}

    /** One round of all sensors that were due. */
    record Round(List<Reading> readings) implements Fact {
        public Round {
            readings = List.copyOf(readings);
        }
    }

    /** A decision of the judge. */
    record Alarm(AlarmEvent event) implements Fact {}

    /** A person says: I am on it. What it changed follows as an {@link Alarm}. */
    record Acknowledged(AlarmId alarm, Person person, Optional<String> note) implements Fact {}

    /** The button, or the page, made the buzzer quiet; person unknown, nothing acknowledged. */
    record Silenced(long forMs) implements Fact {}

    /**
     * The link to a platform changed.
     *
     * @param reason one line for the technician, no secrets
     */
    record Link(String platform, LinkState state, String reason) implements Fact {}

    /** A platform says that it has alarm-lane entries of this epoch, or refuses some. */
    record Delivered(String platform, List<SeqRange> ranges, List<Rejection> rejected)
            implements Fact {
        public Delivered {
            ranges = List.copyOf(ranges);
            rejected = List.copyOf(rejected);
        }
    }

    /** An entry a platform refuses, and why, in its words. */
    record Rejection(long seq, String reason) {}

    /**
     * The wall clock was set, or its state changed; published as {@code record/clock}.
     *
     * @param offsetMs new wall clock minus what this boot's clock said before
     */
    record ClockSet(ClockState state, long offsetMs, long errorMs) implements Fact {}
}
