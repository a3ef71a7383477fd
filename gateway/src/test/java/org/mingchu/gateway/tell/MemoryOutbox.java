package org.mingchu.gateway.tell;

import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.judge.Progress;
import org.mingchu.sensors.Moment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/** A journal in memory, as far as the courier sees one. Any thread. */
final class MemoryOutbox implements Outbox {
    private final Map<Lane, NavigableMap<Long, Entry>> lanes = new EnumMap<>(Lane.class);
    private final Map<Lane, Progress> progress = new EnumMap<>(Lane.class);
    private final Set<Long> unreadable = new HashSet<>();
    private String epoch = Kitchen.EPOCH;
    private long lastSeq;
    private int readsLeft = -1;
    private Runnable then = () -> {};

    MemoryOutbox() {
        for (var lane : Lane.values()) {
            lanes.put(lane, new TreeMap<>());
            progress.put(lane, Progress.NONE);
        }
    }

    synchronized Entry append(Fact fact, Moment at) {
        var entry = new Entry(epoch, ++lastSeq, at, fact);
        lane(fact.lane()).put(lastSeq, entry);
        return entry;
    }

    /** Begins another epoch: what is not delivered is kept again, as the journal does it. */
    synchronized void begin(String next, String cause, Moment now) {
        var undelivered = new ArrayList<Entry>();
        for (var lane : List.of(Lane.ALARM, Lane.READING)) {
            lane(lane).values().stream()
                    .filter(entry -> !new Delivery(progress(lane)).has(entry.seq()))
                    .forEach(undelivered::add);
            lane(lane).clear();
            progress.put(lane, Progress.NONE);
        }
        var old = epoch;
        epoch = next;
        lastSeq = 0;
        append(new Fact.EpochBegan(Optional.of(old), cause), now);
        undelivered.stream()
                .sorted(Comparator.comparingLong(Entry::seq))
                .forEach(entry -> append(new Fact.Rekeyed(entry), now));
    }

    /** Something happens to the journal just before it is read for so many times. */
    synchronized void afterReads(int count, Runnable happens) {
        readsLeft = count;
        then = happens;
    }

    /** A later program wrote it, or the card has lost a bit. */
    synchronized void damage(long seq) {
        unreadable.add(seq);
    }

    /** What a restart finds. */
    synchronized void keep(Lane lane, Progress reached) {
        progress.put(lane, reached);
    }

    synchronized List<Entry> all(Lane lane) {
        return List.copyOf(lane(lane).values());
    }

    @Override
    public synchronized String epoch() {
        return epoch;
    }

    @Override
    public synchronized long lastSeq() {
        return lastSeq;
    }

    @Override
    public synchronized List<Entry> read(Lane lane, long from, int max) {
        if (readsLeft-- == 0) {
            then.run();
        }
        return lane(lane).tailMap(from, true).values().stream()
                .filter(entry -> !unreadable.contains(entry.seq()))
                .limit(max)
                .toList();
    }

    @Override
    public synchronized OptionalLong previousInLane(Lane lane, long seq) {
        var before = lane(lane).lowerKey(seq);
        return before == null ? OptionalLong.empty() : OptionalLong.of(before);
    }

    @Override
    public synchronized OptionalLong lastInLane(Lane lane) {
        return lane(lane).isEmpty() ? OptionalLong.empty() : OptionalLong.of(lane(lane).lastKey());
    }

    @Override
    public synchronized long countInLane(Lane lane, long from) {
        return lane(lane).tailMap(from, true).size();
    }

    @Override
    public synchronized Progress progress(Lane lane) {
        return progress.getOrDefault(lane, Progress.NONE);
    }

    private NavigableMap<Long, Entry> lane(Lane lane) {
        return lanes.computeIfAbsent(lane, _ -> new TreeMap<>());
    }
}
