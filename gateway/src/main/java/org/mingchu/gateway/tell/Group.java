package org.mingchu.gateway.tell;

import java.util.ArrayDeque;

/**
 * The entries of one alarm, or all records, that no broker has had yet: oldest first, and the next
 * one only when the broker has taken the one before. One thread.
 */
final class Group implements Comparable<Group> {
    /** Records come after every alarm. */
    static final long RECORDS = 0;

    final ArrayDeque<Waiting> unsent = new ArrayDeque<>();
    private final long raisedSeq;
    private final long firstSeq;

    /**
     * A group.
     *
     * @param raisedSeq the entry that raised the alarm: the newest raise goes first
     * @param firstSeq the first entry in it, which no other group has
     */
    Group(long raisedSeq, long firstSeq) {
        this.raisedSeq = raisedSeq;
        this.firstSeq = firstSeq;
    }

    @Override
    public int compareTo(Group other) {
        var byRaise = Long.compare(other.raisedSeq, raisedSeq);
        return byRaise != 0 ? byRaise : Long.compare(other.firstSeq, firstSeq);
    }
}
