package org.mingchu.gateway.show;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * How far back a trend goes, and in what steps: {@value #STEPS} of each, as many as a panel of 800
 * pixels can show. Immutable.
 */
public enum TrendSpan {
    DAY("24h", Duration.ofHours(24)),
    WEEK("7d", Duration.ofDays(7)),
    MONTH("30d", Duration.ofDays(30));

    /** Points of a curve, in number. */
    public static final int STEPS = 720;

    private final String word;
    private final Duration length;

    TrendSpan(String word, Duration length) {
        this.word = word;
        this.length = length;
    }

    /** The word that the interface uses. */
    public String word() {
        return word;
    }

    /** How long it is, milliseconds. */
    public long lengthMs() {
        return length.toMillis();
    }

    /** How long one of its steps is, milliseconds. */
    public long stepMs() {
        return lengthMs() / STEPS;
    }

    static Optional<TrendSpan> of(String word) {
        return Arrays.stream(values()).filter(span -> span.word.equals(word)).findFirst();
    }
}
