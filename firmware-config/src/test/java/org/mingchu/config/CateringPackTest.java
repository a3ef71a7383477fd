package org.mingchu.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** The rules that are installed, held against their sources. */
class CateringPackTest {
    private static final RulePack PACK = pack();

    @ParameterizedTest
    @CsvSource({
        "chilled-high,        chilled,       8000,  500, 10m, 5m,  P2, site,      true",
        "chilled-low,         chilled,          0,  500, 30m, 5m,  P3, site,      true",
        "sample-fridge-high,  sample-fridge, 8000,  500, 10m, 5m,  P1, manager,   true",
        "sample-fridge-low,   sample-fridge,    0,  500, 10m, 5m,  P2, site,      true",
        "freezer-high,        freezer,     -12000, 1000, 30m, 5m,  P2, site,      true",
        "freezer-high-high,   freezer,      -5000, 1000, 1h,  5m,  P1, manager,   false",
        "hot-holding-low,     hot-holding,  60000, 1000, 15m, 2m,  P2, site,      true"
    })
    void a_limit_is_the_one_of_the_table_of_rules(
            String id,
            String scope,
            long limitMilli,
            long deadbandMilli,
            String plain,
            String off,
            String priority,
            String attention,
            boolean legal) {
        var rule = rule(id);

        assertThat(rule.scope().word()).isEqualTo(scope);
        assertThat(rule.measures()).contains(Quantity.TEMPERATURE);
        assertThat(rule.when())
                .isEqualTo(
                        id.endsWith("-low")
                                ? new Condition.Below(limitMilli, deadbandMilli)
                                : new Condition.Above(limitMilli, deadbandMilli));
        assertThat(Times.text(rule.delay().plain())).isEqualTo(plain);
        assertThat(Times.text(rule.delay().off())).isEqualTo(off);
        assertThat(rule.priority().word()).isEqualTo(priority);
        assertThat(rule.attention().word()).isEqualTo(attention);
        assertThat(rule.legal()).isEqualTo(legal);
    }

    @ParameterizedTest
    @CsvSource({
        "door-open,     any,     5m,  10s, P3, site",
        "door-open-long, any,    15m, 10s, P2, site",
        "mains-lost,    any,     1m,  1m,  P2, site",
        "smoke,         any,     0s,  10s, P1, site",
        "gas,           any,     0s,  10s, P1, site",
        "water-leak,    any,     5s,  1m,  P2, site",
        "sensor-silent, any,     0s,  0s,  P2, site",
        "chilled-warming,         chilled, 10m, 5m, P2, site",
        "sample-fridge-warming,   sample-fridge, 4m, 5m, P2, site",
        "sample-fridge-left-open, sample-fridge, 0s, 5m, P2, site",
        "freezer-warming,         freezer, 5m, 5m, P2, site",
        "freezer-defrost-overdue, freezer, 1h, 0s, P3, site",
        "chilled-drift,           chilled, 1h, 1h, P3, site",
        "sample-fridge-drift,     sample-fridge, 1h, 1h, P3, site",
        "freezer-drift,           freezer, 1h, 1h, P3, site",
        "sensor-fault,  any,     0s,  10m, P2, site",
        "camera-lost,   camera,  3m,  1m,  P3, site",
        "uplink-lost,   gateway, 15m, 2m,  P3, none",
        "clock-unsure,  gateway, 1m,  0s,  P3, none",
        "storage,       gateway, 0s,  0s,  P2, manager",
        "storage-low,   gateway, 10m, 10m, P3, manager",
        "drill,         gateway, 0s,  10m, P1, site"
    })
    void a_rule_without_a_limit_is_the_one_of_the_table_of_rules(
            String id, String scope, String plain, String off, String priority, String attention) {
        var rule = rule(id);

        assertThat(rule.scope().word()).isEqualTo(scope);
        assertThat(Times.text(rule.delay().plain())).isEqualTo(plain);
        assertThat(Times.text(rule.delay().off())).isEqualTo(off);
        assertThat(rule.priority().word()).isEqualTo(priority);
        assertThat(rule.attention().word()).isEqualTo(attention);
        assertThat(rule.legal()).isFalse();
    }

