package org.mingchu.config;

/** What must be so for a rule to count as broken. Limits in thousandths of the unit. Immutable. */
public sealed interface Condition {
    /** Above the limit; good again below limit − deadband. */
    record Above(long limitMilli, long deadbandMilli) implements Condition {}

    /** Below the limit; good again above limit + deadband. */
    record Below(long limitMilli, long deadbandMilli) implements Condition {}

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
