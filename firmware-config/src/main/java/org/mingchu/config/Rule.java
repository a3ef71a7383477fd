package org.mingchu.config;

import java.time.Duration;
import java.util.Optional;

/**
 * One rule of a pack: data with a basis; the engine knows no number. Immutable.
 *
 * @param measures the quantity it looks at; absent means every sensor in scope
 * @param delay how long the condition must hold, and must have gone, before anything is said
 * @param legal a site may be stricter than this rule, never looser
 * @param advice key of the instruction text
 */
public record Rule(
        String id,
        Scope scope,
        Optional<Quantity> measures,
        Condition when,
        Delay delay,
        Priority priority,
        Attention attention,
        boolean legal,
        Optional<Basis> basis,
        String advice) {

    /**
     * On-delays and off-delay.
     *
     * @param plain on-delay without knowledge of defrosts
     * @param defrostKnown on-delay outside a known defrost
     * @param off how long it must be good before it counts as returned
     */
    public record Delay(Duration plain, Optional<Duration> defrostKnown, Duration off) {}

    /** Where the rule comes from, and whether the clause has been verified. */
    public record Basis(String text, String source, String mark) {}
}
