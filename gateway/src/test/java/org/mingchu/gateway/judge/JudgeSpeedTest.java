package org.mingchu.gateway.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mingchu.config.Plan;
import org.mingchu.config.Quantity;
import org.mingchu.config.Unit;
import org.mingchu.config.UnitKind;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.Reading;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** A film of 30 days is 259,200 rounds: what a quiet round costs the judge. */
class JudgeSpeedTest {
    private static final int SENSORS = 16;
    private static final int ROUNDS = 40_000;
    private static final long ROUND_NS = 10_000_000_000L;

    /** Ten times what an ordinary machine takes, in CPU time of this thread: no weather in it. */
    private static final long BUDGET_NS = 100_000;

    @Test
    void a_quiet_round_of_16_sensors_costs_microseconds() {
        var judge = new Judge(plan());
        var state = judge.begin(Kitchen.EPOCH);
        state = rounds(judge, state, ROUNDS / 4);
        var cpu = ManagementFactory.getThreadMXBean();
        var beforeNs = cpu.getCurrentThreadCpuTime();
        state = rounds(judge, state, ROUNDS);
        var perRoundNs = (cpu.getCurrentThreadCpuTime() - beforeNs) / ROUNDS;
        assertThat(state.watching()).isEmpty();
        assertThat(perRoundNs).as("ns per round").isLessThan(BUDGET_NS);
    }

    private static Plan plan() {
        var units = new ArrayList<Unit>();
        for (var i = 0; i < SENSORS; i++) {
            units.add(
                    Plans.unit(
                            "cold-" + i,
                            UnitKind.CHILLED,
                            Plans.sensor("air-" + i, Quantity.TEMPERATURE)));
        }
        var plan = Plans.plan(Plans.ALL, units, 0);
        assertThat(plan.watches()).hasSizeGreaterThan(60);
        return plan;
    }

    private static State rounds(Judge judge, State from, int count) {
        var state = from;
        for (var i = 0; i < count; i++) {
            var seq = state.seq() + 1;
            var at = new Moment("boot-1", seq * ROUND_NS, seq * 10_000, ClockState.SYNCED, 10);
            assertThat(judge.advance(state, at).decisions()).isEmpty();
            var entry = new Entry(Kitchen.EPOCH, seq, at, new Fact.Round(readings(seq)));
            var verdict = judge.apply(state, entry);
            assertThat(verdict.decisions()).isEmpty();
            state = verdict.state();
            assertThat(judge.nextDeadlineUpNs(state)).isPresent();
        }
        return state;
    }

    private static List<Reading> readings(long seq) {
        var readings = new ArrayList<Reading>();
        for (var i = 0; i < SENSORS; i++) {
            readings.add(Kitchen.temperature("air-" + i, 3 + (seq + i) % 8 * 0.0625));
        }
        return readings;
    }
}
