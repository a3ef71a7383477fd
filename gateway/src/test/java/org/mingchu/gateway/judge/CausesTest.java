package org.mingchu.gateway.judge;

import static org.assertj.core.api.Assertions.assertThat;

import static java.util.Objects.requireNonNull;

import org.junit.jupiter.api.Test;
import org.mingchu.config.Attention;
import org.mingchu.config.Condition;
import org.mingchu.config.Priority;
import org.mingchu.config.Quantity;
import org.mingchu.config.Rule;
import org.mingchu.config.Scope;
import org.mingchu.config.Unit;
import org.mingchu.config.UnitKind;
import org.mingchu.sensors.Fault;
import org.mingchu.sensors.Reading;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The first alarm of a cause speaks for the others, unless another is more urgent. */
class CausesTest {
    private static final Rule SOON = high("soon", Priority.P2, 8, "5m");
    private static final Rule LATER = high("later", Priority.P2, 10, "10m");
    private static final Rule URGENT = high("urgent", Priority.P1, 12, "15m");

    private static Rule high(String id, Priority priority, double limit, String on) {
        return Plans.rule(id, Scope.CHILLED, priority, Plans.above(limit, 0.5), on, "5m")
                .measuring(Quantity.TEMPERATURE);
    }

    @Test
    void a_second_alarm_of_one_fridge_is_a_child_and_does_not_sound_again() {
        var kitchen = Kitchen.of(Plans.fridge(SOON, LATER)).air(11, 6).acknowledge();
        assertThat(kitchen.sounding()).isEmpty();
        kitchen.air(11, 6);

        assertThat(kitchen.last().rule()).isEqualTo("later");
        assertThat(kitchen.last().parent()).contains(kitchen.alarm("soon"));
        assertThat(kitchen.sounding()).isEmpty();
    }

    @Test
    void a_more_urgent_child_sounds() {
        var kitchen = Kitchen.of(Plans.fridge(SOON, URGENT)).air(13, 6).acknowledge().air(13, 11);

        assertThat(kitchen.last().parent()).contains(kitchen.alarm("soon"));
        assertThat(kitchen.sounding()).contains(Priority.P1);
    }

    @Test
    void of_what_is_wrong_with_one_fridge_the_most_urgent_alone_calls_again() {
        var kitchen = Kitchen.of(Plans.fridge(SOON, URGENT)).air(13, 6).acknowledge();
        kitchen.air(13, 11).acknowledge();
        assertThat(kitchen.last().rule()).isEqualTo("urgent");
        var before = kitchen.events().size();

        // 40 minutes: the first one would have called again after 30 of them
        kitchen.air(13, 40);

        assertThat(kitchen.events().subList(before, kitchen.events().size()))
                .extracting(AlarmEvent::rule)
                .containsOnly("urgent");
        assertThat(kitchen.events())
                .filteredOn(event -> event.change() == AlarmChange.RE_ALARMED)
                .hasSize(1);
    }

    @Test
    void two_that_nobody_answers_ask_for_a_regulator_once() {
        var worse = high("worse", Priority.P1, 12, "16m");
        var kitchen = Kitchen.of(Plans.fridge(URGENT, worse)).air(13, 60);

        assertThat(kitchen.events())
                .filteredOn(event -> event.attention() == Attention.REGULATOR)
                .extracting(AlarmEvent::rule)
                .containsExactly("urgent");
    }

    @Test
    void who_has_answered_one_is_still_called_for_the_other() {
        var worse = high("worse", Priority.P1, 12, "16m");
        var kitchen = Kitchen.of(Plans.fridge(URGENT, worse)).air(13, 16).acknowledge();
        kitchen.air(13, 40);

        assertThat(kitchen.events())
                .filteredOn(event -> event.attention() == Attention.REGULATOR)
                .extracting(AlarmEvent::rule)
                .containsExactly("worse");
    }

    @Test
    void a_child_speaks_for_itself_when_its_parent_is_over() {
        var slow =
                Plans.rule("slow", Scope.CHILLED, Priority.P2, Plans.above(6, 0.5), "10m", "5m")
                        .measuring(Quantity.TEMPERATURE);
        var kitchen = Kitchen.of(Plans.fridge(SOON, slow)).air(11, 6).acknowledge().air(11, 6);
        assertThat(kitchen.sounding()).isEmpty();

        assertThat(kitchen.air(7, 6).sounding()).contains(Priority.P2);
    }

    @Test
    void a_child_stays_quiet_while_its_parent_may_come_back() {
        var slow =
                Plans.rule("slow", Scope.CHILLED, Priority.P2, Plans.above(6, 0.5), "10m", "5m")
                        .measuring(Quantity.TEMPERATURE);
        var kitchen = Kitchen.of(Plans.fridge(SOON, slow)).air(11, 13);
        assertThat(kitchen.sounding()).as("the parent sounds").contains(Priority.P2);

        kitchen.air(7, 6);
        assertThat(kitchen.sounding()).as("gone, but nobody has seen it").isEmpty();
    }

    @Test
    void what_asks_for_nobody_speaks_for_nobody() {
        var digest =
                Plans.rule("digest", Scope.CHILLED, Priority.P3, Plans.above(6, 0.5), "2m", "5m")
                        .with(Optional.of(Quantity.TEMPERATURE), Attention.NONE);
        var kitchen = Kitchen.of(Plans.fridge(digest, SOON)).air(11, 6);

        assertThat(kitchen.last().rule()).isEqualTo("soon");
        assertThat(kitchen.last().parent()).isEmpty();
        assertThat(kitchen.sounding()).contains(Priority.P2);
    }

    @Test
    void two_units_of_one_cabinet_have_one_cause_and_two_cabinets_have_two() {
        assertThat(warm(Optional.of("cold-1")).last().parent()).isPresent();
        assertThat(warm(Optional.empty()).last().parent()).isEmpty();
    }

