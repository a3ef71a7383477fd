package org.mingchu.gateway.keep.store;

/**
 * Where an entry stands in the database: the number of its epoch, counted from 1 within the file,
 * above its seq. So the entries of one epoch lie together and those of later epochs after them.
 */
public final class Pos {
    /** Bits of a seq: an entry each second for 2,000 years. */
    static final int SEQ_BITS = 36;

    /** The most epochs a file may hold, in number. */
    public static final int EPOCHS_MAX = (1 << 12) - 1;

    /** The highest seq an epoch may have. */
    public static final long SEQ_MAX = (1L << SEQ_BITS) - 1;

    private Pos() {}

    public static long of(int epochNo, long seq) {
        return (long) epochNo << SEQ_BITS | seq;
    }

    public static int epochNo(long pos) {
        return (int) (pos >>> SEQ_BITS);
    }

    public static long seq(long pos) {
        return pos & SEQ_MAX;
    }
}
