package org.mingchu.sensors.coap;

import org.mingchu.sensors.Flag;
import org.mingchu.sensors.Intake;
import org.mingchu.sensors.Reading;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * What one probe has told that was kept, and what is on its way there, so that the same thing told
 * twice is kept once. It begins empty at each start: what a probe repeats across a restart of the
 * gateway is stored again. Any thread.
 */
final class Ledger {
    /** Records of one probe that may be on their way at once. */
    static final int UNDER_WAY_MAX = 1_024;

    /** An older value was waiting in the probe, whatever the gateway has heard before. */
    static final long LIVE_MS_MAX = 120_000;

    private final Remembered kept = new Remembered();
    private final Map<Long, CompletableFuture<Void>> underWay = new HashMap<>();
    private final Map<String, Long> newestMs = new HashMap<>();
    private int records;

    /**
     * Hands in what was not told before: one list for each time, the oldest first, all at once.
     *
     * @param told in any order
     * @return completed once all of it is kept, now or before; empty when too much of this probe is
     *     under way
     */
    synchronized Optional<CompletableFuture<Void>> hand(
            List<Dated> told, long nowMs, Intake intake) {
        var fresh = told.stream().filter(this::isNew).toList();
        if (records + fresh.size() > UNDER_WAY_MAX) {
            return Optional.empty();
        }
        var awaited = told.stream().flatMap(this::before).toList();
        fresh.forEach(one -> newestMs.merge(one.subject(), one.takenMs(), Math::max));
        var handed = rounds(fresh).stream().map(round -> begin(round, nowMs, intake)).toList();
        return Optional.of(
                CompletableFuture.allOf(
                        Stream.concat(awaited.stream(), handed.stream())
                                .toArray(CompletableFuture<?>[]::new)));
    }

    private boolean isNew(Dated one) {
        return before(one).findAny().isEmpty()
                && one.keys().ask().stream().noneMatch(kept::contains);
    }

    /** The same record on its way. */
    private Stream<CompletableFuture<Void>> before(Dated one) {
        return one.keys().ask().stream()
                .flatMap(k -> Optional.ofNullable(underWay.get(k)).stream());
    }

    /** By time, the oldest first; a round has one value of a sensor. */
    private static List<List<Dated>> rounds(List<Dated> fresh) {
        var rounds = new TreeMap<Long, Map<String, Dated>>();
        for (var one : fresh) {
            var takenMs = one.takenMs();
            while (rounds.getOrDefault(takenMs, Map.of()).containsKey(one.subject())) {
                takenMs--;
            }
            rounds.computeIfAbsent(takenMs, _ -> new LinkedHashMap<>()).put(one.subject(), one);
        }
        return rounds.values().stream().map(round -> List.copyOf(round.values())).toList();
    }

    private CompletableFuture<Void> begin(List<Dated> round, long nowMs, Intake intake) {
        records += round.size();
        var outcome = intake.take(round.stream().map(one -> flagged(one, nowMs)).toList());
        round.forEach(one -> one.keys().keep().forEach(key -> underWay.put(key, outcome)));
        return outcome.whenComplete((_, failure) -> end(round, Optional.ofNullable(failure)));
    }

    private synchronized void end(List<Dated> round, Optional<Throwable> failure) {
        records -= round.size();
        var keys = new ArrayList<Long>();
        round.forEach(one -> keys.addAll(one.keys().keep()));
        keys.forEach(underWay::remove);
        if (failure.isEmpty()) {
            keys.forEach(kept::add);
        }
    }

    private Reading flagged(Dated one, long nowMs) {
        var newest = Optional.ofNullable(newestMs.get(one.subject())).orElse(one.takenMs());
        var live = nowMs - one.takenMs() <= LIVE_MS_MAX && one.takenMs() >= newest;
        return live ? one.reading() : backfilled(one.reading());
    }

    private static Reading backfilled(Reading reading) {
        return switch (reading) {
            case Reading.Measured m -> {
                var flags = EnumSet.of(Flag.BACKFILLED);
                flags.addAll(m.flags());
                yield new Reading.Measured(
                        m.subject(), m.quantity(), m.rawMilli(), m.milli(), m.ageNs(), flags);
            }
            case Reading.Seen seen -> seen;
            case Reading.Silent silent -> silent;
        };
    }
}
