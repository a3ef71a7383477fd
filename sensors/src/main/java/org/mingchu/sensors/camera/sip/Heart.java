package org.mingchu.sensors.camera.sip;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * When a device must be heard again. One thread.
 *
 * <p>The limit is interval × misses after the last sign of life, and never less than one interval
 * and its jitter. With the standard's 60 s × 3 that is 180 s to the second; the two intervals that
 * may be missed hold the jitter of the third. Where fewer may be missed, or the interval is short,
 * the second term rules: two beats that are 20 s off in opposite directions lie 40 s further apart.
 */
final class Heart {
    static final Duration INTERVAL_DEFAULT = Duration.ofSeconds(60);
    static final Duration INTERVAL_MIN = Duration.ofSeconds(5);
    static final Duration INTERVAL_MAX = Duration.ofHours(1);
    static final int MISSES_DEFAULT = 3;
    static final int MISSES_MAX = 10;

    /** One beat 20 s early, the next 20 s late, or the other way round. */
    static final Duration JITTER_MIN = Duration.ofSeconds(40);

    /** Longer intervals have more: a fifth. */
    private static final int JITTER_SHARE = 5;

    static final int GAPS_MAX = 15;
    private static final int GAPS_MIN = 4;
    private static final int PERCENT = 100;
    private static final int MUCH_LONGER_PERCENT = 125;
    private static final int MUCH_SHORTER_PERCENT = 75;

    private final Optional<Duration> configured;
    private final int misses;
    private final Deque<Long> gapsNs = new ArrayDeque<>();
    private Optional<Duration> learned = Optional.empty();
    private OptionalLong lastBeatNs = OptionalLong.empty();
    private OptionalLong lastNumber = OptionalLong.empty();
    private OptionalLong lastLifeNs = OptionalLong.empty();

    Heart(Optional<Duration> interval, Optional<Integer> misses) {
        this.configured = interval.filter(Heart::legal);
        this.misses = misses.filter(m -> m >= 1 && m <= MISSES_MAX).orElse(MISSES_DEFAULT);
    }

    private static boolean legal(Duration interval) {
        return interval.compareTo(INTERVAL_MIN) >= 0 && interval.compareTo(INTERVAL_MAX) <= 0;
    }

    /** It was heard, whatever it said. */
    void life(long nowNs) {
        lastLifeNs = OptionalLong.of(nowNs);
    }

    /** It logged in: what comes next need not follow what came before. */
    void restart(long nowNs) {
        life(nowNs);
        lastNumber = OptionalLong.empty();
        lastBeatNs = OptionalLong.empty();
    }

    void beat(OptionalLong number, long nowNs) {
        if (lastBeatNs.isPresent()) {
            learn(nowNs - lastBeatNs.orElseThrow(), number);
        }
        life(nowNs);
        lastBeatNs = OptionalLong.of(nowNs);
        lastNumber = number;
    }

    private void learn(long gapNs, OptionalLong number) {
        if (!legal(Duration.ofNanos(gapNs))) {
            return;
        }
        gapsNs.addLast(gapNs);
        if (gapsNs.size() > GAPS_MAX) {
            gapsNs.removeFirst();
        }
        var slow = gapNs > limit().toNanos() && follows(number);
        learned = slow ? Optional.of(Duration.ofNanos(gapNs)) : rhythm().or(() -> learned);
    }

    /** Numbered next to the last one: none was lost between, so the device itself is as slow. */
    private boolean follows(OptionalLong number) {
        return number.isPresent()
                && lastNumber.isPresent()
                && number.orElseThrow() == lastNumber.orElseThrow() + 1;
    }

    /** The median, where the gaps are of one kind; lost beats would be taken for slow ones. */
    private Optional<Duration> rhythm() {
        if (gapsNs.size() < GAPS_MIN) {
            return Optional.empty();
        }
        var sorted = gapsNs.stream().mapToLong(g -> g).sorted().toArray();
        var median = sorted[sorted.length / 2];
        var spread = sorted[sorted.length * 3 / 4] - sorted[sorted.length / 4];
        return spread <= median / 2 ? Optional.of(Duration.ofNanos(median)) : Optional.empty();
    }

    /**
     * What is configured, else 60 s; what the beats have taught, where that is much longer, and
     * where nothing is configured also where it is much shorter. Jitter teaches nothing.
     */
    Duration interval() {
        var base = configured.orElse(INTERVAL_DEFAULT);
        return learned.filter(l -> teaches(percent(l, base))).orElse(base);
    }

    private boolean teaches(long percent) {
        return percent > MUCH_LONGER_PERCENT
                || (configured.isEmpty() && percent < MUCH_SHORTER_PERCENT);
    }

    private static long percent(Duration part, Duration whole) {
        return part.toMillis() * PERCENT / whole.toMillis();
    }

    /** After so long a silence it is lost. */
    Duration limit() {
        var interval = interval();
        var missed = interval.multipliedBy(misses);
        var fifth = interval.dividedBy(JITTER_SHARE);
        var one = interval.plus(fifth.compareTo(JITTER_MIN) > 0 ? fifth : JITTER_MIN);
        return missed.compareTo(one) > 0 ? missed : one;
    }

    OptionalLong lastLifeNs() {
        return lastLifeNs;
    }

    /** Whether a heartbeat has come since it logged in. */
    boolean beats() {
        return lastBeatNs.isPresent();
    }
}
