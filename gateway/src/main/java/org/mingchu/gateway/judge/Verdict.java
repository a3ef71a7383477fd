package org.mingchu.gateway.judge;

import java.util.List;

/** What the judge concludes: the new state, and the facts to be kept with it. Immutable. */
public record Verdict(State state, List<Fact> decisions) {
    public Verdict {
        decisions = List.copyOf(decisions);
    }
}
