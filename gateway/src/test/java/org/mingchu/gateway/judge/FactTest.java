package org.mingchu.gateway.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mingchu.sensors.ClockState;

import java.util.List;
import java.util.Optional;

/** Which facts travel, and in which lane. */
class FactTest {
    @Test
    void readings_ride_behind_alarms_and_records_and_the_rest_stays_at_home() {
        assertThat(new Fact.Round(List.of()).lane()).isEqualTo(Lane.READING);
        assertThat(new Fact.EpochBegan(Optional.empty(), "first").lane()).isEqualTo(Lane.ALARM);
        assertThat(new Fact.PlanChanged("", "", "", "").lane()).isEqualTo(Lane.ALARM);
        assertThat(new Fact.ClockSet(ClockState.SYNCED, 0, 0).lane()).isEqualTo(Lane.ALARM);
        var event = Kitchen.of(Plans.fridge(Plans.SILENT)).passes("1h").last();
        assertThat(new Fact.Alarm(event).lane()).isEqualTo(Lane.ALARM);
        assertThat(new Fact.Started("", false).lane()).isEqualTo(Lane.NONE);
        assertThat(new Fact.Silenced(1).lane()).isEqualTo(Lane.NONE);
        assertThat(new Fact.Link("p1", LinkState.UP, "").lane()).isEqualTo(Lane.NONE);
        assertThat(new Fact.Delivered("p1", List.of(), List.of()).lane()).isEqualTo(Lane.NONE);
        assertThat(new Fact.Acknowledged(event.id(), Kitchen.STAFF, Optional.empty()).lane())
                .isEqualTo(Lane.NONE);
    }
}
