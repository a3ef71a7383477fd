package org.mingchu.gateway.tell;

import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Lane;

import java.util.ArrayList;
import java.util.List;

/**
 * An entry and the one before it in its lane. Immutable.
 *
 * @param prev seq of the entry before it in journal order; 0 at the start of an epoch
 */
record Numbered(Entry entry, long prev) {
    long seq() {
        return entry.seq();
    }

    /** What it says, and when that was kept: of an entry that was kept again, the first keeping. */
    Entry said() {
        return said(entry);
    }

    /** Whether it was kept under an earlier epoch before. */
    boolean isAgain() {
        return entry.fact() instanceof Fact.Rekeyed;
    }

    /** An entry may have been kept again more than once. */
    static Entry said(Entry entry) {
        var said = entry;
        while (said.fact() instanceof Fact.Rekeyed(var original)) {
            said = original;
        }
        return said;
    }

    /** Numbers neighbours of a lane, as the journal gives them. */
    static List<Numbered> chain(Outbox outbox, Lane lane, List<Entry> neighbours) {
        var chain = new ArrayList<Numbered>(neighbours.size());
        for (var entry : neighbours) {
            var prev =
                    chain.isEmpty()
                            ? outbox.previousInLane(lane, entry.seq()).orElse(0)
                            : chain.getLast().seq();
            chain.add(new Numbered(entry, prev));
        }
        return chain;
    }
}
