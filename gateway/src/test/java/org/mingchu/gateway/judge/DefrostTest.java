package org.mingchu.gateway.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mingchu.config.UnitKind;
import org.mingchu.gateway.Proof;
import org.mingchu.sensors.ClockState;
import org.mingchu.simulator.Defrost;
import org.mingchu.simulator.Fridge;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Units that defrost, under the installed rules: nothing rings for it, and no failure hides. */
class DefrostTest {
    private static final int SEEDS = Proof.pick(1, 4, 20);
    private static final int DAYS = Proof.pick(14, 60, 60);
    private static final List<Integer> TIMES =
            Proof.pick(0, 1, 1) == 0 ? List.of(1080) : List.of(120, 1080);
    private static final long MINUTE_NS = 60_000_000_000L;

    private static final Fridge FREEZER = Fridge.freezer("u");
    private static final Fridge UPRIGHT = Fridge.uprightFreezer("u");

    private static Ward ward(Fridge fridge, long seed) {
        return new Ward(UnitKind.FREEZER, new Cabinet(fridge, seed));
    }

    private static Fridge defrosting(Defrost defrost) {
        return new Fridge("u", FREEZER.thermal(), FREEZER.thermostat(), defrost, 25);
    }

    /** Nothing rings after the first week, over some weeks and seeds, but what should. */
    private static void isQuiet(Fridge fridge, Consumer<Cabinet> bent, Consumer<Ward> heard) {
        for (var seed = 1; seed <= SEEDS; seed++) {
            var ward = ward(fridge, seed);
            bent.accept(ward.cabinet);
            heard.accept(ward);
            assertThat(unasked(ward.days(DAYS))).as("seed " + seed).isEmpty();
        }
    }

    /** Whoever keeps the door open for eight of forty minutes is to hear of it. */
    private static List<Ward.Rang> unasked(Ward ward) {
        return ward.since(7).stream().filter(rang -> rang.doorMin() < 8).toList();
    }

    @Test
    void three_a_day_are_found_within_ten_minutes_after_a_week_and_ring_no_more() {
        for (var seed = 1; seed <= SEEDS; seed++) {
            var ward = ward(FREEZER, seed).days(7);
            var found = ward.trace().habit().orElseThrow().minutesOfDay();
            assertThat(found).as("seed " + seed).hasSize(3);
            assertThat(found.get(0)).isCloseTo(120, within(10));
            assertThat(found.get(1)).isCloseTo(600, within(10));
            assertThat(found.get(2)).isCloseTo(1080, within(10));
            assertThat(unasked(ward.days(DAYS - 7))).as("seed " + seed).isEmpty();
        }
    }

    @Test
    void the_recorded_upright_freezer_is_quiet_after_a_week() {
        isQuiet(UPRIGHT, _ -> {}, _ -> {});
    }

    @Test
    void it_is_quiet_though_each_defrost_differs_by_a_third_and_samples_are_missing() {
        isQuiet(
                UPRIGHT,
                cabinet -> {
                    cabinet.uneven = 0.3;
                    cabinet.resolutionMilli = 100;
                },
                ward -> {
                    ward.missingPercent = 1;
                    ward.lateSecondsMax = 15;
                });
    }

    @Test
    void it_is_quiet_though_people_come_at_any_hour() {
        Proof.notInShort();
        isQuiet(
                new Fridge("u", UPRIGHT.thermal(), UPRIGHT.thermostat(), UPRIGHT.defrost(), 25),
                cabinet -> {
                    cabinet.uneven = 0.15;
                    cabinet.alwaysBusy = true;
                },
                _ -> {});
    }

    @Test
    void a_coarse_probe_and_a_noisy_one_are_good_enough() {
        Proof.notInShort();
        isQuiet(FREEZER, cabinet -> cabinet.resolutionMilli = 500, _ -> {});
        isQuiet(FREEZER, cabinet -> cabinet.noise = 1, _ -> {});
    }

    @Test
    void long_ones_and_one_at_midnight_are_quiet() {
        Proof.notInShort();
        isQuiet(
                defrosting(new Defrost.Scheduled(List.of(330, 1050), 35, 42, 1.25)),
                _ -> {},
                _ -> {});
        isQuiet(defrosting(new Defrost.Scheduled(List.of(0, 720), 18, 22, 1.25)), _ -> {}, _ -> {});
    }

    @Test
    void doors_of_two_minutes_ring_nothing() {
        Proof.notInShort();
        isQuiet(FREEZER, cabinet -> cabinet.doorSecondsMax = 120, _ -> {});
    }

    @Test
    void set_warmer_for_good_it_is_learned_anew() {
        var ward = ward(UPRIGHT, 1).days(10);
        ward.cabinet.turned = 2;

        assertThat(ward.days(15).since(14)).isEmpty();
    }

