package org.mingchu.gateway.keep.store;

/** The hash of a perfect subtree of an epoch's tree. */
public final class NodeRow {
    private final int epochNo;
    private final int level;
    private final long index;
    private final byte[] hash;

    public NodeRow(int epochNo, int level, long index, byte[] hash) {
        this.epochNo = epochNo;
        this.level = level;
        this.index = index;
        this.hash = hash;
    }

    public int epochNo() {
        return epochNo;
    }

    /** It covers 2 to the power of this many leaves. */
    public int level() {
        return level;
    }

    /** How many such subtrees stand before it. */
    public long index() {
        return index;
    }

    public byte[] hash() {
        return hash;
    }
}
