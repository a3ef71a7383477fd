package org.mingchu.gateway.keep;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.GapCause;
import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.judge.Progress;
import org.mingchu.gateway.judge.SeqRange;
import org.mingchu.gateway.keep.entry.RandomWords;
import org.mingchu.gateway.keep.lab.LabDisk;
import org.mingchu.gateway.keep.proof.DeviceKey;
import org.mingchu.gateway.keep.store.FileStore;
import org.mingchu.gateway.keep.store.MemoryStore;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One life of a record on both stores: whatever was done before, a restart finds it. Memory is
 * restored from the image that a power cut would leave; the file is closed and opened again. See
 * {@link JournalTest} for single questions, asked of both as well.
 */
class DurabilityTest {
    private static final String CITY = "city";
    private static final int ROUNDS_PER_HOUR = 12;
    private static final Duration PERIOD = Duration.ofHours(1).dividedBy(ROUNDS_PER_HOUR);

    @TempDir(factory = LabDisk.class)
    Path folder;

    private final Random chance = new Random(5);
    private final List<Entry> kept = new ArrayList<>();
    private Journal journal = Journal.inMemory(new Random(1), moment(0));
    private final Seal seal = new Seal("a", "s", "g", DeviceKey.of(new byte[32]));
    private int round;

    enum Where {
        FILE,
        MEMORY
    }

    @AfterEach
    void close() {
        journal.close();
    }

    @ParameterizedTest
    @EnumSource
    void whatever_was_done_a_restart_finds_it(Where where) throws IOException {
        begin(where);
        hours(4);
        restart(where);
        assertThat(journal.packedUpTo()).as("packed").isGreaterThan(2 * ROUNDS_PER_HOUR);

        var progress = new Progress(20, List.of(new SeqRange(23, 24)));
        journal.saveProgress(CITY, Lane.READING, progress);
        hours(1);
        var state = new RandomWords(chance).state(journal.epoch(), journal.lastSeq());
        journal.saveSnapshot(state, "plan");
        hours(1);
        restart(where);
        assertThat(journal.progress(CITY, Lane.READING)).isEqualTo(progress);
        assertThat(journal.snapshot("plan")).contains(state);

        journal.append(moment(round), List.of(Rounds.of(3, chance)));
        restart(where); // what was not committed never was

        var first = journal.epoch();
        journal.beginEpoch(Causes.BOARD_CHANGED, moment(round));
        kept.addAll(journal.read(1, 1));
        hours(3);
        restart(where);
        assertThat(journal.epochs()).containsExactly(first, journal.epoch());
        assertThat(journal.hasUnsent()).isTrue();

        thinned(first);
        restart(where);
    }

    /** Days later the first hours go, in the commit that says so. */
    private void thinned(String first) {
        round += Math.toIntExact(Duration.ofDays(4).dividedBy(PERIOD));
        journal.allow(new Allowance(Duration.ofDays(1), 0, List.of(CITY), List.of()));
        for (var i = 0; i < 4; i++) {
            keep(List.of(Rounds.of(3, chance)));
        }
        var gaps = new ArrayList<Fact.Gap>();
        for (var entry : journal.read(Lane.ALARM, 1, 1000)) {
            if (entry.fact() instanceof Fact.Gap gap && gap.cause() == GapCause.THINNED) {
                gaps.add(gap);
            }
        }
        assertThat(gaps).isNotEmpty().anyMatch(gap -> gap.epoch().equals(first));
        kept.removeIf(entry ->
                entry.fact() instanceof Fact.Round
                        && gaps.stream()
                                .anyMatch(gap ->
                                        gap.epoch().equals(entry.epoch())
                                                && gap.range().from() <= entry.seq()
                                                && entry.seq() <= gap.range().to()));
    }

    private void hours(int hours) {
        for (var i = 0; i < hours * ROUNDS_PER_HOUR; i++) {
            var facts = new ArrayList<Fact>(List.of(Rounds.of(3, chance)));
            if (i % 5 == 3) {
                facts.add(new Fact.Silenced(i));
            }
            keep(facts);
        }
    }

    private void keep(List<Fact> facts) {
        round++;
        var all = new ArrayList<>(facts);
        all.addAll(journal.findings());
        journal.checkpoint(moment(round)).ifPresent(all::add);
        kept.addAll(journal.append(moment(round), all));
        journal.commit();
        journal.tend(moment(round));
    }

    private void begin(Where where) {
        if (where == Where.FILE) {
            journal.close();
            journal = Journal.on(FileStore.open(folder), new Random(1), moment(0));
        }
        journal.sealWith(seal);
        kept.addAll(journal.read(1, 1));
    }

    /** Then all that was kept is there, and nothing else, and the whole of it checks. */
    private void restart(Where where) throws IOException {
        var image = journal.image();
        journal.close();
        var store = where == Where.FILE ? FileStore.open(folder) : MemoryStore.open(image);
        journal = Journal.on(store, new Random(round), moment(round));
        journal.sealWith(seal);
        var found = new ArrayList<Entry>();
        for (var epoch : journal.epochs()) {
            found.addAll(journal.read(epoch, 1, 10_000));
        }
        assertThat(found).isEqualTo(kept);
        assertThat(LiveCheck.of(journal, List.of(seal.verifier())).faults()).isEmpty();
    }

    private static Moment moment(long round) {
        var up = PERIOD.multipliedBy(round);
        return new Moment("b", up.toNanos(), up.toMillis(), ClockState.SYNCED, 5);
    }
}
