package org.mingchu.gateway.judge;

import java.util.List;

/** What the judge concludes: the new state, and the events to be kept with it. Immutable. */
public record Verdict(State state, List<AlarmEvent> decisions) {
    public Verdict {
        decisions = List.copyOf(decisions);
    }
}
