package org.mingchu.gateway;

import org.mingchu.gateway.tell.CourierThread;
import org.mingchu.sensors.Moment;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongUnaryOperator;

/**
 * What of this program hangs so that nothing but another start can help. The house's thread.
 *
 * <p>One sensor that hangs is left behind and said to be silent; when all of them do, a bus or the
 * program itself has stood still, and another start reads anew. Once: a life in which no read ever
 * came back is no better than the one before, and goes on telling alarms instead, until it is tried
 * again after {@link #FROM_THE_START}.
 */
final class Hanging {
    /**
     * Longest read that is no hang: ten probes of one 1-Wire bus take 7.5 s one after another, and
     * as long once more for a conversion that failed.
     */
    static final Duration READ = Duration.ofSeconds(20);

    /** The same in a life that began with it. */
    static final Duration FROM_THE_START = Duration.ofMinutes(10);

    private final LongUnaryOperator heldNs;
    private final List<CourierThread> couriers;
    private boolean answered;

    /**
     * @param heldNs for how long all sensors have been held at that moment of the boot; 0 if any is
     *     not
     */
    Hanging(LongUnaryOperator heldNs, List<CourierThread> couriers) {
        this.heldNs = heldNs;
        this.couriers = couriers;
    }

    /**
     * In words for the record; empty while all moves.
     *
     * @param sensed whether a round has come in this life
     */
    Optional<String> now(Moment now, Sensed sensed) {
        var held = heldNs.applyAsLong(now.upNs());
        answered |= sensed == Sensed.YES && held == 0;
        if (held > (answered ? READ : FROM_THE_START).toNanos()) {
            return Optional.of(
                    "every sensor has been held in a read for %d s"
                            .formatted(Duration.ofNanos(held).toSeconds()));
        }
        return couriers.stream().flatMap(courier -> courier.hopeless().stream()).findFirst();
    }

    /** Whether a round of readings has come. */
    enum Sensed {
        YES,
        NOT_YET
    }
}
