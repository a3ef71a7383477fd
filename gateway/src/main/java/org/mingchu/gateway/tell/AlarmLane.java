package org.mingchu.gateway.tell;

import org.mingchu.gateway.judge.AlarmId;
import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.judge.SeqRange;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What of the alarm lane the platform does not have, and what is to be sent next: among alarms the
 * newest raise, inside one alarm the oldest event, records after alarms; what the broker has had
 * and the platform has not acknowledged comes again by the {@link Ladder}. One thread.
 */
final class AlarmLane {
    /** Entries looked at together; beyond it order is by age only. About 100 bytes each. */
    static final int INDEX_MAX = 10_000;

    /** Entries read from the journal in one go. */
    private static final int PAGE = 200;

    /** Alarms whose raise is remembered while none of their entries waits. */
    private static final int RAISES_MAX = 2_000;

    private final Outbox outbox;
    private final Delivery delivery;
    private final boolean acknowledges;
    private final TreeMap<Long, Waiting> index = new TreeMap<>();
    private final Map<AlarmId, Group> groups = new HashMap<>();
    private final Group records = Group.ofRecords();
    private final Raises raises = new Raises(RAISES_MAX);
    private final TreeSet<Group> ready = new TreeSet<>();
    private final TreeSet<Waiting> ladder =
            new TreeSet<>(
                    Comparator.<Waiting>comparingLong(w -> w.dueNs).thenComparingLong(w -> w.seq));
    private final TreeSet<Waiting> again = new TreeSet<>(Comparator.comparingLong(w -> w.seq));
    private final Rungs asleep = new Rungs();
    private long indexedTo;

    AlarmLane(Outbox outbox, Delivery delivery, boolean acknowledges) {
        this.outbox = outbox;
        this.delivery = delivery;
        this.acknowledges = acknowledges;
        indexedTo = delivery.missingFrom(1) - 1;
    }

    /** What to send now, the most urgent first. */
    Optional<Waiting> next(long nowNs) {
        fill(nowNs);
        while (!ladder.isEmpty() && ladder.first().dueNs <= nowNs) {
            wake(ladder.pollFirst());
        }
        if (!ready.isEmpty()) {
            return Optional.ofNullable(ready.first().unsent.peekFirst());
        }
        return again.isEmpty() ? Optional.empty() : Optional.of(again.first());
    }

    Numbered read(Waiting waiting) {
        return new Numbered(outbox.read(Lane.ALARM, waiting.seq, 1).getFirst(), waiting.prev);
    }

    void sent(Waiting waiting) {
        waiting.sends++;
        waiting.inFlight = true;
        ready.remove(waiting.group);
        again.remove(waiting);
    }

    /** The broker has taken it. */
    void brokered(Waiting waiting, long nowNs) {
        waiting.inFlight = false;
        waiting.refusals = 0;
        if (waiting.done) {
            return;
        }
        if (!waiting.brokered) {
            waiting.brokered = true;
            leaveGroup(waiting);
        }
        if (acknowledges) {
            sleep(waiting, nowNs + Ladder.waitNs(waiting.sends));
        } else {
            done(waiting);
        }
    }

    /** The broker does not take it; it is kept and tried again after {@code waitNs}. */
    void refused(Waiting waiting, long nowNs, long waitNs) {
        waiting.inFlight = false;
        waiting.refusals++;
        if (!waiting.done) {
            sleep(waiting, nowNs + waitNs);
        }
    }

    /** The connection broke before the broker answered; perhaps it has it, perhaps not. */
    void lost(Waiting waiting) {
        waiting.inFlight = false;
        if (!waiting.done) {
            wake(waiting);
        }
    }

    /** A new connection: what was refused may be welcome now. */
    void retryRefused() {
        var refused = ladder.stream().filter(w -> w.refusals > 0).toList();
        refused.forEach(ladder::remove);
        refused.forEach(this::wake);
    }

    /** Entries in the range that were sent in this life of the program and are not delivered. */
    List<Waiting> sentIn(SeqRange range) {
        return index.subMap(range.from(), true, range.to(), true).values().stream()
                .filter(w -> w.sends > 0)
                .toList();
    }

    /** The platform has it, or refuses it for good. */
    void done(Waiting waiting) {
        waiting.done = true;
        delivery.add(waiting.prev, waiting.seq);
        forget(waiting);
    }

