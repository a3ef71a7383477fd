package org.mingchu.gateway.desk;

import org.mingchu.gateway.keep.Journal;

/** Breaks a wall on purpose. */
public final class PlantedReadsTheJournal {
    public long wrong(Journal journal) {
        return journal.lastSeq();
    }
}