    @Test
    void where_it_is_known_when_a_chilled_cabinet_defrosts_its_warming_is_told_sooner() {
        assertThat(rule("chilled-warming").delay().defrostKnown()).contains(Duration.ofMinutes(5));
    }

    @Test
    void the_store_has_a_rule_for_a_record_at_risk_and_one_for_little_room() {
        assertThat(rule("storage").when()).isEqualTo(new Condition.StorageLost());
        assertThat(rule("storage-low").when()).isEqualTo(new Condition.StorageLow());
    }

    @Test
    void what_nobody_can_mend_at_night_sounds_again_once_a_shift() {
        assertThat(rule("freezer-stuck").delay().again()).contains(Duration.ofHours(12));
        assertThat(rule("freezer-high").delay().again()).isEmpty();
        assertThat(rule("clock-unsure").when()).isEqualTo(new Condition.ClockUnsure());
    }

    @Test
    void the_warning_before_a_limit_names_the_limit() {
        assertThat(rule("freezer-warming").when())
                .isEqualTo(new Condition.NotCooling("freezer-high", Duration.ofHours(3)));
        assertThat(rule("chilled-warming").when())
                .isEqualTo(new Condition.NotCooling("chilled-high", Duration.ofHours(2)));
        assertThat(rule("sample-fridge-warming").when())
                .isEqualTo(new Condition.NotCooling("sample-fridge-high", Duration.ofHours(2)));
        assertThat(rule("freezer-defrost-overdue").when())
                .isEqualTo(new Condition.DefrostOverdue(150));
    }

    @Test
    void samples_go_in_within_two_minutes() {
        assertThat(rule("sample-fridge-left-open").when())
                .isEqualTo(new Condition.LeftOpen(Duration.ofMinutes(3)));
    }

    @ParameterizedTest
    @CsvSource({
        "chilled-hour,     chilled,      0s, 30m, P1, manager, false",
        "chilled-product,  chilled,     10m, 5m, P1, manager, false",
        "hot-holding-time, hot-holding,  0s, 0s, P1, manager, true",
        "danger-soon,      any,          0s, 0s, P3, site,    false",
        "danger-over,      any,          0s, 0s, P1, manager, true",
        "cooling-late,     any,          0s, 0s, P2, site,    false",
        "cooling-failed,   any,          0s, 0s, P2, manager, true",
        "cycle-steam,      disinfection, 0s, 0s, P2, site,    true",
        "cycle-infrared,   disinfection, 0s, 0s, P2, site,    true",
        "cycle-dishwasher, disinfection, 0s, 0s, P2, site,    true",
        "no-cycle,         disinfection, 0s, 0s, P2, site,    false",
        "chilled-leap,     chilled,      0s, 30m, P2, site,   false",
        "freezer-leap,     freezer,      0s, 30m, P2, site,   false",
        "sample-leap,      sample-fridge, 0s, 30m, P2, site,  false",
        "chilled-swapped,  chilled,     30m, 30m, P3, site,   false",
        "freezer-swapped,  freezer,     30m, 30m, P3, site,   false",
        "sample-swapped,   sample-fridge, 30m, 30m, P3, site, false",
        "chilled-stuck,    chilled,      0s, 0s, P2, site,    false",
        "freezer-stuck,    freezer,      0s, 0s, P2, site,    false",
        "sample-stuck,     sample-fridge, 0s, 0s, P2, site,   false",
        "hot-holding-stuck, hot-holding, 0s, 0s, P2, site,    false"
    })
    void a_rule_that_counts_time_is_the_one_of_the_table_of_rules(
            String id,
            String scope,
            String plain,
            String off,
            String priority,
            String attention,
            boolean legal) {
        var rule = rule(id);

        assertThat(rule.scope().word()).isEqualTo(scope);
        assertThat(rule.measures()).contains(Quantity.TEMPERATURE);
        assertThat(Times.text(rule.delay().plain())).isEqualTo(plain);
        assertThat(Times.text(rule.delay().off())).isEqualTo(off);
        assertThat(rule.priority().word()).isEqualTo(priority);
        assertThat(rule.attention().word()).isEqualTo(attention);
        assertThat(rule.legal()).isEqualTo(legal);
    }

