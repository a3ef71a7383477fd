package org.mingchu.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;

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
        "sensor-silent, any,     0s,  0s,  P2, site",
        "chilled-warming,         chilled, 10m, 5m, P2, site",
        "freezer-warming,         freezer, 5m, 5m, P2, site",
        "freezer-defrost-overdue, freezer, 1h, 0s, P3, site",
        "chilled-drift,           chilled, 1h, 1h, P3, site",
        "freezer-drift,           freezer, 1h, 1h, P3, site",
        "sensor-fault,  any,     0s,  0s,  P2, site",
        "camera-lost,   camera,  3m,  1m,  P3, site",
        "uplink-lost,   gateway, 15m, 2m,  P3, site",
        "storage,       gateway, 0s,  0s,  P2, manager",
        "storage-low,   gateway, 10m, 10m, P3, manager"
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
    void the_store_has_a_rule_for_a_record_at_risk_and_one_for_little_room() {
        assertThat(rule("storage").when()).isEqualTo(new Condition.StorageLost());
        assertThat(rule("storage-low").when()).isEqualTo(new Condition.StorageLow());
    }

    @Test
    void the_warning_before_a_limit_names_the_limit() {
        assertThat(rule("freezer-warming").when())
                .isEqualTo(new Condition.NotCooling("freezer-high", Duration.ofHours(3)));
        assertThat(rule("chilled-warming").when())
                .isEqualTo(new Condition.NotCooling("chilled-high", Duration.ofHours(2)));
        assertThat(rule("freezer-defrost-overdue").when())
                .isEqualTo(new Condition.DefrostOverdue(150));
    }

    @Test
    void a_leak_is_told_by_a_kelvin_a_week_or_a_quarter_more_running() {
        assertThat(rule("freezer-drift").when()).isEqualTo(new Condition.Drift(1000, 25));
        assertThat(rule("chilled-drift").when()).isEqualTo(new Condition.Drift(1000, 25));
    }

    @Test
    void quality_is_for_the_digest_and_asks_for_nobody() {
        assertThat(rule("freezer-quality").attention()).isEqualTo(Attention.NONE);
    }

    @Test
    void nothing_else_is_in_the_pack() {
        assertThat(PACK.rules()).hasSize(20);
        assertThat(PACK.legal()).isTrue();
        assertThat(PACK.version()).isEqualTo("1.4.0");
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
