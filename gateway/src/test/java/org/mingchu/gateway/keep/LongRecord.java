package org.mingchu.gateway.keep;

import org.mingchu.config.Attention;
import org.mingchu.config.Priority;
import org.mingchu.config.Quantity;
import org.mingchu.gateway.judge.AlarmChange;
import org.mingchu.gateway.judge.AlarmEvent;
import org.mingchu.gateway.judge.AlarmId;
import org.mingchu.gateway.judge.AlarmState;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.SeqRange;
import org.mingchu.gateway.keep.proof.DeviceKey;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.Reading;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;

/**
 * A record of many days, made in memory where no disk is waited for: 20 sensors every 10 s, a
 * checkpoint an hour, ten alarms a day. The program was started once, at its beginning, which is
 * the longest way back.
 */
public final class LongRecord {
    private static final int SENSORS = 20;
    private static final long PERIOD_MS = 10_000;
    private static final long DAY_ROUNDS = Duration.ofDays(1).toMillis() / PERIOD_MS;
    private static final int COMMIT_ROUNDS = 60;

    /** Readings in a day of it. */
    public static final long DAY_READINGS = SENSORS * DAY_ROUNDS;

    private static final long ALARM_ROUNDS = DAY_ROUNDS / 20;

    private final Random chance = new Random(5);
    private final long[] milli = new long[SENSORS];
    private final long beginMs;
    private final Journal journal;

    private LongRecord(long beginMs) {
        this.beginMs = beginMs;
        journal = Journal.inMemory(new Random(1), at(0));
        journal.sealWith(new Seal("area", "site", "gw", DeviceKey.of(new byte[32])));
    }

    /**
     * Its database, as a file would hold it.
     *
     * @param endMs when it ends, on the wall
     * @param beginning what the first start has said
     */
    public static byte[] image(int days, long endMs, List<Fact> beginning) {
        var record = new LongRecord(endMs - Duration.ofDays(days).toMillis());
        try (var journal = record.journal) {
            record.fill(days, beginning);
            return journal.image();
        }
    }

    private void fill(int days, List<Fact> beginning) {
        journal.append(at(0), beginning);
        for (var round = 1L; round <= days * DAY_ROUNDS; round++) {
            var at = at(round * PERIOD_MS);
            journal.append(at, List.of(round()));
            if (round % ALARM_ROUNDS == 0) {
                journal.append(at, List.of(alarm(round / ALARM_ROUNDS, at)));
            }
            if (round % COMMIT_ROUNDS == 0) {
                journal.checkpoint(at).ifPresent(note -> journal.append(at, List.of(note)));
                journal.commit();
                journal.tend(at);
            }
        }
        journal.commit();
    }

    /** Raised and gone again by turns. */
    private Fact alarm(long no, Moment at) {
        var raised = no % 2 == 1;
        return new Fact.Alarm(
                new AlarmEvent(
                        AlarmId.of(journal.epoch(), "freezer-1-air", "freezer-high", (no + 1) / 2),
                        "freezer-1-air",
                        Optional.of("freezer-1"),
                        "freezer-high",
                        "short",
                        "1.0.0",
                        false,
                        Optional.empty(),
                        Priority.P2,
                        Attention.SITE,
                        raised ? AlarmChange.RAISED : AlarmChange.RETURNED,
                        raised ? AlarmState.UNACK_ACTIVE : AlarmState.NORMAL,
                        OptionalLong.of(-5_000),
                        OptionalLong.of(-12_000),
                        Optional.of("Cel"),
                        at,
                        new SeqRange(1, 1),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        OptionalLong.empty()));
    }

    /** Probes in steps of 1/16 degree that wander, as those of a refrigerator do. */
    private Fact round() {
        var readings = new ArrayList<Reading>();
        for (var i = 0; i < SENSORS; i++) {
            if (chance.nextInt(4) == 0) {
                milli[i] = Math.clamp(milli[i] + (chance.nextInt(3) - 1) * 125L / 2, -4_000, 4_000);
            }
            var value = -18_000 + milli[i];
            var ageNs = chance.nextInt(900) * 1_000_000L;
            var subject = "freezer-" + (i + 1) + "-air";
            readings.add(
                    new Reading.Measured(
                            subject, Quantity.TEMPERATURE, value, value + 31, ageNs, Set.of()));
        }
        return new Fact.Round(readings);
    }

    private Moment at(long ms) {
        return new Moment("boot-1", ms * 1_000_000, beginMs + ms, ClockState.SYNCED, 20);
    }
}
