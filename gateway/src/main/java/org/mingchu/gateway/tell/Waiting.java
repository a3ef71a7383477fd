package org.mingchu.gateway.tell;

import org.mingchu.config.Priority;
import org.mingchu.gateway.judge.AlarmEvent;
import org.mingchu.gateway.judge.Fact;

import java.util.Optional;

/**
 * An entry of the alarm lane that the platform does not have yet; the entry itself stays on disk.
 */
final class Waiting {
    final long seq;
    final long prev;
    final boolean urgent;
    final boolean drill;
    final Group group;
    int sends;
    int refusals;

    /** When it is sent again, in nanoseconds of this boot. */
    long dueNs;

    boolean inFlight;

    /** The broker has had it. */
    boolean brokered;

    /** The platform has it, or refuses it for good. */
    boolean done;

    Waiting(Numbered entry, Group group) {
        seq = entry.seq();
        prev = entry.prev();
        urgent = alarm(entry).map(event -> event.priority() == Priority.P1).orElse(false);
        drill = alarm(entry).filter(AlarmEvent::drill).isPresent();
        this.group = group;
    }

    static Optional<AlarmEvent> alarm(Numbered entry) {
        return entry.said().fact() instanceof Fact.Alarm alarm
                ? Optional.of(alarm.event())
                : Optional.empty();
    }
}
