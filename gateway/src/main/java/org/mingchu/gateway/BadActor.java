package org.mingchu.gateway;

import org.mingchu.config.Priority;
import org.mingchu.gateway.judge.State;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What one rule at one subject added to the alarm load (ISA-18.2). Immutable.
 *
 * @param measured whether a value is held against a limit; else it is a fault, a contact or a link
 * @param chattered calls that came within {@link Caller#CHATTERS_WITHIN} of the return before
 * @param consequences calls that had the same cause as another alarm
 * @param stale how often it stood for longer than {@link Caller#STALE_AFTER}
 * @param answeredMs median from a call until somebody acknowledged it
 * @param stoodMs median from a call until it was gone or put aside
 * @param standingSinceMs since when it stands at the end, milliseconds since 1970
 * @param unansweredSinceMs since when it waits for somebody at the end, milliseconds since 1970
 */
record BadActor(
        State.Key key,
        Priority priority,
        boolean measured,
        int raised,
        int reAlarmed,
        int chattered,
        int consequences,
        int stale,
        OptionalLong answeredMs,
        OptionalLong stoodMs,
        Optional<Long> standingSinceMs,
        Optional<Long> unansweredSinceMs) {
    /** How often it called somebody. */
    int calls() {
        return raised + reAlarmed;
    }

    /** What whoever looks after the kitchen should look at. */
    Suggestion suggestion() {
        return Suggestion.of(this);
    }
}
