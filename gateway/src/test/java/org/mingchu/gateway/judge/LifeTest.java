package org.mingchu.gateway.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mingchu.config.Quantity;
import org.mingchu.config.UnitKind;
import org.mingchu.gateway.judge.Life.Trigger;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The life of an alarm: raised, acknowledged, returned, cleared; and its identity. */
class LifeTest {
    private static Kitchen warm() {
        return Kitchen.of(Plans.fridge(Plans.CHILLED_HIGH)).air(8.1, 11);
    }

    private static String next(AlarmState from, Trigger trigger) {
        return String.join(
                ", ",
                Life.next(from, trigger).stream()
                        .map(step -> step.change().word() + " " + step.state().word())
                        .toList());
    }

    @Test
    void the_table_is_the_whole_of_isa_18_2_that_can_be_reached() {
        assertThat(next(AlarmState.NORMAL, Trigger.HELD)).isEqualTo("raised unack-active");
        assertThat(next(AlarmState.NORMAL, Trigger.GONE)).isEmpty();
        assertThat(next(AlarmState.NORMAL, Trigger.ACKNOWLEDGED)).isEmpty();
        assertThat(next(AlarmState.UNACK_ACTIVE, Trigger.HELD)).isEmpty();
        assertThat(next(AlarmState.UNACK_ACTIVE, Trigger.GONE))
                .isEqualTo("returned unack-returned");
        assertThat(next(AlarmState.UNACK_ACTIVE, Trigger.ACKNOWLEDGED))
                .isEqualTo("acknowledged ack-active");
        assertThat(next(AlarmState.ACK_ACTIVE, Trigger.HELD)).isEmpty();
        assertThat(next(AlarmState.ACK_ACTIVE, Trigger.GONE)).isEqualTo("returned normal");
        assertThat(next(AlarmState.ACK_ACTIVE, Trigger.AGAIN)).isEqualTo("re-alarmed unack-active");
        assertThat(next(AlarmState.ACK_ACTIVE, Trigger.UNANSWERED)).isEmpty();
        assertThat(next(AlarmState.UNACK_ACTIVE, Trigger.UNANSWERED))
                .isEqualTo("escalated unack-active");
        assertThat(next(AlarmState.UNACK_ACTIVE, Trigger.AGAIN)).isEmpty();
        assertThat(next(AlarmState.NORMAL, Trigger.SETTLED)).isEqualTo("cleared normal");
        for (var state : List.of(AlarmState.UNACK_ACTIVE, AlarmState.ACK_ACTIVE)) {
            assertThat(next(state, Trigger.SETTLED)).isEmpty();
        }
        assertThat(next(AlarmState.UNACK_RETURNED, Trigger.SETTLED)).isEmpty();
        assertThat(next(AlarmState.ACK_ACTIVE, Trigger.ACKNOWLEDGED)).isEmpty();
        assertThat(next(AlarmState.UNACK_RETURNED, Trigger.HELD))
                .isEqualTo("re-alarmed unack-active");
        assertThat(next(AlarmState.UNACK_RETURNED, Trigger.GONE)).isEmpty();
        assertThat(next(AlarmState.UNACK_RETURNED, Trigger.ACKNOWLEDGED))
                .isEqualTo("acknowledged normal");
    }

    @Test
    void what_is_latched_waits_for_a_person_who_has_looked() {
        assertThat(next(AlarmState.UNACK_ACTIVE, Trigger.GONE_LATCHED))
                .isEqualTo("returned latched-unack");
        assertThat(next(AlarmState.ACK_ACTIVE, Trigger.GONE_LATCHED))
                .isEqualTo("returned latched-ack");
        assertThat(next(AlarmState.LATCHED_UNACK, Trigger.ACKNOWLEDGED))
                .isEqualTo("acknowledged latched-ack");
        assertThat(next(AlarmState.LATCHED_ACK, Trigger.RESET)).isEqualTo("reset normal");
        assertThat(next(AlarmState.LATCHED_UNACK, Trigger.RESET)).isEmpty();
        for (var state : List.of(AlarmState.LATCHED_UNACK, AlarmState.LATCHED_ACK)) {
            assertThat(next(state, Trigger.HELD)).isEqualTo("re-alarmed unack-active");
            assertThat(next(state, Trigger.GONE)).isEmpty();
        }
    }