    @Test
    void a_minute_lost_breaks_nothing() {
        Proof.notInShort();
        var ward = ward(FREEZER, 2);
        ward.missingPercent = 4;
        ward.lateSecondsMax = 20;
        ward.days(10);

        assertThat(ward.trace().habit().orElseThrow().minutesOfDay()).hasSize(3);
        assertThat(ward.counted(7)).doesNotContainKey("freezer-defrost-overdue");
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 120})
    void other_periods_learn_as_well(int seconds) {
        Proof.notInShort();
        var cabinet = new Cabinet(FREEZER, 1);
        var ward = new Ward(UnitKind.FREEZER, cabinet, Duration.ofSeconds(seconds), false);

        assertThat(ward.days(8).trace().habit().orElseThrow().minutesOfDay()).hasSize(3);
    }

    @Test
    void a_quarter_of_an_hour_is_too_coarse_to_learn_and_the_plain_delay_stays() {
        var cabinet = new Cabinet(FREEZER, 1);
        var ward = new Ward(UnitKind.FREEZER, cabinet, Duration.ofMinutes(15), false).days(20);

        assertThat(ward.warmed).isEmpty();
        ward.cabinet.ajar = true;
        assertThat(ward.minutes(60).since(20).getFirst().minute() - 20 * 1440)
                .isBetween(30.0, 50.0);
    }

    @Test
    void without_a_clock_shapes_are_learned_and_no_times() {
        var ward = ward(FREEZER, 1);
        ward.clock = ClockState.UNSYNCED;
        ward.days(14);

        assertThat(ward.trace().habit().orElseThrow().punctual()).isFalse();
        assertThat(ward.since(7)).isEmpty();
    }

    // ---- failures -------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(ints = {-30, 0, 8, 16, 25})
    void a_failure_in_a_defrost_rings_when_the_window_ends(int minutesAfterItsBegin) {
        for (var at : TIMES) {
            var begins = 9 * 1440 + at;
            var ward = ward(FREEZER, 3).minutes(begins + minutesAfterItsBegin);
            ward.cabinet.works = false;
            ward.minutes(120);

            assertThat(ward.since(9)).as("rings").isNotEmpty();
            // 10 min early, 60 of the window, and 5 of the rule's own delay
            assertThat(firstAfter(ward, begins) - begins).isLessThan(75);
        }
    }

    private static double firstAfter(Ward ward, double minute) {
        return ward.rang.stream()
                .filter(r -> !r.rule().equals("freezer-quality"))
                .mapToDouble(Ward.Rang::minute)
                .filter(m -> m >= minute - 30)
                .findFirst()
                .orElse(Double.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 8, 15})
    void a_heater_that_stays_on_after_an_irregular_defrost_rings_when_the_window_ends(int after) {
        var ward = inDefrost(ward(UPRIGHT, 4).days(10)).minutes(after);
        var from = ward.now();
        ward.cabinet.works = false;
        ward.cabinet.ajar = true;
        ward.minutes(90);

        assertThat(firstAfter(ward, from)).isLessThan(from + 65);
    }

    private static Ward inDefrost(Ward ward) {
        while (!ward.cabinet.heating()) {
            ward.minutes(1);
        }
        return ward;
    }

    @Test
    void no_excuse_lasts_longer_than_an_hour_from_where_it_began() {
        for (var fridge : List.of(FREEZER, UPRIGHT)) {
            var ward = inDefrost(ward(fridge, 5).days(9));
            ward.cabinet.works = false;
            var least = Long.MAX_VALUE;
            for (var minute = 0; minute < 300; minute++) {
                var now = ward.minutes(1).trace().now().orElseThrow();
                var until = now.excusedUntilNs("boot-1");
                if (until > now.at().upNs()) {
                    least = Math.min(least, now.at().upNs());
                    assertThat(until - least).isLessThanOrEqualTo(60 * MINUTE_NS);
                }
            }
            assertThat(least).as("it was excused at all").isLessThan(Long.MAX_VALUE);
        }
    }

    @Test
    void a_door_ajar_outside_a_defrost_rings_within_eleven_minutes() {
        for (var at : List.of(200, 330, 900, 1300)) {
            var from = 9 * 1440 + at;
            var ward = ward(FREEZER, 6).minutes(from);
            ward.cabinet.ajar = true;
            ward.minutes(30);

            assertThat(firstAfter(ward, from) - from).as("at " + at).isBetween(3.0, 11.0);
        }
    }

    @Test
    void a_missing_defrost_is_told_after_half_again_its_interval() {
        var ward = ward(FREEZER, 7).days(9);
        ward.cabinet.defrosts = false;
        ward.days(1);

        // the last one was at 18:00; 12 hours and the rule's own hour later
        assertThat(ward.since(9))
                .extracting(Ward.Rang::rule)
                .containsOnly("freezer-defrost-overdue");
        assertThat(ward.since(9).getFirst().minute() - 9 * 1440).isCloseTo(7 * 60, within(15.0));
    }

    // ---- interruptions --------------------------------------------------------------------

    @Test
    void a_restart_in_a_defrost_makes_no_alarm_of_it() {
        var ward = inDefrost(ward(UPRIGHT, 8).days(9)).minutes(12);
        ward.restart();

        assertThat(ward.minutes(180).since(7)).isEmpty();
    }

    @Test
    void a_power_cut_of_the_gateway_in_a_defrost_makes_no_alarm_of_it() {
        for (var fridge : List.of(FREEZER, UPRIGHT)) {
            var ward = inDefrost(ward(fridge, 9).days(9)).minutes(12);
            var peaks = ward.warmed.size();
            ward.boot();

            assertThat(ward.minutes(180).since(7)).isEmpty();
            assertThat(ward.warmed).hasSizeGreaterThan(peaks);
        }
    }

    @Test
    void the_entries_alone_give_the_same_state() {
        var ward = ward(UPRIGHT, 10);
        ward.keeps = true;
        inDefrost(ward.days(4)).minutes(5);
        ward.boot();
        ward.minutes(20);

        assertThat(ward.trace().now().orElseThrow().swell()).isPresent();
        assertThat(ward.rebuilt()).isEqualTo(ward.state);
    }
}
