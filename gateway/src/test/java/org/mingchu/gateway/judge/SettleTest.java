package org.mingchu.gateway.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mingchu.config.Attention;
import org.mingchu.config.Priority;
import org.mingchu.config.Quantity;
import org.mingchu.config.Rule;
import org.mingchu.config.Scope;
import org.mingchu.sensors.ClockState;

import java.time.Duration;
import java.util.Optional;

/** One episode is one alarm; who is on it is called again, and others when nobody comes. */
class SettleTest {
    private static final Rule HIGH = settling(Priority.P2, Attention.SITE);
    private static final Rule URGENT = settling(Priority.P1, Attention.SITE);

    private static Rule settling(Priority priority, Attention attention) {
        var rule =
                Plans.rule("high", Scope.CHILLED, priority, Plans.above(8, 0.5), "10m", "5m")
                        .with(Optional.of(Quantity.TEMPERATURE), attention);
        var delay =
                new Rule.Delay(
                        rule.delay().plain(),
                        Optional.empty(),
                        rule.delay().off(),
                        Duration.ofHours(1));
        return new Rule(
                rule.id(),
                rule.scope(),
                rule.measures(),
                rule.when(),
                delay,
                rule.priority(),
                rule.attention(),
                rule.legal(),
                rule.basis(),
                rule.advice());
    }

    private static Kitchen warm(Rule rule) {
        return Kitchen.of(Plans.fridge(rule)).air(9, 11);
    }

    @Test
    void back_within_the_hour_it_is_the_same_alarm() {
        var kitchen = warm(HIGH).acknowledge().air(4, 6).air(9, 11);

        assertThat(kitchen.told())
                .containsExactly(
                        "11:00 high raised unack-active",
                        "11:00 high acknowledged ack-active",
                        "17:00 high returned normal",
                        "28:00 high re-alarmed unack-active");
        assertThat(kitchen.events()).extracting(AlarmEvent::id).containsOnly(kitchen.last().id());
    }

    @Test
    void an_hour_of_peace_ends_the_episode_and_the_next_one_has_its_own_id() {
        var kitchen = warm(HIGH).acknowledge().air(4, 66).air(9, 11);

        assertThat(kitchen.told())
                .containsExactly(
                        "11:00 high raised unack-active",
                        "11:00 high acknowledged ack-active",
                        "17:00 high returned normal",
                        "77:00 high cleared normal",
                        "88:00 high raised unack-active");
        assertThat(kitchen.last().id()).isNotEqualTo(kitchen.events().getFirst().id());
    }

    @Test
    void settled_means_normal_to_everybody_who_looks() {
        var kitchen = warm(HIGH).acknowledge().air(4, 6);

        assertThat(kitchen.state().openAlarms()).isEmpty();
        assertThat(kitchen.light()).isEqualTo(Light.FINE);
        assertThat(kitchen.sounding()).isEmpty();
    }

    @Test
    void what_nobody_has_seen_stays_and_comes_back_as_the_same_alarm_within_the_hour() {
        assertThat(warm(HIGH).air(4, 30).air(9, 11).told())
                .containsExactly(
                        "11:00 high raised unack-active",
                        "17:00 high returned unack-returned",
                        "52:00 high re-alarmed unack-active");
    }

    @Test
    void what_nobody_has_seen_makes_way_for_another_episode_after_the_hour() {
        var kitchen = warm(HIGH).air(4, 67).air(9, 11);

        assertThat(kitchen.told())
                .containsExactly(
                        "11:00 high raised unack-active",
                        "17:00 high returned unack-returned",
                        "89:00 high cleared normal",
                        "89:00 high raised unack-active");
        assertThat(kitchen.last().id()).isNotEqualTo(kitchen.events().getFirst().id());
        assertThat(kitchen.state().openAlarms()).containsExactly(kitchen.last());
    }

    @Test
    void a_late_word_ends_it_when_the_hour_after_it_is_over() {
        assertThat(warm(HIGH).air(4, 10).acknowledge().passes("3m").told().getLast())
                .isEqualTo("21:00 high acknowledged normal");
        assertThat(warm(HIGH).air(4, 10).acknowledge().air(4, 61).told().getLast())
                .isEqualTo("81:00 high cleared normal");
    }

    @Test
    void a_power_cut_ends_what_was_only_waiting() {
        var kitchen = warm(HIGH).acknowledge().air(4, 6).powerFails("20m", ClockState.SYNCED);

        assertThat(kitchen.air(4).told().getLast()).endsWith("high cleared normal");
    }

    @Test
    void who_is_on_it_is_called_again_after_half_an_hour() {
        var kitchen = warm(HIGH).acknowledge().air(9, 31);

        assertThat(kitchen.told())
                .containsExactly(
                        "11:00 high raised unack-active",
                        "11:00 high acknowledged ack-active",
                        "41:00 high re-alarmed unack-active");
        assertThat(kitchen.sounding()).contains(Priority.P2);
        assertThat(kitchen.acknowledge().air(9, 31).told().getLast())
                .isEqualTo("72:00 high re-alarmed unack-active");
    }

    @Test
    void nobody_is_called_again_while_it_is_coming_back() {
        assertThat(warm(HIGH).acknowledge().air(9, 28).air(4, 4).told())
                .containsExactly(
                        "11:00 high raised unack-active", "11:00 high acknowledged ack-active");
    }

    @Test
    void a_p1_nobody_answers_climbs_to_the_manager_and_the_regulator() {
        var kitchen = warm(URGENT).air(9, 60);

        assertThat(kitchen.told())
                .containsExactly(
                        "11:00 high raised unack-active",
                        "21:00 high escalated unack-active",
                        "41:00 high escalated unack-active");
        assertThat(kitchen.events())
                .extracting(AlarmEvent::attention)
                .containsExactly(Attention.SITE, Attention.MANAGER, Attention.REGULATOR);
    }

    @Test
    void somebody_who_answers_stops_the_climb() {
        assertThat(warm(URGENT).air(9, 5).acknowledge().air(9, 25).told())
                .containsExactly(
                        "11:00 high raised unack-active", "16:00 high acknowledged ack-active");
    }

    @Test
    void a_p2_climbs_nowhere_and_what_asks_for_nobody_is_not_called_again() {
        assertThat(warm(HIGH).air(9, 90).told()).hasSize(1);
        var digest = settling(Priority.P2, Attention.NONE);
        assertThat(warm(digest).acknowledge().air(9, 90).told()).hasSize(2);
    }
}
