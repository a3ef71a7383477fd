package org.mingchu.gateway.desk;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * Who has tried too often, by one kind of name. One thread at a time.
 *
 * <p>Kept in memory: a restart forgets it, and costs whoever wants that more time than it wins.
 */
final class Lockouts {
    /** So many tries are free. */
    static final int TRIES = 5;

    /** The first lock; each further failure doubles it. */
    static final Duration FIRST = Duration.ofSeconds(60);

    /** At this pace a million PINs take a century. */
    static final Duration LONGEST = Duration.ofHours(1);

    /** After so long without a failure all is forgotten: the slips of a week are no attack. */
    static final Duration FORGOTTEN_AFTER = Duration.ofHours(12);

    /** Names remembered at once; when there are more, whoever failed longest ago is forgotten. */
    static final int NAMES_MAX = 512;

    private final LinkedHashMap<String, Tries> tries = new LinkedHashMap<>();

    private record Tries(int failed, long lastNs, long untilNs) {}

    /** How long a name has to wait, at {@code upNs}; zero when it may try. */
    Duration wait(String name, long upNs) {
        var known = tries.get(name);
        return known == null || known.untilNs() <= upNs
                ? Duration.ZERO
                : Duration.ofNanos(known.untilNs() - upNs);
    }

    /** It has failed; returns for how long it is locked now, zero when it is not. */
    Duration failed(String name, long upNs) {
        var failed =
                1
                        + Optional.ofNullable(tries.remove(name))
                                .filter(b -> upNs - b.lastNs() < FORGOTTEN_AFTER.toNanos())
                                .map(Tries::failed)
                                .orElse(0);
        var lock = lock(failed);
        if (tries.size() >= NAMES_MAX) {
            tries.pollFirstEntry();
        }
        tries.put(name, new Tries(failed, upNs, upNs + lock.toNanos()));
        return lock;
    }

    /** It has succeeded: what was before does not count any more. */
    void succeeded(String name) {
        tries.remove(name);
    }

    int size() {
        return tries.size();
    }

    private static Duration lock(int failed) {
        if (failed < TRIES) {
            return Duration.ZERO;
        }
        // No shift beyond a minute times 64, which is more than the longest.
        var grown = FIRST.multipliedBy(1L << Math.min(failed - TRIES, 6));
        return grown.compareTo(LONGEST) > 0 ? LONGEST : grown;
    }
}
