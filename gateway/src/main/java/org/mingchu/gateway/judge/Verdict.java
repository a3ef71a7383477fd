package org.mingchu.gateway.judge;

import java.util.ArrayList;
import java.util.List;

/** What the judge concludes: the new state, and the facts to be kept with it. Immutable. */
public record Verdict(State state, List<Fact> decisions) {
    public Verdict {
        decisions = List.copyOf(decisions);
    }

    /** The same with one more fact. */
    Verdict and(Fact fact) {
        var more = new ArrayList<>(decisions);
        more.add(fact);
        return new Verdict(state, more);
    }
}