    @Test
    void the_clocks_over_food_have_the_times_of_the_table_of_rules() {
        assertThat(rule("chilled-hour").when())
                .isEqualTo(
                        new Condition.Cumulative(
                                new Condition.Above(8_000, 500),
                                Duration.ofMinutes(60),
                                Optional.of(Duration.ofHours(24)),
                                Optional.empty()));
        assertThat(rule("hot-holding-time").when())
                .isEqualTo(
                        new Condition.Cumulative(
                                new Condition.Below(60_000, 1_000),
                                Duration.ofHours(2),
                                Optional.empty(),
                                Optional.of(new Condition.Rest(40_000, Duration.ofMinutes(15)))));
        assertThat(rule("danger-soon").when())
                .isEqualTo(new Condition.Danger(8_000, 60_000, Duration.ofMinutes(90)));
        assertThat(rule("danger-over").when())
                .isEqualTo(new Condition.Danger(8_000, 60_000, Duration.ofHours(2)));
        assertThat(rule("chilled-product").when())
                .isEqualTo(new Condition.ProductAbove(8_000, 500));
    }

    @Test
    void cooling_has_two_legs_and_is_foretold_at_three_quarters() {
        var first = new Condition.Leg(21_000, Duration.ofHours(2));
        var then = new Condition.Leg(8_000, Duration.ofHours(2));

        assertThat(rule("cooling-failed").when())
                .isEqualTo(new Condition.Cooling(60_000, first, then, OptionalInt.empty()));
        assertThat(rule("cooling-late").when())
                .isEqualTo(new Condition.Cooling(60_000, first, then, OptionalInt.of(75)));
    }

    @Test
    void each_way_to_disinfect_has_its_heat_and_its_time() {
        var ten = Duration.ofMinutes(10);

        assertThat(rule("cycle-steam").when())
                .isEqualTo(new Condition.Cycle(Disinfection.STEAM, 100_000, ten, 80_000));
        assertThat(rule("cycle-infrared").when())
                .isEqualTo(new Condition.Cycle(Disinfection.INFRARED, 120_000, ten, 90_000));
        assertThat(rule("cycle-dishwasher").when())
                .isEqualTo(
                        new Condition.Cycle(
                                Disinfection.DISHWASHER, 85_000, Duration.ofSeconds(40), 70_000));
        assertThat(rule("no-cycle").when())
                .isEqualTo(new Condition.NoCycle(Duration.ofMinutes(30)));
    }

    @Test
    void a_leap_and_a_standstill_are_no_temperature() {
        assertThat(rule("freezer-leap").when())
                .isEqualTo(new Condition.Leap(10_000, Duration.ofMinutes(1)));
        assertThat(rule("freezer-swapped").when())
                .isEqualTo(new Condition.Swapped(5_000, Duration.ofHours(24)));
        assertThat(rule("freezer-stuck").when())
                .isEqualTo(new Condition.Stuck(Duration.ofHours(6)));
    }

    @Test
    void a_leak_is_told_by_a_kelvin_a_week_or_a_quarter_more_running() {
        assertThat(rule("freezer-drift").when()).isEqualTo(new Condition.Drift(1000, 20));
        assertThat(rule("chilled-drift").when()).isEqualTo(new Condition.Drift(1000, 20));
    }

