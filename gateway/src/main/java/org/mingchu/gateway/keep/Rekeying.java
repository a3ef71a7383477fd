package org.mingchu.gateway.keep;

import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.keep.store.Pos;
import org.mingchu.gateway.keep.store.Store;

import java.util.Optional;

/**
 * How far the unsent entries of earlier epochs have been kept again: kept with the file, so that a
 * restart goes on where it was. Alarms of an epoch first, then its readings. Immutable.
 *
 * @param epochNo the epoch that is being gone through
 * @param lane of it
 * @param seq the next entry to be looked at
 * @param believed up to here the platforms' confirmations are believed: above it they may have
 *     meant an entry of the same number that a restored image has forgotten
 */
record Rekeying(int epochNo, Lane lane, long seq, long believed) {
    /** The name of the note that holds it. */
    static final String NOTE = "rekeying";

    static Rekeying from(int epochNo) {
        return new Rekeying(epochNo, Lane.ALARM, 1, Pos.SEQ_MAX);
    }

    /** How far it is in a store; empty when nothing is left. */
    static Optional<Rekeying> in(Store store) {
        return store.note(NOTE, Rekeying::read);
    }

    static Rekeying read(String note) {
        var parts = note.split(" ", 4);
        return new Rekeying(
                Integer.parseInt(parts[0]),
                parts[1].equals(Lane.ALARM.word()) ? Lane.ALARM : Lane.READING,
                Long.parseLong(parts[2]),
                Long.parseLong(parts[3]));
    }

    Rekeying believing(long upTo) {
        return new Rekeying(epochNo, lane, seq, upTo);
    }

    String note() {
        return epochNo + " " + lane.word() + " " + seq + " " + believed;
    }

    Rekeying at(long next) {
        return new Rekeying(epochNo, lane, next, believed);
    }

    /** After the last entry of a lane. */
    Rekeying nextLane() {
        return lane == Lane.ALARM
                ? new Rekeying(epochNo, Lane.READING, 1, believed)
                : from(epochNo + 1);
    }
}
