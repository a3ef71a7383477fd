package org.mingchu.simulator.platform;

import java.util.List;
import java.util.Optional;

/**
 * One alarm as its events tell it. Immutable.
 *
 * @param id the id of the contract
 * @param state after the event with the greatest seq
 * @param steps its events by seq
 */
public record SeenAlarm(
        String gateway,
        String epoch,
        String id,
        String subject,
        String rule,
        String priority,
        String state,
        List<Step> steps) {
    public SeenAlarm {
        steps = List.copyOf(steps);
    }

    /**
     * One event.
     *
     * @param atMs when, corrected by what later clock records say, milliseconds since 1970
     * @param reading value and limit as people write them; empty where there is none
     * @param person the pseudonym of who did it
     */
    public record Step(
            long seq,
            String event,
            String state,
            long atMs,
            String reading,
            Optional<String> person) {}
}
