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
     * @param settle how long after that the same alarm is taken up again, before it is cleared: one
     *     episode is one alarm
     */
    public record Delay(
            Duration plain, Optional<Duration> defrostKnown, Duration off, Duration settle) {
        /** An alarm that is cleared as soon as it has returned and been seen. */
        public Delay(Duration plain, Optional<Duration> defrostKnown, Duration off) {
            this(plain, defrostKnown, off, Duration.ZERO);
        }
    }

    /** Where the rule comes from, and whether the clause has been verified. */
    public record Basis(String text, String source, String mark) {}
}
