package org.mingchu.gateway.tell;

import org.mingchu.gateway.judge.AlarmEvent;
import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.judge.State;

import java.util.Optional;
import java.util.function.Supplier;

/** Writes an alarm as it stands, with the entry of the event it shows. One thread. */
final class Shown {
    /** Entries of the alarm lane looked back at for the event. */
    private static final int LOOK_BACK = 256;

    private final Outbox outbox;
    private final NativeEncoder encoder;
    private final Supplier<State> state;

    Shown(Outbox outbox, NativeEncoder encoder, Supplier<State> state) {
        this.outbox = outbox;
        this.encoder = encoder;
        this.state = state;
    }

    Wire.Message write(State.Key key, AlarmEvent event) {
        return find(event)
                .map(entry -> encoder.standing(key, event, entry.seq(), entry.at()))
                .orElseGet(() -> withoutEntry(key, event));
    }

    private Optional<Entry> find(AlarmEvent event) {
        var seq = outbox.lastInLane(Lane.ALARM);
        for (int i = 0; i < LOOK_BACK && seq.isPresent(); i++) {
            // Empty, or a later entry, where the one of this number cannot be read.
            var entry = outbox.read(Lane.ALARM, seq.getAsLong(), 1).stream().findFirst();
            if (entry.filter(e -> shows(e, event)).isPresent()) {
                return entry;
            }
            seq = outbox.previousInLane(Lane.ALARM, seq.getAsLong());
        }
        return Optional.empty();
    }

    private static boolean shows(Entry entry, AlarmEvent event) {
        return entry.fact() instanceof Fact.Alarm alarm && alarm.event().equals(event);
    }

    /** An old alarm under many others: the last of its evidence is near enough for a state. */
    private Wire.Message withoutEntry(State.Key key, AlarmEvent event) {
        var at = state.get().at().orElse(event.since());
        return encoder.standing(key, event, event.evidence().to(), at);
    }
}