    private static Kitchen warm(Optional<String> partOf) {
        var units = List.of(unit("cold-1", "air", Optional.empty()), unit("cold-2", "too", partOf));
        var kitchen = Kitchen.of(Plans.plan(List.of(SOON), units, 0));
        for (var i = 0; i < 8; i++) {
            kitchen.passes("1m")
                    .round(
                            Kitchen.temperature("air", 9),
                            Kitchen.temperature("too", i < 2 ? 4 : 9));
        }
        assertThat(kitchen.events()).hasSize(2);
        return kitchen;
    }

    private static Unit unit(String id, String sensor, Optional<String> partOf) {
        return new Unit(
                id,
                id,
                UnitKind.CHILLED,
                Optional.empty(),
                partOf,
                Optional.empty(),
                List.of(Plans.sensor(sensor, Quantity.TEMPERATURE)),
                List.of());
    }

    @Test
    void an_open_door_is_the_parent_of_the_warm_air_behind_it() {
        var kitchen = Kitchen.of(Plans.kitchen());
        for (var i = 0; i < 16; i++) {
            kitchen.passes("1m")
                    .round(
                            Kitchen.temperature("air", 9),
                            Kitchen.temperature("frost", -20),
                            Kitchen.opened("door"));
        }

        assertThat(requireNonNull(open(kitchen, "chilled-high")).parent())
                .contains(kitchen.alarm("door-open"));
    }

    private static AlarmEvent open(Kitchen kitchen, String rule) {
        return kitchen.state().openAlarms().stream()
                .filter(alarm -> alarm.rule().equals(rule))
                .findFirst()
                .orElseThrow();
    }

    // ---- what all units hang on ---------------------------------------------------------------

    private static Rule contact(String id, Quantity quantity) {
        return Plans.rule(id, Scope.ANY, Priority.P2, new Condition.Contact(), "1m", "1m")
                .measuring(quantity);
    }

    /** A contact reports, and later two fridges in cabinets of their own are warm. */
    private static Kitchen thenWarm(Quantity quantity) {
        var units =
                List.of(
                        unit("cold-1", "air", Optional.empty()),
                        unit("cold-2", "too", Optional.empty()),
                        Plans.unit("house", UnitKind.AMBIENT, Plans.sensor("in", quantity)));
        var rules = List.of(SOON, contact("reports", quantity));
        var kitchen = Kitchen.of(Plans.plan(rules, units, 0));
        for (var i = 0; i < 12; i++) {
            var degrees = i < 4 ? 4 : 9;
            kitchen.passes("1m")
                    .round(
                            new Reading.Measured("in", quantity, 1000, 1000, 0, Set.of()),
                            Kitchen.temperature("air", degrees),
                            Kitchen.temperature("too", degrees));
        }
        return kitchen;
    }

    @Test
    void without_mains_all_that_gets_warm_has_one_cause() {
        var kitchen = thenWarm(Quantity.MAINS);

        assertThat(kitchen.events())
                .extracting(AlarmEvent::rule)
                .containsExactly("reports", "soon", "soon");
        assertThat(kitchen.events().getFirst().parent()).isEmpty();
        assertThat(kitchen.events().subList(1, 3))
                .extracting(AlarmEvent::parent)
                .containsOnly(Optional.of(kitchen.alarm("reports")));
    }

    @Test
    void smoke_is_no_cause_of_warm_food() {
        assertThat(thenWarm(Quantity.SMOKE).events())
                .hasSize(3)
                .extracting(AlarmEvent::parent)
                .containsOnly(Optional.empty());
    }

    @Test
    void a_broken_probe_is_no_cause_and_has_none() {
        var kitchen = Kitchen.of(Plans.fridge(SOON, Plans.FAULTY)).air(9, 6);
        kitchen.fault(Fault.CRC, 4);

        assertThat(kitchen.last().rule()).isEqualTo("sensor-faulty");
        assertThat(kitchen.last().parent()).isEmpty();

        var other = Kitchen.of(Plans.fridge(SOON, Plans.FAULTY)).fault(Fault.CRC, 4).air(9, 6);
        assertThat(other.last().rule()).isEqualTo("soon");
        assertThat(other.last().parent()).isEmpty();
    }

    // ---- the first of several -----------------------------------------------------------------

    @Test
    void the_first_of_them_speaks_for_all_and_a_child_for_nobody() {
        var third = high("third", Priority.P2, 9, "15m");
        var kitchen = Kitchen.of(Plans.fridge(third, LATER, SOON)).air(11, 16);

        assertThat(kitchen.events())
                .extracting(AlarmEvent::rule)
                .containsExactly("soon", "later", "third");
        assertThat(kitchen.events().subList(1, 3))
                .extracting(AlarmEvent::parent)
                .containsOnly(Optional.of(kitchen.alarm("soon")));
    }

    @Test
    void of_two_that_came_before_the_earlier_one_speaks() {
        var cold = unit("cold-2", "too", Optional.of("cold-1"));
        var units = List.of(unit("cold-1", "air", Optional.empty()), cold);
        var kitchen = Kitchen.of(Plans.plan(List.of(SOON, URGENT), units, 0));
        for (var i = 0; i < 20; i++) {
            kitchen.passes("1m")
                    .round(
                            Kitchen.temperature("air", i < 2 ? 4 : 9),
                            Kitchen.temperature("too", 13));
        }
        assertThat(kitchen.events())
                .extracting(event -> event.subject() + " " + event.rule())
                .containsExactly("too soon", "air soon", "too urgent");
        assertThat(kitchen.last().parent()).contains(kitchen.events().getFirst().id());
    }
}