    /** How many entries are looked at together. */
    int indexed() {
        return index.size();
    }

    /** When something here is due again; {@link Long#MAX_VALUE} for never. */
    long dueNs() {
        return Math.min(ladder.isEmpty() ? Long.MAX_VALUE : ladder.first().dueNs, asleep.dueNs());
    }

    private void wake(Waiting waiting) {
        if (waiting.brokered) {
            again.add(waiting);
        } else if (waiting.group.unsent.peekFirst() == waiting) {
            ready.add(waiting.group);
        }
    }

    private void sleep(Waiting waiting, long dueNs) {
        waiting.dueNs = dueNs;
        ladder.add(waiting);
    }

    private void forget(Waiting waiting) {
        index.remove(waiting.seq);
        ladder.remove(waiting);
        again.remove(waiting);
        if (!waiting.brokered) {
            leaveGroup(waiting);
        }
    }

    private void leaveGroup(Waiting waiting) {
        var unsent = waiting.group.unsent;
        var wasHead = unsent.peekFirst() == waiting;
        if (wasHead) {
            unsent.pollFirst();
            ready.remove(waiting.group);
        } else {
            unsent.remove(waiting);
        }
        var head = unsent.peekFirst();
        if (head == null) {
            waiting.group.alarm.ifPresent(id -> groups.remove(id, waiting.group));
        } else if (wasHead && !head.inFlight) {
            ready.add(waiting.group);
        }
    }

    private void fill(long nowNs) {
        while (index.size() < INDEX_MAX && readPage()) {}
        if (index.size() >= INDEX_MAX) {
            putToSleep(nowNs);
        }
        asleep.due(nowNs).filter(_ -> index.size() < INDEX_MAX).ifPresent(r -> rouse(r, nowNs));
    }

    private boolean readPage() {
        var last = outbox.lastInLane(Lane.ALARM).orElse(0);
        if (indexedTo >= last) {
            return false;
        }
        var page = outbox.read(Lane.ALARM, delivery.missingFrom(indexedTo + 1), PAGE);
        if (page.isEmpty()) {
            indexedTo = last;
            return false;
        }
        for (var entry : Numbered.chain(outbox, Lane.ALARM, page)) {
            indexedTo = entry.seq();
            Waiting.alarm(entry).ifPresent(event -> raises.see(event, entry.seq()));
            if (!delivery.has(entry.seq())) {
                var waiting = new Waiting(entry, groupOf(entry));
                index.put(waiting.seq, waiting);
                waiting.group.unsent.addLast(waiting);
                wake(waiting);
            }
        }
        return true;
    }

    private Group groupOf(Numbered entry) {
        return Waiting.alarm(entry)
                .map(a ->
                        groups.computeIfAbsent(
                                a.id(),
                                id -> new Group(Optional.of(id), raises.of(a, entry), entry.seq())))
                .orElse(records);
    }

    /**
     * A platform that never acknowledges must not keep new alarms out of the index: the oldest that
     * a broker has had are remembered as a range and come again in an hour.
     */
    private void putToSleep(long nowNs) {
        var patient =
                ladder.stream()
                        .filter(w -> w.brokered)
                        .sorted(Comparator.comparingLong(w -> w.seq))
                        .limit(PAGE)
                        .toList();
        if (patient.isEmpty()) {
            return;
        }
        patient.forEach(this::forget);
        asleep.add(
                new Rungs.Rung(
                        patient.getFirst().prev,
                        patient.getLast().seq,
                        Ladder.TOP,
                        nowNs + Ladder.waitNs(Ladder.TOP)));
    }

    private void rouse(Rungs.Rung rung, long nowNs) {
        asleep.remove(rung);
        var page = outbox.read(Lane.ALARM, rung.after() + 1, PAGE);
        for (var entry : Numbered.chain(outbox, Lane.ALARM, page)) {
            if (entry.seq() <= rung.last()
                    && !delivery.has(entry.seq())
                    && !index.containsKey(entry.seq())) {
                var waiting = new Waiting(entry, groupOf(entry));
                waiting.brokered = true;
                waiting.sends = rung.sends();
                index.put(waiting.seq, waiting);
                again.add(waiting);
            }
        }
        if (!page.isEmpty() && page.getLast().seq() < rung.last()) {
            asleep.add(new Rungs.Rung(page.getLast().seq(), rung.last(), rung.sends(), nowNs));
        }
    }
}
