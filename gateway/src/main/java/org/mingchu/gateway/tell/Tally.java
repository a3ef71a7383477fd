package org.mingchu.gateway.tell;

import org.mingchu.gateway.judge.Lane;

import java.time.Duration;

/** Tells the house how far a lane is delivered: not each entry, but soon. One thread. */
final class Tally {
    /** Told at most this often … */
    static final Duration EVERY = Duration.ofSeconds(1);

    /** … or after so many changes. */
    static final int CHANGES = 100;

    private final String epoch;
    private final Lane lane;
    private final Delivery delivery;
    private final Notices notices;
    private long toldChanges;
    private long toldNs = Long.MIN_VALUE;

    Tally(String epoch, Lane lane, Delivery delivery, Notices notices) {
        this.epoch = epoch;
        this.lane = lane;
        this.delivery = delivery;
        this.notices = notices;
    }

    void tell(long nowNs) {
        var news = delivery.changes() - toldChanges;
        if (news >= CHANGES || (news > 0 && nowNs >= dueNs())) {
            tellNow(nowNs);
        }
    }

    void tellNow(long nowNs) {
        if (delivery.changes() > toldChanges) {
            toldChanges = delivery.changes();
            toldNs = nowNs;
            notices.progress(epoch, lane, delivery.progress());
        }
    }

    /** When there is something to tell; {@link Long#MAX_VALUE} for never. */
    long dueNs() {
        if (delivery.changes() == toldChanges) {
            return Long.MAX_VALUE;
        }
        return toldNs == Long.MIN_VALUE ? toldNs : toldNs + EVERY.toNanos();
    }
}
