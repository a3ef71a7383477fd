package org.mingchu.gateway.judge;

import org.mingchu.config.Attention;
import org.mingchu.config.Priority;
import org.mingchu.config.Rule;
import org.mingchu.config.RulePack;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Who is called when nobody answers. Immutable.
 *
 * @param again an acknowledged alarm that still holds calls again after this
 * @param steps in the order of time; empty for what may wait
 */
record Ladder(Optional<Duration> again, List<RulePack.Call> steps) {
    static Ladder of(RulePack.Calls calls, Rule rule) {
        // What asks for nobody calls nobody.
        if (rule.attention() == Attention.NONE) {
            return new Ladder(Optional.empty(), List.of());
        }
        return new Ladder(
                rule.priority() == Priority.P3
                        ? Optional.empty()
                        : rule.delay().again().or(() -> Optional.of(calls.again())),
                rule.priority() == Priority.P1 ? calls.unanswered() : List.of());
    }

    /** The next step above whom it has called so far. */
    Optional<RulePack.Call> next(Attention called) {
        return steps.stream().filter(step -> step.who().compareTo(called) > 0).findFirst();
    }
}
