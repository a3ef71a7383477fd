package org.mingchu.gateway.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mingchu.config.UnitKind;
import org.mingchu.gateway.Proof;
import org.mingchu.simulator.Fridge;

import java.util.List;

/** A slow leak is told days ahead, and a unit that is well tells nothing of the kind. */
class DriftTest {
    private static final int BEGINS = 20;

    private static Ward freezer(Fridge fridge, int seed) {
        return new Ward(UnitKind.FREEZER, new Cabinet(fridge, seed));
    }

    private static double day(Ward ward, String rule) {
        return ward.rang.stream()
                .filter(r -> r.rule().equals(rule) && r.minute() > BEGINS * 1440)
                .mapToDouble(r -> r.minute() / 1440)
                .findFirst()
                .orElse(Double.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.03, 0.05})
    void a_leak_of_refrigerant_is_told_a_day_before_the_limit(double percentADay) {
        for (var fridge : List.of(Fridge.freezer("u"), Fridge.uprightFreezer("u"))) {
            var ward = freezer(fridge, 1).days(BEGINS);
            for (var hour = 0; hour < 24 * 30 && day(ward, "freezer-high") > 1e9; hour++) {
                ward.cabinet.power = Math.max(0, ward.cabinet.power - percentADay / 24);
                ward.minutes(60);
            }
            assertThat(day(ward, "freezer-drift")).isLessThan(day(ward, "freezer-high") - 1);
        }
    }

    @Test
    void a_seal_that_leaks_a_third_more_is_told_within_a_week() {
        var ward = freezer(Fridge.uprightFreezer("u"), 2).days(BEGINS);
        ward.cabinet.leak = 1.5;

        assertThat(day(ward.days(7), "freezer-drift")).isLessThan(BEGINS + 7);
    }

    @Test
    void a_unit_that_is_well_tells_nothing_through_the_seasons() {
        // 20 unit-years with -Pproof
        for (var seed = 1; seed <= Proof.pick(1, 1, 7); seed++) {
            for (var fridge :
                    List.of(Fridge.freezer("u"), Fridge.uprightFreezer("u"), Fridge.chilled("u"))) {
                var kind = fridge.thermostat().target() > 0 ? UnitKind.CHILLED : UnitKind.FREEZER;
                var ward = new Ward(kind, new Cabinet(fridge, seed));
                ward.cabinet.season = 6;
                ward.days(Proof.pick(30, 365, 365));
                assertThat(ward.rang).noneMatch(r -> r.rule().endsWith("-drift"));
                assertThat(ward.trace().now().orElseThrow().effort().days()).hasSizeGreaterThan(20);
            }
        }
    }

    @Test
    void a_thermostat_turned_and_a_closure_are_no_leak() {
        Proof.notInShort();
        for (var turned : List.of(-2.0, 2.0)) {
            var ward = freezer(Fridge.freezer("u"), 3).days(BEGINS);
            ward.cabinet.turned = turned;
            assertThat(day(ward.days(10), "freezer-drift")).isEqualTo(Double.MAX_VALUE);
        }
        var ward = freezer(Fridge.freezer("u"), 3).days(10);
        ward.cabinet.closed = true;
        ward.days(12);
        ward.cabinet.closed = false;
        assertThat(day(ward.days(8), "freezer-drift")).isEqualTo(Double.MAX_VALUE);
    }
}
