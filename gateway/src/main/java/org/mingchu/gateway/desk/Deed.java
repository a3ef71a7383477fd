package org.mingchu.gateway.desk;

import org.mingchu.gateway.judge.Doing;
import org.mingchu.gateway.judge.Remedy;
import org.mingchu.gateway.judge.Strength;

import java.util.Optional;

/** What somebody wants to do, as it was said; {@link Acts} looks whether it may be. Immutable. */
public sealed interface Deed {
    /** Whoever says it, and how surely it is them. */
    record By(String person, Strength strength) {}

    /**
     * To clean, load or stop a unit, or to say that it is in use again.
     *
     * @param forMs for so long, milliseconds; 0 for a stop and for the end of an act
     * @param untilMs a stop ends then, milliseconds since 1970; else 0
     * @param reason needed for all but the end of an act
     * @param movedTo the unit that what was inside has been moved to
     */
    record Does(
            String unit,
            Doing doing,
            long forMs,
            long untilMs,
            String reason,
            Optional<String> movedTo)
            implements Deed {}

    /** Somebody has looked at the food in a unit after an outage. */
    record Checks(String unit, boolean fit, String note) implements Deed {}

    /**
     * To put an alarm aside.
     *
     * @param forMs for so long, milliseconds
     * @param once it ends as well when the condition has gone
     */
    record Shelves(String alarm, long forMs, boolean once, String reason) implements Deed {}

    /** To take up again what was put aside. */
    record Unshelves(String alarm) implements Deed {}

    /** To let a latched alarm go. */
    record Resets(String alarm, String reason) implements Deed {}

    /**
     * To take a sensor or camera out of service.
     *
     * @param dueMs when it is due back, milliseconds since 1970
     */
    record TakesOut(String sensor, long dueMs, String reason) implements Deed {}

    /**
     * To begin a batch of food: its time in danger and its cooling are followed.
     *
     * @param batch its id, as that person gives it
     * @param where the probe that is with it, or the unit it is in
     * @param since from when on
     */
    record BeginsBatch(String batch, String where, Since since) implements Deed {}

    /** From when on something is followed. Immutable. */
    sealed interface Since {
        /** From when it is said. */
        record Now() implements Since {}

        /** So long before, milliseconds: it needs no clock. */
        record Ago(long ms) implements Since {}

        /** From a time of the kitchen's clock on, milliseconds since 1970. */
        record At(long ms) implements Since {}
    }

    /** To end a batch: it is served, put away or discarded. */
    record EndsBatch(String batch) implements Deed {}

    /** To say what was done about an alarm. */
    record Remedies(String alarm, Remedy remedy) implements Deed {}

    /** To find good what somebody else has done about an alarm, which closes it. */
    record Verifies(String alarm, String note) implements Deed {}

    /**
     * To answer for what has happened since the last answer.
     *
     * @param fine whether nothing of it needs to be seen to any more
     */
    record Reviews(boolean fine) implements Deed {}

    /**
     * To say what was measured by hand in a unit whose probe does not measure.
     *
     * @param milli thousandths of a degree Celsius
     */
    record Measures(String unit, long milli) implements Deed {}

    /** To have a camera learn anew what it sees: it was turned on purpose. */
    record Relearns(String camera, String reason) implements Deed {}

    /** To put a sensor or camera back into service. */
    record PutsBack(String sensor, String reason) implements Deed {}
}
