package org.mingchu.gateway.keep;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mingchu.gateway.judge.AlarmEvent;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.keep.entry.RandomWords;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The steps of alarms, each at the time that is known today. */
final class AlarmStepsTest {
    private static final long NOON_MS = 1_793_000_000_000L;
    private static final long HOUR_MS = Duration.ofHours(1).toMillis();

    private final AlarmEvent event = new RandomWords(new Random(1)).event();
    private final Journal journal = Journal.inMemory(new Random(1), unsynced("a", 0));

    @AfterEach
    void close() {
        journal.close();
    }

    @Test
    void a_step_of_a_boot_in_1970_has_the_time_that_a_later_clock_gives_it() throws IOException {
        keep(unsynced("a", HOUR_MS), new Fact.Alarm(event));
        keep(synced("a", 3 * HOUR_MS, NOON_MS), new Fact.ClockSet(ClockState.SYNCED, 0, 0));

        var steps = AlarmSteps.of(journal);

        assertThat(times(steps)).containsExactly(NOON_MS - 2 * HOUR_MS);
        assertThat(steps.firstMs()).hasValue(NOON_MS - 3 * HOUR_MS);
        assertThat(steps.ms(unsynced("a", 4 * HOUR_MS))).isEqualTo(NOON_MS + HOUR_MS);
    }

    @Test
    void steps_of_all_epochs_come_once_and_in_order() throws IOException {
        keep(synced("a", 0, NOON_MS), new Fact.Alarm(event));
        var original = journal.read(journal.lastSeq(), 1).getFirst();
        journal.beginEpoch("test", synced("a", HOUR_MS, NOON_MS + HOUR_MS));
        keep(
                synced("a", 2 * HOUR_MS, NOON_MS + 2 * HOUR_MS),
                new Fact.Rekeyed(original),
                new Fact.CarriedAlarm(original.epoch(), original.seq(), event),
                new Fact.Alarm(event));

        assertThat(times(AlarmSteps.of(journal))).containsExactly(NOON_MS, NOON_MS + 2 * HOUR_MS);
    }

    private void keep(Moment at, Fact... facts) {
        journal.append(at, List.of(facts));
        journal.commit();
    }

    private static List<Long> times(AlarmSteps steps) throws IOException {
        var times = new ArrayList<Long>();
        steps.each((ms, _) -> times.add(ms));
        return times;
    }

    private static Moment unsynced(String boot, long upMs) {
        return new Moment(
                boot, upMs * 1_000_000, upMs, ClockState.UNSYNCED, Moment.ERROR_UNKNOWN_MS);
    }

    private static Moment synced(String boot, long upMs, long wallMs) {
        return new Moment(boot, upMs * 1_000_000, wallMs, ClockState.SYNCED, 0);
    }
}
