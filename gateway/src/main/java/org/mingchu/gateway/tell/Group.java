package org.mingchu.gateway.tell;

import org.mingchu.gateway.judge.AlarmId;

import java.util.ArrayDeque;
import java.util.Optional;

/**
 * The entries of one alarm, or all records, that no broker has had yet: oldest first, and the next
 * one only when the broker has taken the one before. One thread.
 */
final class Group implements Comparable<Group> {
    final ArrayDeque<Waiting> unsent = new ArrayDeque<>();
    final Optional<AlarmId> alarm;
    private final long raisedSeq;
    private final long firstSeq;

    /**
     * A group.
     *
     * @param alarm absent for records
     * @param raisedSeq the entry that raised the alarm: the newest raise goes first
     * @param firstSeq the first entry in it, which no other group has
     */
    Group(Optional<AlarmId> alarm, long raisedSeq, long firstSeq) {
        this.alarm = alarm;
        this.raisedSeq = raisedSeq;
        this.firstSeq = firstSeq;
    }

    /** All records: they come after every alarm. */
    static Group ofRecords() {
        return new Group(Optional.empty(), 0, 0);
    }

    @Override
    public int compareTo(Group other) {
        var byRaise = Long.compare(other.raisedSeq, raisedSeq);
        return byRaise != 0 ? byRaise : Long.compare(other.firstSeq, firstSeq);
    }
}
