package org.mingchu.gateway.tell;

import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Lane;

import java.util.Optional;
import java.util.function.Predicate;

/** Looks back for an entry of the alarm lane, a bounded way. Immutable. */
record Recent(Outbox outbox) {
    /** Entries of the alarm lane looked back at. */
    private static final int LOOK_BACK = 256;

    /** The newest entry that is wanted. */
    Optional<Entry> find(Predicate<Entry> wanted) {
        var seq = outbox.lastInLane(Lane.ALARM);
        for (int i = 0; i < LOOK_BACK && seq.isPresent(); i++) {
            // Empty, or a later entry, where the one of this number cannot be read.
            var entry = outbox.read(Lane.ALARM, seq.getAsLong(), 1).stream().findFirst();
            if (entry.filter(wanted).isPresent()) {
                return entry;
            }
            seq = outbox.previousInLane(Lane.ALARM, seq.getAsLong());
        }
        return Optional.empty();
    }
}
