package org.mingchu.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** What must be so for a rule to count as broken. Limits in thousandths of the unit. Immutable. */
public sealed interface Condition {
    /** What one value can break. */
    sealed interface Limit extends Condition {}

    /** Above the limit; good again below limit − deadband. */
    record Above(long limitMilli, long deadbandMilli) implements Limit {}

    /** Below the limit; good again above limit + deadband. */
    record Below(long limitMilli, long deadbandMilli) implements Limit {}

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

    /** A unit has warmed for so long as fast as it does behind an open door. */
    record LeftOpen(Duration time) implements OfCourse {}

    /** The value has been the very same for so long: a living probe trembles. */
    record Stuck(Duration time) implements OfCourse {}

    /** What counts time over food or dishes, or holds one value against the one before. */
    sealed interface OfTime extends Condition {}

    /**
     * The time beyond a limit, added up, reaches so much. Coming back stops it and does not take it
     * back.
     *
     * @param within counted in the latest time of this length; absent means until it is at rest
     * @param rest when the unit is out of use, and with it the food gone; absent means never
     */
    record Cumulative(Limit limit, Duration time, Optional<Duration> within, Optional<Rest> rest)
            implements OfTime {}

    /** Below this for so long the unit is out of use. */
    record Rest(long belowMilli, Duration time) {}

    /** What is judged of each batch of food a person has begun, by the probe that is with it. */
    sealed interface OfBatch extends OfTime {}

    /** Between these two, both left out, a batch has been for so long, added up. */
    record Danger(long fromMilli, long toMilli, Duration time) implements OfBatch {}

    /**
     * A batch that cools too slowly. All counts from the moment it was last at {@code fromMilli} or
     * above.
     *
     * @param first so cold, so soon
     * @param then so cold, in so much more time
     * @param foretoldPercent only foretold, from so much of each time on; absent means that it has
     *     missed
     */
    record Cooling(long fromMilli, Leg first, Leg then, OptionalInt foretoldPercent)
            implements OfBatch {}

    /** So cold, in so much time. */
    record Leg(long toMilli, Duration in) {}

    /**
     * A cycle of a disinfection unit that has ended without having been at the temperature for the
     * time, without a break.
     *
     * @param method for units that disinfect in this way
     * @param idleMilli below this no cycle runs
     */
    record Cycle(Disinfection method, long atMilli, Duration time, long idleMilli)
            implements OfTime {}

    /** No cycle has passed since the meal before, so short before the next. */
    record NoCycle(Duration before) implements OfTime {}

    /** So far from a value of at most so long ago, with the door shut: no food does that. */
    record Leap(long stepMilli, Duration within) implements OfTime {}

    /**
     * Two probes of different units are each where the other one was: perhaps they were exchanged.
     *
     * @param apartMilli units less far apart cannot be told from each other
     * @param known both have been watched for so long
     */
    record Swapped(long apartMilli, Duration known) implements OfTime {}

    /** No answer at all for so many sampling periods. */
    record Silent(int periods) implements Condition {}

    /**
     * Answers that are faults ({@code crc}, {@code disconnected}, …) for so many periods on end.
     */
    record Faulty(int periods) implements Condition {}

    /** A door contact that stands open. */
    record Open() implements Condition {}

    /** A contact that reports: the mains are lost, there is smoke, gas or water. */
    record Contact() implements Condition {}

    /**
     * One level of a camera or recorder stands so.
     *
     * @param verdicts any of them; all of one level
     * @param recorded how far back recordings have to reach, where the rule says so
     */
    record Camera(Set<CameraVerdict> verdicts, Optional<Duration> recorded) implements Condition {
        public Camera {
            verdicts = Set.copyOf(verdicts);
        }

        /** Whatever keeps a stream from being seen. */
        public static Camera lost() {
            return new Camera(LOST, Optional.empty());
        }

        /** The level it is about. */
        public CameraLevel level() {
            return verdicts.stream()
                    .flatMap(v -> v.level().stream())
                    .findFirst()
                    .orElse(CameraLevel.STREAM);
        }

        /** Whether it is about all cameras together. */
        public boolean ofAll() {
            return verdicts.stream().anyMatch(OF_ALL::contains);
        }

        private static final Set<CameraVerdict> OF_ALL =
                Set.of(CameraVerdict.NETWORK_LOST, CameraVerdict.LINK_LOST);

        private static final Set<CameraVerdict> LOST =
                Arrays.stream(CameraVerdict.values())
                        .filter(v -> v.level().equals(Optional.of(CameraLevel.STREAM)))
                        .filter(v -> !OF_ALL.contains(v))
                        .collect(Collectors.toUnmodifiableSet());
    }

    /** Of the gateway itself. */
    sealed interface OfGateway extends Condition {}

    /** A platform that cannot be reached or does not take our alarms. */
    record UplinkLost() implements OfGateway {}

    /** The record is kept in memory only, or a part of it was damaged. */
    record StorageLost() implements OfGateway {}

    /** The record is kept on a disk that is nearly full. */
    record StorageLow() implements OfGateway {}

    /** Somebody has listened to the buzzer and not heard it. */
    record BuzzerUnheard() implements OfGateway {}

    /**
     * Somebody tries the whole way of an alarm. What it raises is no trouble: it lasts until
     * somebody takes it, and at most for the rule's off-delay.
     */
    record Drill() implements OfGateway {
        /** No longer: whoever does not come in that time does not come. */
        public static final Duration LASTS_MAX = Duration.ofMinutes(10);
    }

    /** Nobody has told the gateway the time since it was started. */
    record ClockUnsure() implements OfGateway {}
}
