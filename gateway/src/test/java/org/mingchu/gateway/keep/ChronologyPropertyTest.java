package org.mingchu.gateway.keep;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mingchu.gateway.Proof;
import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.keep.Corrected.Basis;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Clocks that err within what they claim, crystals that drift, boots nobody saw a clock in. */
final class ChronologyPropertyTest {
    private static final long BEGIN_MS = Instant.parse("2026-11-23T04:00:00Z").toEpochMilli();
    private static final long DAY_MS = Duration.ofDays(1).toMillis();

    private record Lived(Moment said, long trueMs) {}

    @Test
    void no_corrected_moment_is_further_from_the_truth_than_its_bound() {
        var bounded = 0;
        for (long seed = 1; seed <= Proof.pick(200, 2_000, 50_000); seed++) {
            var chronology = new Chronology(BEGIN_MS - 30 * DAY_MS);
            var life = life(new Random(seed));
            for (var i = 0; i < life.size(); i++) {
                chronology.add(new Entry("e", i + 1, life.get(i).said, new Fact.Silenced(1)));
            }
            var lastMs = Long.MIN_VALUE;
            for (var lived : life) {
                var found = chronology.corrected(lived.said);
                var as = "seed " + seed + ": " + lived + " read as " + found;
                assertThat(found.notBeforeMs()).as(as).isLessThanOrEqualTo(lived.trueMs);
                if (found.bounded()) {
                    bounded++;
                    assertThat(Math.abs(found.wallMs() - lived.trueMs))
                            .as(as)
                            .isLessThanOrEqualTo(found.errorMs());
                }
                if (found.basis() != Basis.CLOCK && found.bounded() && lastMs != Long.MIN_VALUE) {
                    // two anchors on both sides of a boot's end may each be off by their errors
                    assertThat(found.wallMs() + 4_000).as(as).isGreaterThan(lastMs);
                }
                lastMs = found.bounded() ? found.wallMs() : Long.MIN_VALUE;
            }
        }
        assertThat(bounded).isGreaterThan(1_000);
    }

    private static List<Lived> life(Random chance) {
        var life = new ArrayList<Lived>();
        var trueMs = BEGIN_MS;
        for (var boot = 0; boot < 8; boot++) {
            var bootMs = trueMs;
            var driftPpm = chance.nextInt(-BootDrift.MAX, BootDrift.MAX + 1);
            var syncs = chance.nextInt(3) > 0;
            var errorMs = chance.nextInt(2_000);
            var words = 1 + chance.nextInt(40);
            for (var word = 0; word < words; word++) {
                trueMs += 1 + chance.nextLong(word % 10 == 9 ? DAY_MS : 600_000);
                var passedMs = trueMs - bootMs;
                var upMs = passedMs + passedMs * driftPpm / 1_000_000;
                var synced = syncs && chance.nextInt(4) > 0;
                life.add(
                        new Lived(
                                new Moment(
                                        "boot-" + boot,
                                        upMs * 1_000_000,
                                        synced
                                                ? trueMs + chance.nextInt(-errorMs, errorMs + 1)
                                                : chance.nextLong(2 * BEGIN_MS),
                                        synced ? ClockState.SYNCED : ClockState.UNSYNCED,
                                        synced ? errorMs : Moment.ERROR_UNKNOWN_MS),
                                trueMs));
            }
            trueMs += chance.nextLong(3 * DAY_MS);
        }
        return life;
    }

    private static final class BootDrift {
        /**
         * A little less than claimed: the claim is about the distance as the drifting clock has it.
         */
        static final int MAX = (int) BootTime.DRIFT_PPM - 1;
    }
}
