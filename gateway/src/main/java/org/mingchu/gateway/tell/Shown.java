package org.mingchu.gateway.tell;

import org.mingchu.gateway.judge.AlarmEvent;
import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.State;

import java.util.function.Supplier;

/** Writes an alarm as it stands, with the entry of the event it shows. One thread. */
final class Shown {
    private final Recent recent;
    private final NativeEncoder encoder;
    private final Supplier<State> state;

    Shown(Outbox outbox, NativeEncoder encoder, Supplier<State> state) {
        recent = new Recent(outbox);
        this.encoder = encoder;
        this.state = state;
    }

    Wire.Message write(State.Key key, AlarmEvent event) {
        return recent.find(entry -> shows(entry, event))
                .map(entry -> encoder.standing(key, event, entry.seq(), Numbered.said(entry).at()))
                .orElseGet(() -> withoutEntry(key, event));
    }

    private static boolean shows(Entry entry, AlarmEvent event) {
        return switch (Numbered.said(entry).fact()) {
            case Fact.Alarm(var told) -> told.equals(event);
            case Fact.CarriedAlarm(_, _, var told) -> told.equals(event);
            default -> false;
        };
    }

    /** An old alarm under many others: the last of its evidence is near enough for a state. */
    private Wire.Message withoutEntry(State.Key key, AlarmEvent event) {
        var at = state.get().at().orElse(event.since());
        return encoder.standing(key, event, event.evidence().to(), at);
    }
}
