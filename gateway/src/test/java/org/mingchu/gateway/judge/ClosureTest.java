package org.mingchu.gateway.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mingchu.config.Attention;
import org.mingchu.config.Hours;
import org.mingchu.config.Plan;
import org.mingchu.config.Priority;
import org.mingchu.config.Quantity;
import org.mingchu.config.Rule;
import org.mingchu.config.Scope;
import org.mingchu.config.Site;
import org.mingchu.sensors.Flag;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * A fridge that warms in a closure as one does that was switched off is asked about once. The
 * kitchen's clock begins on 2026-09-21 at 22:13 in Shanghai.
 */
class ClosureTest {
    private static final Rule.Guard LAST_LINE = new Rule.Guard(false, Optional.empty(), false);
    private static final Rule SOON = high("soon", Priority.P2, 8, "5m", false);
    private static final Rule URGENT = high("urgent", Priority.P1, 12, "15m", false);
    private static final Rule LAST = high("last", Priority.P1, 15, "5m", true);

    private static final LocalDate TODAY = LocalDate.of(2026, 9, 21);

    private static Rule high(String id, Priority priority, double limit, String on, boolean last) {
        var rule =
                Plans.rule(id, Scope.CHILLED, priority, Plans.above(limit, 0.5), on, "5m")
                        .measuring(Quantity.TEMPERATURE);
        return last ? Plans.guarded(rule, LAST_LINE) : rule;
    }

    /** Closed until the night of a day. */
    private static Kitchen closed(LocalDate until, Rule... rules) {
        var hours = new Hours(List.of(), List.of(new Hours.Closure(TODAY, until, "holiday")));
        return Kitchen.of(with(hours, Plans.fridge(rules)));
    }

    private static Plan with(Hours hours, Plan plan) {
        var site = plan.site();
        return new Plan(
                new Site(
                        site.schema(),
                        site.identity(),
                        site.name(),
                        site.kind(),
                        site.timeZone(),
                        site.language(),
                        site.operator(),
                        Optional.of(hours),
                        site.meals(),
                        site.contacts(),
                        site.samplingPeriod(),
                        site.units(),
                        site.lines(),
                        site.broker(),
                        site.coap(),
                        site.video(),
                        site.annunciator(),
                        site.console(),
                        site.platforms(),
                        site.journalBudgetMib()),
                plan.pack(),
                "00");
    }

    private static long calls(Kitchen kitchen) {
        return kitchen.events().stream()
                .filter(event -> event.state() == AlarmState.UNACK_ACTIVE)
                .count();
    }

    private static boolean asks(Kitchen kitchen) {
        return kitchen.glance().asksWhetherStopped(kitchen.last(), kitchen.state(), kitchen.now());
    }

    @Test
    void whoever_has_answered_is_not_called_again() {
        var kitchen = closed(TODAY.plusDays(5), SOON).air(9, 6);
        assertThat(kitchen.sounding()).contains(Priority.P2);
        assertThat(asks(kitchen)).isTrue();

        kitchen.acknowledge().air(12, 120);

        assertThat(calls(kitchen)).isOne();
        assertThat(kitchen.sounding()).isEmpty();
        assertThat(asks(kitchen)).isTrue();
    }

    @Test
    void an_alarm_that_nobody_answers_calls_as_ever() {
        var kitchen = closed(TODAY.plusDays(5), URGENT).air(13, 60);

        assertThat(kitchen.sounding()).contains(Priority.P1);
        assertThat(kitchen.last().attention()).isEqualTo(Attention.REGULATOR);
    }

    @Test
    void what_is_more_urgent_has_nothing_to_add() {
        var kitchen = closed(TODAY.plusDays(5), SOON, URGENT).air(9, 6).acknowledge().air(13, 60);

        assertThat(kitchen.last().rule()).isEqualTo("urgent");
        assertThat(kitchen.last().state()).isEqualTo(AlarmState.UNACK_ACTIVE);
        assertThat(kitchen.last().attention()).isNotEqualTo(Attention.REGULATOR);
        assertThat(kitchen.sounding()).isEmpty();
    }

    @Test
    void the_last_line_of_defence_sounds_all_the_same() {
        var kitchen = closed(TODAY.plusDays(5), SOON, LAST).air(9, 6).acknowledge().air(16, 6);

        assertThat(kitchen.last().rule()).isEqualTo("last");
        assertThat(kitchen.sounding()).contains(Priority.P1);
    }

    @Test
    void one_that_cools_was_not_switched_off() {
        var kitchen = closed(TODAY.plusDays(5), SOON).air(10, 6).acknowledge().air(9.5, 31);

        assertThat(calls(kitchen)).isEqualTo(2);
        assertThat(kitchen.sounding()).contains(Priority.P2);
        assertThat(asks(kitchen)).isTrue();
    }

    @Test
    void it_is_asked_again_when_somebody_is_back() {
        // 106 minutes to midnight
        var kitchen = closed(TODAY, SOON).air(9, 6).acknowledge().air(12, 100);
        assertThat(calls(kitchen)).isOne();

        kitchen.air(12, 2);

        assertThat(calls(kitchen)).isEqualTo(2);
        assertThat(kitchen.sounding()).contains(Priority.P2);
        assertThat(asks(kitchen)).isFalse();
    }

    @Test
    void what_was_answered_before_the_closure_calls_again_in_it() {
        // 106 minutes to midnight, when it begins
        var from = TODAY.plusDays(1);
        var holiday = new Hours.Closure(from, from.plusDays(5), "holiday");
        var kitchen = Kitchen.of(with(new Hours(List.of(), List.of(holiday)), Plans.fridge(SOON)));
        kitchen.air(9, 6).acknowledge().air(12, 28);
        assertThat(calls(kitchen)).isOne();

        kitchen.passes("73m").air(12, 2);

        assertThat(calls(kitchen)).isEqualTo(2);
    }

    @Test
    void an_answered_alarm_about_the_cold_answers_none_about_the_warmth() {
        var kitchen = closed(TODAY.plusDays(5), SOON, Plans.CHILLED_LOW).air(-3, 40).acknowledge();
        assertThat(kitchen.last().rule()).isEqualTo(Plans.CHILLED_LOW.id());
        assertThat(asks(kitchen)).isFalse();

        kitchen.air(9, 6);

        assertThat(kitchen.sounding()).contains(Priority.P2);
    }

    @Test
    void an_unproven_sender_answers_nothing() {
        var kitchen = closed(TODAY.plusDays(5), SOON).air(9, 6).acknowledge();
        for (var i = 0; i < 40; i++) {
            kitchen.passes("1m").air(12, Flag.UNAUTHENTICATED);
        }
        assertThat(calls(kitchen)).isEqualTo(2);
    }

    @Test
    void on_an_ordinary_day_nobody_is_asked() {
        var kitchen = Kitchen.of(Plans.fridge(SOON)).air(9, 6);

        assertThat(asks(kitchen)).isFalse();
        assertThat(calls(kitchen.acknowledge().air(12, 31))).isEqualTo(2);
    }
}
