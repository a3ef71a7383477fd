package org.mingchu.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mingchu.config.Attention;
import org.mingchu.config.Priority;
import org.mingchu.gateway.judge.AlarmChange;
import org.mingchu.gateway.judge.AlarmEvent;
import org.mingchu.gateway.judge.AlarmId;
import org.mingchu.gateway.judge.AlarmState;
import org.mingchu.gateway.judge.SeqRange;
import org.mingchu.gateway.keep.Window;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What is counted of the steps of alarms. Times are minutes of a window of seven days. */
final class AlarmLoadTest {
    private static final KitchenTime TIME = new KitchenTime(ZoneId.of("Asia/Shanghai"));
    private static final long FROM_MS = Instant.parse("2026-11-01T16:00:00Z").toEpochMilli();
    private static final long TO_MS = FROM_MS + Duration.ofDays(7).toMillis();
    private static final int DAY = 24 * 60;

    private final AlarmLoad load = new AlarmLoad(new Window(FROM_MS, TO_MS), TIME);

    @Test
    void who_calls_most_comes_first_with_the_share_of_all_and_of_those_before() {
        calls("fridge-1", 5);
        calls("fridge-2", 1);
        calls("freezer-1", 2);

        assertThat(load.worst())
                .extracting(rank -> rank.actor().key().subject())
                .containsExactly("fridge-1", "freezer-1", "fridge-2");
        assertThat(load.worst())
                .extracting(AlarmLoad.Rank::share)
                .containsExactly(6_250L, 2_500L, 1_250L);
        assertThat(load.worst())
                .extracting(AlarmLoad.Rank::cumulated)
                .containsExactly(6_250L, 8_750L, 10_000L);
    }

    @Test
    void two_rules_at_one_subject_are_two_actors() {
        step(10, "fridge-1", "high", AlarmChange.RAISED);
        step(10, "fridge-1", "door", AlarmChange.RAISED);

        assertThat(load.actors())
                .extracting(actor -> actor.key().rule())
                .containsExactly("door", "high");
    }

    @Test
    void ten_are_listed_and_beyond_them_only_what_stands_stale() {
        for (var i = 10; i < 22; i++) {
            calls("fridge-" + i, 3);
        }
        step(-DAY, "camera-1", "rule", AlarmChange.RAISED);

        assertThat(load.actors()).hasSize(13);
        assertThat(load.worst()).hasSize(11);
        var last = load.worst().getLast();
        assertThat(last.actor().key().subject()).isEqualTo("camera-1");
        assertThat(last.actor().calls()).isZero();
        assertThat(last.place()).isEqualTo(13);
        assertThat(last.share()).isZero();
    }

    @Test
    void an_alarm_that_is_back_within_an_hour_of_its_return_chatters() {
        step(0, AlarmChange.RAISED);
        step(10, AlarmChange.RETURNED);
        step(70, AlarmChange.RE_ALARMED);
        step(80, AlarmChange.RETURNED);
        step(141, AlarmChange.RAISED);

        assertThat(only().raised()).isEqualTo(2);
        assertThat(only().reAlarmed()).isEqualTo(1);
        assertThat(only().calls()).isEqualTo(3);
        assertThat(only().chattered()).isEqualTo(1);
    }

    @Test
    void an_alarm_that_sounds_again_while_it_holds_does_not_chatter_and_stands_on() {
        step(0, AlarmChange.RAISED);
        step(5, AlarmChange.ACKNOWLEDGED);
        step(35, AlarmChange.RE_ALARMED);
        step(50, AlarmChange.ACKNOWLEDGED);
        step(90, AlarmChange.RETURNED);

        assertThat(only().chattered()).isZero();
        assertThat(only().reAlarmed()).isEqualTo(1);
        assertThat(only().stoodMs()).hasValue(minutes(90));
        assertThat(only().answeredMs()).as("of 5 and 15 the shorter one").hasValue(minutes(5));
    }

    @Test
    void whoever_comes_after_the_return_still_answers_the_first_call() {
        step(0, AlarmChange.RAISED);
        step(10, AlarmChange.RETURNED);
        step(30, AlarmChange.RE_ALARMED);
        step(40, AlarmChange.ACKNOWLEDGED);

        assertThat(only().answeredMs()).hasValue(minutes(40));
        assertThat(only().unansweredSinceMs()).isEmpty();
        assertThat(only().standingSinceMs()).contains(FROM_MS + minutes(30));
    }

    @Test
    void the_median_is_of_the_middle() {
        for (var i = 1; i <= 5; i++) {
            step(i * 200, AlarmChange.RAISED);
            step(i * 200 + i, AlarmChange.ACKNOWLEDGED);
            step(i * 200 + i * i, AlarmChange.RETURNED);
        }

        assertThat(only().answeredMs()).hasValue(minutes(3));
        assertThat(only().stoodMs()).hasValue(minutes(9));
    }