    @Test
    void what_is_hidden_comes_back_by_the_way_it_went() {
        for (var state :
                List.of(AlarmState.NORMAL, AlarmState.UNACK_ACTIVE, AlarmState.ACK_ACTIVE)) {
            assertThat(next(state, Trigger.SUPPRESS)).isEqualTo("suppressed suppressed");
            assertThat(next(state, Trigger.TAKE_OUT)).isEqualTo("out-of-service out-of-service");
        }
        assertThat(next(AlarmState.SUPPRESSED, Trigger.UNSUPPRESS))
                .isEqualTo("unsuppressed normal");
        assertThat(next(AlarmState.OUT_OF_SERVICE, Trigger.PUT_BACK))
                .isEqualTo("in-service normal");
        assertThat(next(AlarmState.ACK_ACTIVE, Trigger.SHELVE)).isEqualTo("shelved shelved");
        assertThat(next(AlarmState.NORMAL, Trigger.SHELVE)).isEmpty();
        assertThat(next(AlarmState.SHELVED, Trigger.UNSHELVE)).isEqualTo("unshelved normal");
        for (var trigger : List.of(Trigger.HELD, Trigger.GONE, Trigger.ACKNOWLEDGED)) {
            assertThat(next(AlarmState.SHELVED, trigger)).isEmpty();
            assertThat(next(AlarmState.SUPPRESSED, trigger)).isEmpty();
            assertThat(next(AlarmState.OUT_OF_SERVICE, trigger)).isEmpty();
        }
    }

    @Test
    void only_the_two_active_states_are_active() {
        assertThat(Stream.of(AlarmState.values()).filter(Life::active))
                .containsExactly(AlarmState.UNACK_ACTIVE, AlarmState.ACK_ACTIVE);
    }

    @Test
    void seen_while_it_lasts_it_clears_by_itself_when_it_has_gone() {
        assertThat(warm().acknowledge().air(4, 6).told())
                .containsExactly(
                        "11:00 chilled-high raised unack-active",
                        "11:00 chilled-high acknowledged ack-active",
                        "17:00 chilled-high returned normal",
                        "17:00 chilled-high cleared normal");
    }

    @Test
    void gone_unseen_it_waits_for_somebody() {
        var fridge = warm().air(4, 60);
        assertThat(fridge.told()).hasSize(2);
        assertThat(fridge.acknowledge().told())
                .endsWith(
                        "71:00 chilled-high acknowledged normal",
                        "71:00 chilled-high cleared normal");
        assertThat(fridge.state().watching()).isEmpty();
    }

    @Test
    void beyond_again_before_anybody_saw_is_the_same_alarm_again() {
        var fridge = warm().air(4, 6).air(8.1, 10);
        assertThat(fridge.told()).hasSize(2);
        fridge.air(8.1, 1);
        assertThat(fridge.told()).endsWith("28:00 chilled-high re-alarmed unack-active");
        assertThat(fridge.events().getFirst().id()).isEqualTo(fridge.last().id());
        assertThat(fridge.last().since().upNs())
                .isEqualTo(fridge.now().upNs() - Plans.time("10m").toNanos());
        assertThat(fridge.air(4, 6).told()).endsWith("34:00 chilled-high returned unack-returned");
    }

    @Test
    void acknowledging_what_has_returned_does_not_end_a_delay_that_runs_again() {
        var fridge = warm().air(4, 6).air(8.1, 8).acknowledge().air(8.1, 3);
        assertThat(fridge.told())
                .containsExactly(
                        "11:00 chilled-high raised unack-active",
                        "17:00 chilled-high returned unack-returned",
                        "25:00 chilled-high acknowledged normal",
                        "25:00 chilled-high cleared normal",
                        "28:00 chilled-high raised unack-active");
        assertThat(fridge.events().getFirst().id()).isNotEqualTo(fridge.last().id());
    }

    @Test
    void acknowledging_during_the_off_delay_does_not_begin_it_anew() {
        assertThat(warm().air(4, 3).acknowledge().air(4, 3).told())
                .endsWith(
                        "17:00 chilled-high returned normal", "17:00 chilled-high cleared normal");
    }

    @Test
    void a_second_acknowledgement_changes_nothing() {
        assertThat(warm().acknowledge().acknowledge().told()).hasSize(2);
    }

    @Test
    void an_acknowledgement_of_an_unknown_or_closed_alarm_changes_nothing() {
        var fridge = warm();
        fridge.acknowledge(AlarmId.of("0000000000000000", "air", "chilled-high", 1));
        assertThat(fridge.told()).hasSize(1);
        fridge.acknowledge().air(4, 6).acknowledge();
        assertThat(fridge.told()).hasSize(4);
    }

    @Test
    void an_acknowledgement_hits_only_its_own_alarm() {
        var kitchen =
                Kitchen.of(Plans.fridge(Plans.CHILLED_HIGH, Plans.SILENT))
                        .air(8.1, 11)
                        .passes("4m");
        assertThat(kitchen.told()).hasSize(2);
        kitchen.acknowledge(kitchen.events().getFirst().id());
        assertThat(kitchen.last().rule()).isEqualTo("chilled-high");
        assertThat(kitchen.last().change()).isEqualTo(AlarmChange.ACKNOWLEDGED);
    }

    @Test
    void each_of_two_alarms_can_be_acknowledged_by_itself() {
        for (var rule : List.of("chilled-high", "sensor-silent")) {
            var kitchen =
                    Kitchen.of(Plans.fridge(Plans.CHILLED_HIGH, Plans.SILENT))
                            .air(8.1, 11)
                            .passes("4m");
            kitchen.acknowledge(kitchen.alarm(rule));
            assertThat(kitchen.last().rule()).isEqualTo(rule);
        }
    }

