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
    /**
     * The current epoch, 16 hexadecimal digits. The house may begin another at any time; an epoch
     * that is over never comes back. Every other method speaks of the current one.
     */
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

    /** How far the platform had the lane when the program started, or this epoch began. */
    Progress progress(Lane lane);
}
