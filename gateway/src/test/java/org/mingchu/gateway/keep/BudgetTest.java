package org.mingchu.gateway.keep;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mingchu.config.Quantity;
import org.mingchu.gateway.Proof;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.Reading;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** What a season of readings and two years of minutes take up, from some days of them. */
class BudgetTest {
    private static final int SENSORS = 16;
    private static final long BEGIN_MS = 1_790_000_000_000L;
    private static final long MIB = 1 << 20;
    private static final int RAW_DAYS = 90;
    private static final int MINUTES_DAYS = 730;

    /** Half of the budget when the site file names none, so that the logs have room as well. */
    private static final long HALF_BUDGET = 1_024 * MIB;

    private final Random chance = new Random(5);
    private final long[] milli = new long[SENSORS];

    @Test
    void a_season_raw_and_two_years_of_minutes_fit_twice_into_the_budget() {
        var slow = measured(Duration.ofMinutes(1), Proof.pick(2, 2, 10));
        assertThat(slow.total * RAW_DAYS).isLessThan(400 * MIB);
        var fast = measured(Duration.ofSeconds(10), Proof.pick(1, 1, 10));
        assertThat(fast.total * RAW_DAYS + fast.minutes * MINUTES_DAYS).isLessThan(HALF_BUDGET);
    }

    /** Bytes of a day. */
    private record Day(long total, long minutes) {}

    private Day measured(Duration period, int days) {
        try (var journal = Journal.inMemory(new Random(1), at(0))) {
            var before = journal.bytes();
            var rounds = Duration.ofDays(days).dividedBy(period);
            for (var i = 1L; i <= rounds; i++) {
                var at = at(period.multipliedBy(i).toMillis());
                journal.append(at, List.of(round()));
                if (i % 60 == 0) {
                    journal.commit();
                    journal.tend(at);
                }
            }
            journal.commit();
            var minutes =
                    journal.asked((store, _) ->
                            store.ask("SELECT sum(length(bytes) + 12) FROM summaries"));
            var day =
                    new Day(
                            (journal.bytes() - before) / days,
                            Long.parseLong(minutes.orElseThrow()) / days);
            LoggerFactory.getLogger(BudgetTest.class)
                    .info(
                            "event=budget sensors={} period={} day_bytes={} minutes_bytes={}",
                            SENSORS,
                            period,
                            day.total,
                            day.minutes);
            return day;
        }
    }

    /** Probes in steps of 1/16 degree that wander, as those of a refrigerator do. */
    private Fact round() {
        var readings = new ArrayList<Reading>();
        for (var i = 0; i < SENSORS; i++) {
            if (chance.nextInt(4) == 0) {
                milli[i] = Math.clamp(milli[i] + (chance.nextInt(3) - 1) * 125L / 2, -4_000, 4_000);
            }
            var value = 4_000 + milli[i];
            var ageNs = chance.nextInt(900) * 1_000_000L;
            readings.add(
                    new Reading.Measured(
                            "s-" + i, Quantity.TEMPERATURE, value, value + 31, ageNs, Set.of()));
        }
        return new Fact.Round(readings);
    }

    private static Moment at(long ms) {
        return new Moment("boot-1", ms * 1_000_000, BEGIN_MS + ms, ClockState.SYNCED, 20);
    }
}
