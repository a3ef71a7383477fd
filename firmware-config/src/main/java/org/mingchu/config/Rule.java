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
 * @param guard what protects its alarms from being hidden
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
        String advice,
        Guard guard) {
    /** A rule that may be hidden like any other. */
    public Rule(
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
        this(
                id,
                scope,
                measures,
                when,
                delay,
                priority,
                attention,
                legal,
                basis,
                advice,
                Guard.NONE);
    }

    /**
     * What protects an alarm from being hidden.
     *
     * @param suppressible whether cleaning, loading or a defrost may hide it
     * @param shelveLongest how long a person may shelve it at most; absent means the pack's time
     * @param latched whether it stays, though all is well again, until a person has looked
     */
    public record Guard(boolean suppressible, Optional<Duration> shelveLongest, boolean latched) {
        /** It may be hidden like any other, and returns by itself. */
        public static final Guard NONE = new Guard(true, Optional.empty(), false);
    }

    /**
     * On-delays and off-delay.
     *
     * @param plain on-delay without knowledge of defrosts
     * @param defrostKnown on-delay outside a known defrost
     * @param off how long it must be good before it counts as returned
     * @param settle how long after that the same alarm is taken up again, before it is cleared: one
     *     episode is one alarm
     * @param again after so long an acknowledged one that still holds sounds again; absent means
     *     the pack's time
     */
    public record Delay(
            Duration plain,
            Optional<Duration> defrostKnown,
            Duration off,
            Duration settle,
            Optional<Duration> again) {
        /** An alarm that sounds again like any other. */
        public Delay(
                Duration plain, Optional<Duration> defrostKnown, Duration off, Duration settle) {
            this(plain, defrostKnown, off, settle, Optional.empty());
        }

        /** An alarm that is cleared as soon as it has returned and been seen. */
        public Delay(Duration plain, Optional<Duration> defrostKnown, Duration off) {
            this(plain, defrostKnown, off, Duration.ZERO);
        }
    }

    /** Where the rule comes from, and whether the clause has been verified. */
    public record Basis(String text, String source, String mark) {}
}