    @Test
    void an_unknown_alarm_is_not_taken_for_one_that_is_due() {
        var fridge = Kitchen.of(Plans.fridge(Plans.CHILLED_HIGH)).air(8.1, 10);
        var at = fridge.now().before(-Plans.time("61s").toNanos());
        var unknown = AlarmId.of("0000000000000000", "air", "chilled-high", 1);
        var word = new Fact.Acknowledged(unknown, Kitchen.STAFF, Optional.empty());
        var entry = new Entry(Kitchen.EPOCH, fridge.seq() + 1, at, word);
        assertThat(Kitchen.alarms(fridge.judge().apply(fridge.state(), entry)))
                .extracting(AlarmEvent::change)
                .containsExactly(AlarmChange.RAISED);
    }

    @Test
    void who_acknowledged_and_what_they_noted_is_in_the_event_and_nowhere_else() {
        var fridge = warm().acknowledge();
        assertThat(fridge.last().person()).contains(Kitchen.STAFF);
        assertThat(fridge.last().note()).contains("on it");
        fridge.air(4, 6);
        assertThat(fridge.last().person()).isEmpty();
        assertThat(fridge.last().note()).isEmpty();
    }

    @Test
    void the_clearing_after_a_late_acknowledgement_is_nobodys_act() {
        var fridge = warm().air(4, 6).acknowledge();
        var steps = fridge.events().subList(2, 4);
        assertThat(steps.getFirst().person()).contains(Kitchen.STAFF);
        assertThat(steps.getLast().person()).isEmpty();
        assertThat(steps.getLast().note()).isEmpty();
    }

    @Test
    void an_acknowledgement_that_arrives_as_the_alarm_returns_finds_it_returned() {
        // the same entry moment: the off-delay is over when the word is taken
        var fridge = warm().air(4, 5);
        var judge = fridge.judge();
        var at = fridge.now().before(-Plans.time("61s").toNanos());
        var word =
                new Fact.Acknowledged(fridge.last().id(), Kitchen.STAFF, Optional.of("too late"));
        var entry = new Entry(Kitchen.EPOCH, fridge.seq() + 1, at, word);
        assertThat(Kitchen.alarms(judge.apply(fridge.state(), entry)))
                .extracting(AlarmEvent::change)
                .containsExactly(
                        AlarmChange.RETURNED, AlarmChange.ACKNOWLEDGED, AlarmChange.CLEARED);
    }

    @Test
    void when_it_was_raised_is_remembered_through_its_whole_life() {
        var fridge = warm();
        var raised = fridge.now();
        fridge.acknowledge().air(8.1, 20);
        var key = new State.Key("air", "chilled-high");
        assertThat(fridge.watching(key).open().orElseThrow().raisedAt()).isEqualTo(raised);
    }

    @Test
    void what_a_new_plan_does_not_watch_returns() {
        var other = Plans.fridge(Plans.CHILLED_LOW, Plans.SILENT);
        var unseen = warm().replan(other);
        assertThat(unseen.told()).endsWith("11:00 chilled-high returned unack-returned");
        assertThat(unseen.last().evidence().to()).isEqualTo(unseen.seq() - 1);
        assertThat(unseen.acknowledge().told()).hasSize(4);
        var seen = warm().acknowledge().replan(other);
        assertThat(seen.told()).endsWith("11:00 chilled-high cleared normal");
        assertThat(seen.state().watching()).isEmpty();
    }

    @Test
    void a_new_plan_that_still_watches_changes_nothing() {
        var fridge = warm().replan(Plans.fridge(Plans.CHILLED_HIGH, Plans.CHILLED_LOW));
        assertThat(fridge.told()).hasSize(1);
        assertThat(fridge.state().heard()).hasSize(1);
    }

    @Test
    void a_new_plan_forgets_what_it_does_not_know() {
        var sensor = Plans.sensor("other", Quantity.TEMPERATURE);
        var unit = Plans.unit("cold-9", UnitKind.CHILLED, sensor);
        var before =
                Plans.plan(
                        List.of(Plans.CHILLED_HIGH, Plans.SILENT), List.of(Plans.fridgeUnit()), 2);
        var fridge =
                Kitchen.of(before).link("p1", LinkState.UP).link("p2", LinkState.UP).air(8.1, 3);
        fridge.restartsAfterOutage();
        fridge.replan(before);
        assertThat(fridge.state().doubts()).as("what it knows stays").hasSize(1);
        assertThat(fridge.state().heard()).hasSize(1);
        assertThat(fridge.state().doubts()).containsOnlyKeys("cold-1");
        fridge.link("p1", LinkState.UP).link("p2", LinkState.UP);
        fridge.replan(Plans.plan(List.of(Plans.CHILLED_HIGH), List.of(unit), 1));
        assertThat(fridge.state().heard()).isEmpty();
        assertThat(fridge.state().watching()).isEmpty();
        assertThat(fridge.state().links()).containsOnlyKeys("p1");
        assertThat(fridge.state().doubts()).isEmpty();
    }
}