    @Test
    void quality_is_for_the_digest_and_asks_for_nobody() {
        assertThat(rule("freezer-quality").attention()).isEqualTo(Attention.NONE);
    }

    @Test
    void each_level_of_a_camera_has_its_rules() {
        assertThat(rule("camera-lost").when()).isEqualTo(Condition.Camera.lost());
        assertThat(rule("cameras-lost").when()).isEqualTo(camera(CameraVerdict.NETWORK_LOST));
        assertThat(rule("link-lost").when()).isEqualTo(camera(CameraVerdict.LINK_LOST));
        assertThat(rule("camera-picture").when())
                .isEqualTo(
                        camera(
                                CameraVerdict.NO_PICTURE,
                                CameraVerdict.FROZEN,
                                CameraVerdict.BLACK,
                                CameraVerdict.COVERED));
        assertThat(rule("camera-unregistered").when())
                .isEqualTo(camera(CameraVerdict.UNREGISTERED, CameraVerdict.HEARTBEAT_LOST));
        assertThat(rule("camera-recording-short").when())
                .isEqualTo(
                        new Condition.Camera(
                                Set.of(CameraVerdict.RECORDING_SHORT),
                                Optional.of(Duration.ofDays(30))));
        assertThat(rule("camera-blurred").attention()).isEqualTo(Attention.NONE);
        assertThat(rule("camera-clock").attention()).isEqualTo(Attention.NONE);
    }

    private static Condition camera(CameraVerdict... verdicts) {
        return new Condition.Camera(Set.of(verdicts), Optional.empty());
    }

    @Test
    void a_battery_is_told_of_below_fifteen_percent() {
        assertThat(rule("battery-low").when()).isEqualTo(new Condition.Below(15_000, 5_000));
    }

    @Test
    void nothing_else_is_in_the_pack() {
        assertThat(PACK.rules()).hasSize(64);
        assertThat(PACK.legal()).isTrue();
        assertThat(PACK.version()).isEqualTo("1.11.0");
    }

    @Test
    void a_freezer_s_own_defrost_does_not_trip_its_last_line_of_defence() {
        // Recorded: an upright freezer whose defrosts keep the air above -5 ℃ for up to 25 minutes,
        // with peaks of +8.4 ℃. No limit below the peak helps, so the time must.
        var rule = rule("freezer-high-high");

        assertThat(rule.delay().plain()).isGreaterThanOrEqualTo(Duration.ofMinutes(2 * 25));
        assertThat(rule.delay().defrostKnown()).isEmpty();
    }

    @Test
    void every_rule_says_what_it_rests_on_and_none_claims_to_be_verified() {
        assertThat(PACK.rules())
                .allSatisfy(rule -> assertThat(rule.basis()).isPresent())
                .extracting(rule -> rule.basis().orElseThrow().mark())
                .containsOnly("unverified");
    }

    @ParameterizedTest
    @ValueSource(strings = {"zh-CN", "en"})
    void every_advice_key_has_a_text_and_no_text_is_left_over(String language) {
        var advice = advice(language);
        var keys = new HashSet<String>();
        PACK.rules().forEach(rule -> keys.add(rule.advice()));

        assertThat(advice.language()).isEqualTo(language);
        assertThat(advice.byKey()).containsOnlyKeys(keys);
        assertThat(advice.byKey().values())
                .allSatisfy(text -> assertThat(text.steps()).isNotEmpty());
    }

    private static Rule rule(String id) {
        return PACK.rules().stream().filter(r -> r.id().equals(id)).findFirst().orElseThrow();
    }

    private static Advice advice(String language) {
        return Fixture.good(
                        AdviceReader.read(
                                Fixture.INSTALLED.resolve("advice/" + language + ".toml")))
                .value();
    }

    private static RulePack pack() {
        var site = Fixture.INSTALLED.resolve(Path.of("samples", "mini.toml"));
        return Fixture.good(PlanReader.read(site, Fixture.RULES)).value().pack();
    }
}
