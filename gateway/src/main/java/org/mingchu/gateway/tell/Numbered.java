package org.mingchu.gateway.tell;

import org.mingchu.gateway.judge.Entry;
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
