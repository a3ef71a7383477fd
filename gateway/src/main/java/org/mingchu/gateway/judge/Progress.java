package org.mingchu.gateway.judge;

import java.util.List;

/**
 * How far a platform has one lane: everything up to {@code floor}, and the ranges above it. No
 * entry and no leaf: losing it costs re-sends only. Immutable.
 *
 * @param above ascending, disjoint, not touching, all above the floor
 */
public record Progress(long floor, List<SeqRange> above) {
    /** A platform that has nothing yet. */
    public static final Progress NONE = new Progress(0, List.of());

    public Progress {
        above = List.copyOf(above);
    }
}
