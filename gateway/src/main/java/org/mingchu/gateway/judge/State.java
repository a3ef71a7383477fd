package org.mingchu.gateway.judge;

import org.mingchu.sensors.Moment;
import org.mingchu.sensors.Reading;

import java.util.Map;
import java.util.Optional;

/**
 * All that the judge remembers between two entries: a projection of the journal, kept as a snapshot
 * so that a restart does not read it from the start. Immutable.
 *
 * @param epoch the journal's epoch
 * @param seq the last entry that went into it; 0 before the first
 * @param at the moment of that entry
 * @param heard the latest word of each subject
 * @param watching what is remembered of each watch that is not simply fine
 * @param links the links to the platforms, by platform id
 * @param doubts units that an outage has put in doubt, by unit id: never shown as fine
 * @param silencedUntil until when the buzzer is quiet, in the same boot
 */
public record State(
        String epoch,
        long seq,
        Optional<Moment> at,
        Map<String, Heard> heard,
        Map<Key, Watching> watching,
        Map<String, LinkView> links,
        Map<String, Doubt> doubts,
        Optional<Moment> silencedUntil) {
    public State {
        heard = Map.copyOf(heard);
        watching = Map.copyOf(watching);
        links = Map.copyOf(links);
        doubts = Map.copyOf(doubts);
    }

    /** Names an alarm: one alarm per subject and rule. */
    public record Key(String subject, String rule) {}

    /**
     * The latest word of a subject.
     *
     * @param latest whatever it said last
     * @param at when, by the entry's moment
     * @param seq the entry
     * @param lastGood the last value or picture that was no fault
     * @param lastGoodAt when that was taken
     */
    public record Heard(
            Reading latest,
            Moment at,
            long seq,
            Optional<Reading> lastGood,
            Optional<Moment> lastGoodAt) {}

    /**
     * One watch.
     *
     * @param pending the condition holds, the on-delay runs
     * @param open the alarm, from raised to cleared
     * @param returning the condition has gone, the off-delay runs
     */
    public record Watching(
            Optional<Pending> pending, Optional<Open> open, Optional<Pending> returning) {}

    /**
     * A delay that runs. A restart within one boot changes nothing; across boots only the proven
     * part counts on.
     *
     * @param since when it began, in the present boot
     * @param begun when it began for people, perhaps in an earlier boot
     * @param firstSeq the first entry of the evidence
     * @param lastSeq the last entry of the evidence
     * @param provenNs nanoseconds already proven in earlier boots
     */
    public record Pending(Moment since, Moment begun, long firstSeq, long lastSeq, long provenNs) {}

    /**
     * An alarm that is not normal.
     *
     * @param last its latest event
     * @param raisedAt when it was raised
     */
    public record Open(AlarmEvent last, Moment raisedAt) {}

    /** A link and since when. */
    public record LinkView(LinkState state, String reason, Moment since) {}

    /**
     * A unit in doubt.
     *
     * @param from the last moment before the outage
     * @param inRangeSince since when it has been in range again
     */
    public record Doubt(Moment from, Optional<Moment> inRangeSince) {}
}
