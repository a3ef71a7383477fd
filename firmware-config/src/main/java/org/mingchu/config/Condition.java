package org.mingchu.config;

import java.time.Duration;

/** What must be so for a rule to count as broken. Limits in thousandths of the unit. Immutable. */
public sealed interface Condition {
    /** Above the limit; good again below limit − deadband. */
    record Above(long limitMilli, long deadbandMilli) implements Condition {}

    /** Below the limit; good again above limit + deadband. */
    record Below(long limitMilli, long deadbandMilli) implements Condition {}

    /** What is concluded from the course of a temperature, not from one value. */
    sealed interface OfCourse extends Condition {}

    /**
     * The food, as far as the air over it tells, is above the limit; good again below limit −
     * deadband.
     */
    record ProductAbove(long limitMilli, long deadbandMilli) implements OfCourse {}

    /**
     * It warms for longer than this unit ever does by itself, and will pass the limit of another
     * rule soon.
     *
     * @param rule the rule whose limit will be passed
     * @param within so soon, if it goes on like this
     */
    record NotCooling(String rule, Duration within) implements OfCourse {}

    /**
     * A unit whose defrosts are known has had none for too long.
     *
     * @param percent of its usual interval
     */
    record DefrostOverdue(int percent) implements OfCourse {}

    /**
     * A unit works harder for the same cold than it did in the weeks before, or grows warmer day by
     * day: a leak, a worn seal, ice.
     *
     * @param milli so much warmer within a week, in thousandths of a kelvin
     * @param percent so much longer its machine runs
     */
    record Drift(long milli, int percent) implements OfCourse {}

    /** The value has been the very same for so long: a living probe trembles. */
    record Stuck(Duration time) implements OfCourse {}

    /** No answer at all for so many sampling periods. */
    record Silent(int periods) implements Condition {}

    /**
     * Answers that are faults ({@code crc}, {@code disconnected}, …) for so many periods on end.
     */
    record Faulty(int periods) implements Condition {}

    /** A door contact that stands open. */
    record Open() implements Condition {}

    /** A camera that is not healthy. */
    record CameraLost() implements Condition {}

    /** A platform that cannot be reached or does not take our alarms. */
    record UplinkLost() implements Condition {}

    /** The record is kept in memory only, or a part of it was damaged. */
    record StorageLost() implements Condition {}

    /** The record is kept on a disk that is nearly full. */
    record StorageLow() implements Condition {}
}
