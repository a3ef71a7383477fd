package org.mingchu.gateway;

import org.mingchu.sensors.Moment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * Tells the service manager that the kitchen is watched, which is more than that the process runs:
 * a round of readings has come from the sensors and something has been kept, both lately. When
 * either fails the words stop, and the manager ends this program and starts it again; at once when
 * it is known what hangs. {@link #sensed} from any thread, the rest from the house's.
 */
final class Watchdog {
    /** A word so often at most: an eighth of what the unit waits for. */
    static final Duration EVERY = Duration.ofSeconds(4);

    /** Beyond two rounds so much more may pass: a disk that stands still for its own reasons. */
    static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final int ROUNDS = 2;
    private static final long NEVER = Long.MIN_VALUE;
    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);

    private final Consumer<String> manager;
    private final LampGuard lamps;
    private final BiFunction<Moment, Hanging.Sensed, Optional<String>> hanging;
    private final Consumer<String> will;
    private final long limitNs;
    private volatile long sensedNs;
    private long keptNs = NEVER;
    private long saidNs = NEVER;
    private boolean well;
    private boolean hung;

    /**
     * @param period between two rounds
     * @param samples whether any round is to come: a site may have radio probes alone, which come
     *     when they like
     * @param manager takes the lines of {@code sd_notify(3)}
     * @param hanging what hangs so that only another start helps
     * @param will leaves for the next life why this one is ended
     */
    Watchdog(
            Duration period,
            boolean samples,
            Consumer<String> manager,
            LampGuard lamps,
            BiFunction<Moment, Hanging.Sensed, Optional<String>> hanging,
            Consumer<String> will) {
        this.manager = manager;
        this.lamps = lamps;
        this.hanging = hanging;
        this.will = will;
        this.limitNs = ROUNDS * period.toNanos() + PATIENCE.toNanos();
        this.sensedNs = samples ? NEVER : Long.MAX_VALUE;
    }

    /** A round has come from the sensors, whatever it says. */
    void sensed(Moment now) {
        if (sensedNs != Long.MAX_VALUE) {
            sensedNs = now.upNs();
        }
    }

    /**
     * The house has come round.
     *
     * @param grown whether something was kept
     */
    void kept(Moment now, boolean grown) {
        var nowNs = now.upNs();
        if (grown) {
            keptNs = nowNs;
        }
        if (moves(now) && isWell(nowNs) && (saidNs == NEVER || nowNs - saidNs >= EVERY.toNanos())) {
            manager.accept(saidNs == NEVER ? "READY=1\nSTATUS=watching\nWATCHDOG=1" : "WATCHDOG=1");
            saidNs = nowNs;
            lamps.alive(nowNs);
        }
    }

    /** What hangs is not waited for: half a minute more would bring nothing. */
    private boolean moves(Moment now) {
        var sensed = sensedNs == NEVER ? Hanging.Sensed.NOT_YET : Hanging.Sensed.YES;
        var what = hanging.apply(now, sensed);
        if (what.isPresent() && !hung) {
            LOG.error(
                    "event=hung what=\"{}\" remedy=\"the service manager starts the program"
                            + " again\"",
                    what.get());
            will.accept(what.get());
            manager.accept("STATUS=" + what.get() + "; about to be started again");
            manager.accept("WATCHDOG=trigger");
        }
        hung = what.isPresent();
        return !hung;
    }

    private boolean isWell(long nowNs) {
        var now = isLately(sensedNs, nowNs) && isLately(keptNs, nowNs);
        if (well && !now) {
            LOG.error(
                    "event=watchdog-unfed sensing={} keeping={} remedy=\"the service manager"
                            + " starts the program again\"",
                    isLately(sensedNs, nowNs),
                    isLately(keptNs, nowNs));
            manager.accept("STATUS=no readings or no commits; about to be started again");
        }
        well = now;
        return now;
    }

    private boolean isLately(long thenNs, long nowNs) {
        return thenNs == Long.MAX_VALUE || (thenNs != NEVER && nowNs - thenNs <= limitNs);
    }

    /** The end is wanted. */
    void ending() {
        manager.accept("STOPPING=1\nSTATUS=ending");
    }
}
