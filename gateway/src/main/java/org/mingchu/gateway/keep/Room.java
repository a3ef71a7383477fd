package org.mingchu.gateway.keep;

import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Progress;
import org.mingchu.gateway.keep.store.Batch;
import org.mingchu.gateway.keep.store.Hour;
import org.mingchu.gateway.keep.store.Pos;
import org.mingchu.gateway.keep.store.Store;
import org.mingchu.sensors.Moment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Optional;

/**
 * Holds the record to its allowance: when there is too much, the next step of thinning waits here
 * until the commit that keeps its gap takes it along. One thread.
 */
final class Room {
    private static final Logger LOG = LoggerFactory.getLogger(Room.class);

    /** Entries looked at in one go, so that the watch over the kitchen never waits for it. */
    private static final int LOOK_ROWS = 8_192;

    /** Between two lines that nothing can go: a full disk is looked at every few seconds. */
    static final Duration TOLD_EVERY = Duration.ofHours(1);

    private final Thinning thinning = new Thinning();
    private Optional<Allowance> allowance = Optional.empty();
    private Almanac almanac = new Almanac();
    private Optional<Thinning.Step> step = Optional.empty();
    private Optional<Moment> lookedAt = Optional.empty();

    /** When it was said last that nothing can go. */
    private Optional<Moment> toldAt = Optional.empty();

    /** How far a platform has the readings of an epoch. */
    @FunctionalInterface
    interface Delivery {
        Progress of(int epochNo, String platform);
    }

    /**
     * What there is to look at.
     *
     * @param endPos after the last committed entry
     * @param bytes that the record takes up
     * @param full the disk is: what counts is only room inside the file
     */
    record Sight(Store store, long endPos, long bytes, boolean full, Moment now) {}

    void allow(Allowance given) {
        allowance = Optional.of(given);
        lookedAt = Optional.empty();
    }

    Optional<Allowance> allowance() {
        return allowance;
    }

    /** Another store, or another epoch: what was known is read again, what was planned is off. */
    void begin() {
        almanac = new Almanac();
        step = Optional.empty();
        lookedAt = Optional.empty();
    }

    /** All that is committed, read up. */
    Almanac almanac(Store store, long endPos) {
        almanac.catchUp(store, endPos, Integer.MAX_VALUE);
        return almanac;
    }

    /** What was planned is off; it is looked at again when its time comes. */
    void putOff() {
        step = Optional.empty();
    }

    /** Whether it is time to look; always on a full disk. */
    boolean due(Moment now, boolean full) {
        return allowance.isPresent()
                && step.isEmpty()
                && (full
                        || lookedAt.filter(at ->
                                        at.boot().equals(now.boot())
                                                && now.upNs() - at.upNs()
                                                        < Thinning.EVERY.toNanos())
                                .isEmpty());
    }

    /** Plans a step when there is too much. */
    void look(Sight sight, Delivery delivery) {
        lookedAt = Optional.of(sight.now);
        if (allowance.isEmpty() || !isTooMuch(sight, allowance.get())) {
            return;
        }
        if (!almanac.catchUp(sight.store, sight.endPos, LOOK_ROWS)) {
            return;
        }
        var given = allowance.get();
        step =
                thinning.next(
                        new Thinning.Question(
                                sight.store,
                                almanac,
                                hour -> delivered(hour, given, delivery),
                                sight.now,
                                given.raw()));
        if (step.isEmpty()
                && toldAt.filter(at -> Upkeep.within(at, sight.now, TOLD_EVERY)).isEmpty()) {
            toldAt = Optional.of(sight.now);
            LOG.warn(
                    "event=nothing-to-thin bytes={} budget={} remedy=\"raise budget_mib, or release"
                            + " holds\"",
                    sight.bytes,
                    given.budgetBytes());
        }
    }

    private static boolean isTooMuch(Sight sight, Allowance given) {
        return sight.full
                ? sight.store.freeBytes() < Thinning.FREE_BYTES
                : sight.bytes > given.budgetBytes();
    }

    private static boolean delivered(Hour hour, Allowance given, Delivery delivery) {
        return given.platforms().stream()
                .allMatch(p ->
                        covers(
                                delivery.of(Pos.epochNo(hour.pos()), p),
                                Pos.seq(hour.pos()),
                                Pos.seq(hour.last())));
    }

    private static boolean covers(Progress progress, long from, long to) {
        var next = Math.max(from, progress.floor() + 1);
        for (var range : progress.above()) {
            if (range.from() <= next) {
                next = Math.max(next, range.to() + 1);
            }
        }
        return next > to;
    }

    /** What the record has to say before anything goes. */
    Optional<Fact> gap() {
        return step.map(Thinning.Step::gap);
    }

    /** When this is the gap of the step, the step goes with it. */
    void said(Fact fact, Batch pending) {
        step.filter(planned -> planned.gap().equals(fact))
                .ifPresent(planned -> {
                    pending.dropped().addAll(planned.blocks());
                    pending.nodes().addAll(planned.nodes());
                });
    }

    /** The batch is on the disk. */
    void written(Batch batch) {
        if (!batch.dropped().isEmpty()) {
            almanac.dropped(batch.dropped());
            step.ifPresent(done ->
                    LOG.info(
                            "event=thinned epoch={} seq={}..{} rounds={}",
                            done.gap().epoch(),
                            done.gap().range().from(),
                            done.gap().range().to(),
                            done.gap().count()));
            step = Optional.empty();
        }
    }
}
