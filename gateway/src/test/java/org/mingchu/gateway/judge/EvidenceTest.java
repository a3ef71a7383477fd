package org.mingchu.gateway.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mingchu.config.Attention;
import org.mingchu.config.Priority;
import org.mingchu.config.Quantity;
import org.mingchu.config.SiteLimit;
import org.mingchu.config.UnitKind;
import org.mingchu.sensors.Fault;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Every event can be understood alone, and names the entries that show it. */
class EvidenceTest {
    private static Kitchen fridge() {
        return Kitchen.of(Plans.fridge(Plans.CHILLED_HIGH, Plans.SILENT)).air(4, 5);
    }

    @Test
    void a_raised_alarm_says_everything() {
        var fridge = fridge().air(8.1, 1);
        var first = fridge.seq();
        var since = fridge.now();
        var event = fridge.air(9, 10).last();
        assertThat(event)
                .isEqualTo(
                        new AlarmEvent(
                                AlarmId.of(Kitchen.EPOCH, "air", "chilled-high", first),
                                "air",
                                Optional.of("cold-1"),
                                "chilled-high",
                                "test-pack",
                                "1.2.3",
                                false,
                                Optional.of("basis of chilled-high"),
                                Priority.P2,
                                Attention.SITE,
                                AlarmChange.RAISED,
                                AlarmState.UNACK_ACTIVE,
                                OptionalLong.of(9_000),
                                OptionalLong.of(8_000),
                                Optional.of("Cel"),
                                since,
                                new SeqRange(first, first + 10),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                OptionalLong.empty()));
    }

    @Test
    void evidence_grows_with_the_alarm_and_begins_where_it_began() {
        var fridge = fridge().air(8.1, 11);
        var raised = fridge.last();
        var acknowledged = fridge.acknowledge().last();
        assertThat(acknowledged.evidence()).isEqualTo(raised.evidence());
        var cleared = fridge.air(7, 6).last();
        assertThat(cleared.evidence())
                .isEqualTo(new SeqRange(raised.evidence().from(), fridge.seq() - 2));
        assertThat(cleared.since()).isEqualTo(raised.since());
        assertThat(cleared.valueMilli()).hasValue(7_000);
        assertThat(cleared.id()).isEqualTo(raised.id());
    }

    @Test
    void the_same_alarm_again_has_evidence_of_its_own() {
        var fridge = fridge().air(8.1, 11).air(4, 6).air(8.1, 1);
        var first = fridge.seq();
        assertThat(fridge.air(8.1, 10).last().evidence())
                .isEqualTo(new SeqRange(first, first + 10));
    }

    @Test
    void a_stricter_site_shows_its_own_limit_and_says_so() {
        var override =
                new SiteLimit(
                        "chilled-high",
                        OptionalLong.of(5_000),
                        Optional.of(Plans.time("2m")),
                        "reason",
                        "p-01");
        var unit =
                Plans.overridden(
                        "cold-1",
                        UnitKind.CHILLED,
                        List.of(override),
                        Plans.sensor("air", Quantity.TEMPERATURE));
        var fridge =
                Kitchen.of(Plans.plan(List.of(Plans.CHILLED_HIGH, Plans.SILENT), List.of(unit), 0));
        assertThat(fridge.air(5.1, 3).told())
                .containsExactly("03:00 chilled-high raised unack-active");
        assertThat(fridge.last().override()).isTrue();
        assertThat(fridge.last().limitMilli()).hasValue(5_000);
    }

    @Test
    void a_low_limit_shows_as_well() {
        var event = Kitchen.of(Plans.fridge(Plans.CHILLED_LOW)).air(-2, 31).last();
        assertThat(event.limitMilli()).hasValue(0);
        assertThat(event.valueMilli()).hasValue(-2_000);
        assertThat(event.unitOfMeasure()).contains("Cel");
    }

    @Test
    void silence_by_words_begins_with_the_first_silent_word() {
        var fridge = fridge().fault(Fault.SILENT, 1);
        var first = fridge.seq();
        var since = fridge.now();
        var event = fridge.fault(Fault.SILENT, 2).last();
        assertThat(event.since()).isEqualTo(since);
        assertThat(event.evidence()).isEqualTo(new SeqRange(first, first + 2));
        assertThat(event.valueMilli()).isEmpty();
        assertThat(event.limitMilli()).isEmpty();
        assertThat(event.unitOfMeasure()).isEmpty();
    }

    @Test
    void silence_without_a_word_begins_with_the_word_that_did_not_come() {
        var fridge = fridge();
        var last = fridge.seq();
        var missed = fridge.now().before(-Plans.PERIOD.toNanos());
        var event = fridge.passes("1h").last();
        assertThat(event.since()).isEqualTo(missed);
        assertThat(event.evidence()).isEqualTo(new SeqRange(last, last));
        assertThat(event.id()).isEqualTo(AlarmId.of(Kitchen.EPOCH, "air", "sensor-silent", last));
    }

    @Test
    void the_end_of_silence_shows_no_value() {
        assertThat(fridge().passes("1h").air(4).last().valueMilli()).isEmpty();
    }

    @Test
    void two_alarms_of_one_rule_have_two_ids() {
        var fridge = fridge().air(8.1, 11).acknowledge().air(4, 6).air(8.1, 11);
        var raised =
                fridge.events().stream()
                        .filter(event -> event.change() == AlarmChange.RAISED)
                        .map(AlarmEvent::id);
        assertThat(raised).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void the_gateways_own_alarm_belongs_to_no_unit() {
        var plan = Plans.plan(List.of(Plans.UPLINK_LOST), List.of(Plans.fridgeUnit()), 1);
        var event = Kitchen.of(plan).passes("1h").last();
        assertThat(event.subject()).isEqualTo("gateway");
        assertThat(event.unit()).isEmpty();
        assertThat(event.evidence()).isEqualTo(new SeqRange(1, 1));
    }
}
