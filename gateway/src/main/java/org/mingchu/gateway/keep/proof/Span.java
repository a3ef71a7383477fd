package org.mingchu.gateway.keep.proof;

/**
 * What an export asks of one epoch. Immutable.
 *
 * @param epoch 16 hexadecimal digits
 * @param from first seq
 * @param to last seq; {@code from - 1} when nothing is asked for
 * @param size how many entries the epoch has: its leaves are seq 1 to size
 */
public record Span(String epoch, long from, long to, long size) {
    /** What a journal counts at most in one epoch. */
    public static final long MAX_SIZE = 1L << Node.MAX_LEVEL;

    public Span {
        if (!epoch.matches("[0-9a-f]{16}")) {
            throw new IllegalArgumentException("not an epoch: '" + epoch + "'");
        }
        if (from < 1 || to < from - 1 || size < to || size > MAX_SIZE) {
            throw new IllegalArgumentException(
                    "no range within " + size + " entries: " + from + ".." + to);
        }
    }

    /** How many seqs are asked for. */
    public long length() {
        return to - from + 1;
    }

    boolean has(long seq) {
        return seq >= from && seq <= to;
    }
}
