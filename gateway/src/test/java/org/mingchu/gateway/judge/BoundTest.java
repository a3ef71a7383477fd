package org.mingchu.gateway.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mingchu.config.CameraVerdict;
import org.mingchu.config.Condition;
import org.mingchu.config.Disinfection;
import org.mingchu.config.Priority;
import org.mingchu.config.Quantity;
import org.mingchu.config.RulePack;
import org.mingchu.config.Scope;
import org.mingchu.config.Watch;
import org.mingchu.sensors.Fault;
import org.mingchu.sensors.Flag;
import org.mingchu.sensors.Reading;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** What each kind of condition hears in a value, a picture and a fault. */
class BoundTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Condition.Above ABOVE = new Condition.Above(8_000, 500);

    /** What one value can break. */
    private static final List<Condition> LIMITS = List.of(ABOVE, new Condition.Below(0, 500));

    private static final List<Condition> OF_COURSE =
            List.of(
                    new Condition.ProductAbove(8_000, 500),
                    new Condition.NotCooling("freezer-high", HOUR),
                    new Condition.DefrostOverdue(150),
                    new Condition.Drift(2_000, 24),
                    new Condition.Stuck(HOUR));

    private static final List<Condition> OF_TIME =
            List.of(
                    new Condition.Cumulative(ABOVE, HOUR, Optional.empty(), Optional.empty()),
                    new Condition.Danger(8_000, 60_000, HOUR),
                    new Condition.Cooling(
                            60_000,
                            new Condition.Leg(21_000, HOUR),
                            new Condition.Leg(8_000, HOUR),
                            OptionalInt.empty()),
                    new Condition.Cycle(Disinfection.STEAM, 100_000, HOUR, 60_000),
                    new Condition.NoCycle(HOUR),
                    new Condition.Leap(10_000, HOUR),
                    new Condition.Swapped(10_000, HOUR));

    private static final List<Condition> CONTACTS =
            List.of(new Condition.Open(), new Condition.Contact());

    private static final List<Condition> SENSOR =
            List.of(new Condition.Silent(3), new Condition.Faulty(3));

    /** What no sensor can tell. */
    private static final List<Condition> GATEWAY =
            List.of(
                    new Condition.UplinkLost(),
                    new Condition.StorageLost(),
                    new Condition.StorageLow());

    private static final Condition CAMERA = new Condition.CameraLost();

    private static Bound bound(Condition when) {
        var rule = Plans.rule("r", Scope.ANY, Priority.P2, when, "10m", "5m").plain();
        var watch =
                new Watch(
                        "x",
                        Optional.of(Plans.fridgeUnit()),
                        Optional.empty(),
                        rule,
                        Plans.PERIOD,
                        false);
        return Bound.of(
                watch,
                0,
                Optional.empty(),
                OptionalLong.empty(),
                RulePack.Calls.DEFAULT,
                Set.of(),
                Optional.empty());
    }

    private static Word value(Condition when, long milli, Flag... flags) {
        return bound(when)
                .says(
                        new Reading.Measured(
                                "x", Quantity.TEMPERATURE, milli, milli, 0, Set.of(flags)));
    }

    private static Word picture(Condition when, CameraVerdict verdict) {
        return bound(when).says(new Reading.Seen("x", verdict, 0));
    }

    private static Word fault(Condition when, Fault fault) {
        return bound(when).says(new Reading.Silent("x", fault, ""));
    }

    // ---- values -----------------------------------------------------------------------------

    @Test
    void a_value_is_beyond_a_limit_within_its_deadband_or_good() {
        assertThat(value(ABOVE, 8_001)).isEqualTo(Word.SHOWS);
        assertThat(value(ABOVE, 8_000)).isEqualTo(Word.NEITHER);
        assertThat(value(ABOVE, 7_501)).isEqualTo(Word.NEITHER);
        assertThat(value(ABOVE, 7_500)).isEqualTo(Word.GONE);
        assertThat(value(LIMITS.getLast(), -1)).isEqualTo(Word.SHOWS);
        assertThat(value(LIMITS.getLast(), 0)).isEqualTo(Word.NEITHER);
        assertThat(value(LIMITS.getLast(), 499)).isEqualTo(Word.NEITHER);
        assertThat(value(LIMITS.getLast(), 500)).isEqualTo(Word.GONE);
    }

    @Test
    void a_contact_is_open_or_shut() {
        assertThat(CONTACTS).allMatch(when -> value(when, 1_000) == Word.SHOWS);
        assertThat(CONTACTS).allMatch(when -> value(when, 0) == Word.GONE);
    }

    @Test
    void any_value_shows_that_its_sensor_is_well() {
        assertThat(SENSOR).allMatch(when -> value(when, 4_000) == Word.GONE);
    }

    @Test
    void one_value_alone_says_nothing_of_a_course_of_time_or_of_anything_else() {
        assertThat(OF_COURSE).allMatch(when -> value(when, 99_000) == Word.NOTHING);
        assertThat(OF_TIME).allMatch(when -> value(when, 99_000) == Word.NOTHING);
        assertThat(GATEWAY).allMatch(when -> value(when, 99_000) == Word.NOTHING);
        assertThat(value(CAMERA, 99_000)).isEqualTo(Word.NOTHING);
    }

    @Test
    void an_unproven_value_is_believed_only_what_is_bad() {
        assertThat(value(ABOVE, 8_001, Flag.UNAUTHENTICATED)).isEqualTo(Word.SHOWS);
        assertThat(value(ABOVE, 4_000, Flag.UNAUTHENTICATED)).isEqualTo(Word.NOTHING);
        assertThat(value(new Condition.Silent(3), 4_000, Flag.UNAUTHENTICATED))
                .as("it is not silent")
                .isEqualTo(Word.NEITHER);
        assertThat(value(new Condition.Faulty(3), 4_000, Flag.UNAUTHENTICATED))
                .isEqualTo(Word.NOTHING);
    }

    // ---- pictures ---------------------------------------------------------------------------

    @Test
    void a_camera_is_lost_by_every_verdict_but_healthy() {
        for (var verdict : CameraVerdict.values()) {
            assertThat(picture(CAMERA, verdict))
                    .isEqualTo(verdict == CameraVerdict.HEALTHY ? Word.GONE : Word.SHOWS);
        }
    }

    @Test
    void whoever_answers_with_a_picture_is_neither_silent_nor_faulty() {
        assertThat(SENSOR).allMatch(when -> picture(when, CameraVerdict.AUTH) == Word.GONE);
    }

    @Test
    void a_picture_says_nothing_of_a_temperature_a_contact_or_the_gateway() {
        for (var kinds : List.of(LIMITS, OF_COURSE, OF_TIME, CONTACTS, GATEWAY)) {
            assertThat(kinds).allMatch(when -> picture(when, CameraVerdict.AUTH) == Word.NOTHING);
        }
    }

    // ---- faults -----------------------------------------------------------------------------

    @Test
    void silence_and_faults_are_told_apart() {
        for (var fault : Fault.values()) {
            var silent = fault == Fault.SILENT;
            assertThat(fault(new Condition.Silent(3), fault))
                    .isEqualTo(silent ? Word.SHOWS : Word.NEITHER);
            assertThat(fault(new Condition.Faulty(3), fault))
                    .isEqualTo(silent ? Word.MUTE : Word.SHOWS);
        }
    }

    @Test
    void under_a_fault_nobody_knows_anything_of_what_is_measured() {
        for (var kinds : List.of(LIMITS, OF_COURSE, OF_TIME, CONTACTS, GATEWAY, List.of(CAMERA))) {
            assertThat(kinds).allMatch(when -> fault(when, Fault.CRC) == Word.MUTE);
            assertThat(kinds).allMatch(when -> fault(when, Fault.SILENT) == Word.MUTE);
        }
    }

    @Test
    void a_fault_says_nothing_of_a_course_or_of_time_in_a_state_either() {
        var crc = new Reading.Silent("x", Fault.CRC, "");
        var at = Kitchen.of(Plans.fridge()).now();
        for (var when : OF_COURSE) {
            assertThat(bound(when).says(Map.of(), Food.NOTHING, at, crc)).isEqualTo(Word.MUTE);
        }
    }

    // ---- the store --------------------------------------------------------------------------

    @Test
    void a_store_is_lost_in_memory_or_damaged_and_low_on_a_disk_that_is_nearly_full() {
        var lost = bound(new Condition.StorageLost());
        var low = bound(new Condition.StorageLow());

        assertThat(lost.says(StorageState.SOUND)).isEqualTo(Word.GONE);
        assertThat(lost.says(StorageState.LOW)).isEqualTo(Word.GONE);
        assertThat(lost.says(StorageState.MEMORY)).isEqualTo(Word.SHOWS);
        assertThat(lost.says(StorageState.DAMAGED)).isEqualTo(Word.SHOWS);
        assertThat(low.says(StorageState.SOUND)).isEqualTo(Word.GONE);
        assertThat(low.says(StorageState.LOW)).isEqualTo(Word.SHOWS);
        assertThat(low.says(StorageState.MEMORY)).isEqualTo(Word.MUTE);
        assertThat(low.says(StorageState.DAMAGED)).isEqualTo(Word.MUTE);
    }

    // ---- what it watches --------------------------------------------------------------------

    @Test
    void the_events_of_what_judges_a_temperature_say_a_value() {
        for (var kinds : List.of(LIMITS, OF_COURSE)) {
            assertThat(kinds).allMatch(when -> bound(when).watchesValue());
        }
        assertThat(OF_TIME)
                .allMatch(
                        when -> bound(when).watchesValue() != (when instanceof Condition.NoCycle));
        for (var kinds : List.of(CONTACTS, SENSOR, GATEWAY, List.of(CAMERA))) {
            assertThat(kinds).noneMatch(when -> bound(when).watchesValue());
        }
    }

    @Test
    void an_open_door_is_a_matter_of_the_food_and_smoke_is_none() {
        assertThat(bound(new Condition.Open()).watchesFood()).isTrue();
        assertThat(bound(ABOVE).watchesFood()).isTrue();
        assertThat(bound(new Condition.Contact()).watchesFood()).isFalse();
        assertThat(bound(CAMERA).watchesFood()).isFalse();
    }
}
