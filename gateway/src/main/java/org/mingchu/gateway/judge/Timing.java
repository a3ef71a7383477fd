package org.mingchu.gateway.judge;

import org.mingchu.config.Condition;
import org.mingchu.config.Watch;

import java.time.Duration;

/**
 * The delays of a watch, worked out once, in nanoseconds. Immutable.
 *
 * @param firstNs how much of the on-delay its first word proves
 * @param wordNs proven so long by words, it is raised
 * @param clockNs held so long by the clock, it is raised without another word
 * @param soonerNs so much sooner where it is known when the unit defrosts
 * @param offNs proven gone so long by words, it returns
 * @param offClockNs gone so long by the clock, it returns without another word
 * @param settleNs returned and seen for so long, it is cleared
 * @param freshNs a word older than this is no longer the sensor's word on the present
 */
record Timing(
        long firstNs,
        long wordNs,
        long clockNs,
        long soonerNs,
        long offNs,
        long offClockNs,
        long settleNs,
        long freshNs) {
    /** One lost round is no silence; the second is. */
    static final int FRESH_PERIODS = 2;

    /**
     * How long the clock waits for a reading that is due at the same moment as a deadline: a
     * conversion of a DS18B20 takes 750 ms. At most half a period.
     */
    private static final Duration ROOM = Duration.ofSeconds(1);

    static Timing of(Watch watch) {
        return switch (watch.rule().when()) {
            case Condition.Above _,
                    Condition.Below _,
                    Condition.OfCourse _,
                    Condition.Contact _,
                    Condition.OfTime _,
                    Condition.Open _,
                    Condition.Camera _ ->
                    timing(watch, roomNs(watch), FRESH_PERIODS * periodNs(watch));
            case Condition.OfGateway _ -> timing(watch, 0, Bound.NEVER_NS);
            case Condition.Silent(var n) -> counted(watch, n);
            case Condition.Faulty(var n) -> counted(watch, n);
        };
    }

    private static Timing timing(Watch watch, long roomNs, long freshNs) {
        var delay = watch.rule().delay();
        var onNs = delay.plain().toNanos();
        var offNs = delay.off().toNanos();
        return new Timing(
                0,
                onNs,
                onNs + roomNs,
                onNs - delay.defrostKnown().map(Duration::toNanos).orElse(onNs),
                offNs,
                offNs + roomNs,
                delay.settle().toNanos(),
                freshNs);
    }

    /**
     * Missed periods. A round may be early or late by half a period: the n-th bad word raises even
     * when it comes early, and the clock alone raises only when it cannot come any more.
     */
    private static Timing counted(Watch watch, int periods) {
        var delay = watch.rule().delay();
        var periodNs = periodNs(watch);
        var needNs = periods * periodNs + delay.plain().toNanos();
        var offNs = delay.off().toNanos();
        return new Timing(
                periodNs,
                needNs - periodNs / 2,
                needNs + periodNs / 2,
                0,
                offNs,
                offNs + roomNs(watch),
                delay.settle().toNanos(),
                FRESH_PERIODS * periodNs);
    }

    private static long periodNs(Watch watch) {
        return watch.period().toNanos();
    }

    private static long roomNs(Watch watch) {
        return Math.min(ROOM.toNanos(), periodNs(watch) / 2);
    }
}
