package org.mingchu.gateway.keep;

import org.mingchu.gateway.judge.Lane;

/**
 * How far the unsent entries of earlier epochs have been kept again: kept with the file, so that a
 * restart goes on where it was. Alarms of an epoch first, then its readings. Immutable.
 *
 * @param epochNo the epoch that is being gone through
 * @param lane of it
 * @param seq the next entry to be looked at
 */
record Rekeying(int epochNo, Lane lane, long seq) {
    /** The name of the note that holds it. */
    static final String NOTE = "rekeying";

    static Rekeying from(int epochNo) {
        return new Rekeying(epochNo, Lane.ALARM, 1);
    }

    static Rekeying read(String note) {
        var parts = note.split(" ", 3);
        return new Rekeying(
                Integer.parseInt(parts[0]),
                parts[1].equals(Lane.ALARM.word()) ? Lane.ALARM : Lane.READING,
                Long.parseLong(parts[2]));
    }

    String note() {
        return epochNo + " " + lane.word() + " " + seq;
    }

    Rekeying at(long next) {
        return new Rekeying(epochNo, lane, next);
    }

    /** After the last entry of a lane. */
    Rekeying nextLane() {
        return lane == Lane.ALARM ? new Rekeying(epochNo, Lane.READING, 1) : from(epochNo + 1);
    }
}
