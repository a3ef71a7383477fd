package org.mingchu.simulator.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class AlarmSightingsTest {
    @Test
    void a_reading_is_found_in_any_entry_of_a_batch() {
        var batch =
                seen(
                        "kfs/v1/a/s/g/reading",
                        """
                        {"entries":[{"values":{"cold-1-air":4.06}},
                          {"values":{"freezer-1-air":-9.6,"cold-1-door":"closed"}}]}\
                        """);
        assertThat(AlarmSightings.reading("freezer-1-air")).accepts(batch);
        assertThat(AlarmSightings.reading("samples-1-air")).rejects(batch);
    }

    @Test
    void a_retained_alarm_state_is_no_event() {
        var state =
                seen(
                        "kfs/v1/a/s/g/alarm/f/freezer-high/state",
                        """
                        {"alarm":{"subject":"f","rule":"freezer-high","event":"raised"}}\
                        """);
        assertThat(AlarmSightings.event("f", "freezer-high", "raised")).rejects(state);
    }

    @Test
    void an_emptied_retained_state_harms_nobody() {
        var empty = seen("kfs/v1/a/s/g/alarm/f/freezer-high/state", "");
        assertThat(AlarmSightings.event("f", "freezer-high", "raised")).rejects(empty);
        assertThat(AlarmSightings.acknowledgement("e", 1)).rejects(empty);
    }

    @Test
    void an_acknowledgement_covers_the_ends_of_its_ranges() {
        var ack = seen("kfs/v1/a/s/g/ack", "{\"epoch\":\"e\",\"ranges\":[[5,6],[9,9]]}");
        for (long covered : new long[] {5, 6, 9}) {
            assertThat(AlarmSightings.acknowledgement("e", covered)).accepts(ack);
        }
        for (long open : new long[] {4, 7, 8, 10}) {
            assertThat(AlarmSightings.acknowledgement("e", open)).rejects(ack);
        }
    }

    private static Sighting seen(String topic, String payload) {
        return new Sighting(topic, payload, 0);
    }
}
