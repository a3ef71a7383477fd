package org.mingchu.gateway.tell;

import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.judge.Progress;

import java.util.List;
import java.util.OptionalLong;

/**
 * The journal as the courier sees it: entries by lane, never changed, never taken away. Called by
 * the courier's thread while the house writes.
 */
public interface Outbox {
    String epoch();

    /** The last entry of any lane; 0 in an empty journal. */
    long lastSeq();

    /** At most {@code max} entries of the lane from {@code from} on, ascending. */
    List<Entry> read(Lane lane, long from, int max);

    /** The last entry of the lane before {@code seq}, which need not be of the lane itself. */
    OptionalLong previousInLane(Lane lane, long seq);

    OptionalLong lastInLane(Lane lane);

    /** How many entries of the lane there are from {@code from} on. */
    long countInLane(Lane lane, long from);

    /** How far the platform had the lane when the program started. */
    Progress progress(Lane lane);
}