    @Test
    void what_stands_for_more_than_a_day_is_stale_whether_it_ended_or_not() {
        step(0, AlarmChange.RAISED);
        step(DAY, AlarmChange.RETURNED);
        assertThat(only().stale()).as("a day is no more than a day").isZero();

        step(2 * DAY, AlarmChange.RAISED);
        step(3 * DAY + 1, AlarmChange.RETURNED);
        step(5 * DAY, AlarmChange.RAISED);

        assertThat(only().stale()).isEqualTo(2);
        assertThat(only().standingSinceMs()).contains(FROM_MS + minutes(5 * DAY));
        assertThat(only().unansweredSinceMs()).contains(FROM_MS + minutes(5 * DAY));
    }

    @Test
    void what_is_put_aside_no_longer_stands_and_waits_for_nobody() {
        step(0, AlarmChange.RAISED);
        step(20, AlarmChange.SHELVED);
        step(2 * DAY, AlarmChange.UNSHELVED);

        assertThat(only().stoodMs()).hasValue(minutes(20));
        assertThat(only().stale()).isZero();
        assertThat(only().standingSinceMs()).isEmpty();
        assertThat(only().unansweredSinceMs()).isEmpty();
    }

    @Test
    void an_end_that_nobody_heard_is_no_length() {
        step(0, AlarmChange.RAISED);
        step(3 * DAY, AlarmChange.RAISED);
        step(3 * DAY + 8, AlarmChange.RETURNED);

        assertThat(only().stale()).isZero();
        assertThat(only().stoodMs()).hasValue(minutes(8));
    }

    @Test
    void what_called_before_the_window_is_no_load_and_is_known_to_stand() {
        step(-DAY, AlarmChange.RAISED);
        step(-DAY + 5, AlarmChange.ACKNOWLEDGED);
        step(10, AlarmChange.RETURNED);
        step(20, AlarmChange.RAISED);
        step(25, AlarmChange.RETURNED);

        assertThat(only().calls()).isEqualTo(1);
        assertThat(only().chattered()).isEqualTo(1);
        assertThat(only().stale()).isEqualTo(1);
        assertThat(only().answeredMs()).isEmpty();
        assertThat(only().stoodMs()).as("of 5 and 1450 the shorter one").hasValue(minutes(5));
    }

    @Test
    void what_is_over_before_the_window_or_comes_after_it_is_not_there() {
        step(-2 * DAY, AlarmChange.RAISED);
        step(-10, AlarmChange.RETURNED);
        step(7 * DAY, "fridge-2", "rule", AlarmChange.RAISED);

        assertThat(load.actors()).isEmpty();
        assertThat(load.days()).isEmpty();
    }

    @Test
    void the_days_are_the_kitchens() {
        step(DAY - 1, AlarmChange.RAISED);
        step(DAY, AlarmChange.RE_ALARMED);
        step(DAY + 1, AlarmChange.RE_ALARMED);
        step(DAY + 2, AlarmChange.ESCALATED);

        assertThat(load.days())
                .containsExactly(
                        Map.entry(LocalDate.of(2026, 11, 2), 1),
                        Map.entry(LocalDate.of(2026, 11, 3), 2));
    }

    @Test
    void a_record_that_begins_within_the_window_is_not_made_out_calmer() {
        calls("fridge-1", 6);

        assertThat(load.perDay(0)).isEqualByComparingTo("0.9");
        assertThat(load.perDay(TO_MS - minutes(2 * DAY))).isEqualByComparingTo("3");
        assertThat(load.perDay(TO_MS - minutes(60))).as("an hour").isEqualByComparingTo("6");
    }

    @Test
    void a_call_that_has_the_cause_of_another_one_is_its_consequence() {
        load.take(FROM_MS, event("fridge-1", "rule", AlarmChange.RAISED, true));
        step(200, AlarmChange.RAISED);

        assertThat(only().consequences()).isEqualTo(1);
    }

    private void calls(String subject, int n) {
        for (var i = 0; i < n; i++) {
            step(i * 200, subject, "rule", AlarmChange.RAISED);
            step(i * 200 + 10, subject, "rule", AlarmChange.RETURNED);
        }
    }

    private void step(int minute, AlarmChange change) {
        step(minute, "fridge-1", "rule", change);
    }

    private void step(int minute, String subject, String rule, AlarmChange change) {
        load.take(FROM_MS + minutes(minute), event(subject, rule, change, false));
    }

    private BadActor only() {
        assertThat(load.actors()).hasSize(1);
        return load.actors().getFirst();
    }

    private static long minutes(int n) {
        return Duration.ofMinutes(n).toMillis();
    }

    private static AlarmEvent event(
            String subject, String rule, AlarmChange change, boolean consequence) {
        var id = AlarmId.of("epoch", subject, rule, 1);
        return new AlarmEvent(
                id,
                subject,
                Optional.of("unit"),
                rule,
                "pack",
                "1.0.0",
                false,
                Optional.empty(),
                Priority.P2,
                Attention.SITE,
                change,
                AlarmState.NORMAL,
                OptionalLong.of(9_000),
                OptionalLong.of(8_000),
                Optional.of("Cel"),
                new Moment("a", 0, FROM_MS, ClockState.SYNCED, 0),
                new SeqRange(1, 1),
                Optional.empty(),
                Optional.empty(),
                consequence ? Optional.of(id) : Optional.empty(),
                OptionalLong.empty());
    }
}
