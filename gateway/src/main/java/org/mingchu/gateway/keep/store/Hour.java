package org.mingchu.gateway.keep.store;

import org.mingchu.sensors.Moment;

/**
 * When a block of rounds was: known also after its rounds were dropped. Immutable.
 *
 * @param pos of its first round, by which it is known
 * @param last of its last round
 * @param from when its first round was kept
 * @param to when its last round was kept
 * @param rounds how many of its rounds are there; 0 once they were dropped
 */
public record Hour(long pos, long last, Moment from, Moment to, int rounds) {
    /** Whether the rounds are still there; its summaries always are. */
    public boolean whole() {
        return rounds > 0;
    }
}
