package org.mingchu.gateway.judge;

/** Journal sequence numbers from {@code from} to {@code to}, both included. Immutable. */
public record SeqRange(long from, long to) {
    public SeqRange {
        if (from < 1 || to < from) {
            throw new IllegalArgumentException("not a range: " + from + ".." + to);
        }
    }
}
