package org.mingchu.gateway.keep;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

import java.io.IOException;
import java.time.Duration;
import java.util.Random;

/** What is held around an incident. */
final class IncidentTest {
    private static final long MS = 1_793_000_000_000L;

    @Test
    void two_days_are_held_on_both_sides() {
        var twoDaysMs = Duration.ofDays(2).toMillis();
        assertThat(Holds.around(MS, MS + 60_000))
                .isEqualTo(new Holds.Range(MS - twoDaysMs, MS + 60_000 + twoDaysMs));
    }

    @Test
    void an_alarm_that_the_record_does_not_have_is_no_incident() throws IOException {
        var at = new Moment("a", 0, MS, ClockState.SYNCED, 20);
        try (var journal = Journal.inMemory(new Random(1), at)) {
            assertThat(Incident.of(journal, "no-such-alarm")).isEmpty();
        }
    }
}
