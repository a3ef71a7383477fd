package org.mingchu.gateway.keep;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.judge.LinkState;
import org.mingchu.gateway.judge.StorageState;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** Packing changes where rounds stand, and nothing that anybody can see. */
class JournalPackingTest {
    private static final Fact LINK = new Fact.Link("city", LinkState.UP, "");
    private static final Fact CLOCK = new Fact.ClockSet(ClockState.SYNCED, 5, 10);
    private static final int SENSORS = 5;
    private static final int ROUNDS = 6 * 360;

    @TempDir Path folder;

    private final Random chance = new Random(4);
    private final List<Entry> kept = new ArrayList<>();
    private final List<byte[]> bytes = new ArrayList<>();

    @Test
    void six_hours_are_the_same_packed_and_after_a_restart() {
        try (var journal = open()) {
            kept.addAll(journal.read(1, 1));
            for (var i = 1; i <= ROUNDS; i++) {
                keep(journal, at("boot-" + i / 1_000, i), round(i));
                if (chance.nextInt(9) == 0) {
                    keep(journal, at("boot-" + i / 1_000, i), chance.nextBoolean() ? LINK : CLOCK);
                }
            }
            journal.tend(at("boot-9", 1));
            for (var seq = 1L; seq <= journal.lastSeq(); seq++) {
                bytes.add(journal.bytes(seq));
            }
            sameAsList(journal);
        }
        try (var again = open()) {
            sameAsList(again);
            assertThat(again.packedUpTo()).isGreaterThan(ROUNDS / 2);
            for (var seq = 1; seq <= kept.size(); seq++) {
                assertThat(HexFormat.of().formatHex(again.bytes(seq)))
                        .isEqualTo(HexFormat.of().formatHex(bytes.get(seq - 1)));
            }
        }
    }

    @Test
    void a_block_that_does_not_open_is_told_once_and_shown_to_the_staff() {
        try (var journal = open()) {
            for (var i = 1; i <= 3 * 360; i++) {
                keep(journal, at("boot-1", i), Rounds.of(SENSORS, chance));
            }
            var harm = "UPDATE blocks SET columns = zeroblob(9) RETURNING pos";
            journal.asked((store, _) -> store.ask(harm));
            journal.asked((store, _) -> store.ask("SELECT count(*) FROM blocks"));
            assertThat(journal.condition()).isEqualTo(StorageState.SOUND);
            for (var i = 1; i <= 20; i++) {
                var at = at("boot-1", 3 * 360 + i);
                journal.read(1, 10_000);
                journal.append(at, journal.findings());
                journal.commit();
                journal.tend(at);
            }
            assertThat(gaps(journal)).hasSizeBetween(1, 3);
            assertThat(journal.condition()).isEqualTo(StorageState.DAMAGED);
        }
        try (var again = open()) {
            again.read(1, 10_000);
            assertThat(again.findings()).noneMatch(Fact.Gap.class::isInstance);
        }
    }

    private static List<Fact> gaps(Journal journal) {
        return journal.read(Lane.ALARM, 1, 10_000).stream()
                .map(Entry::fact)
                .filter(Fact.Gap.class::isInstance)
                .toList();
    }

    private void keep(Journal journal, Moment at, Fact fact) {
        kept.addAll(journal.append(at, List.of(fact)));
        journal.commit();
        journal.tend(at);
    }

    /** Now and then one that is too large for the ring. */
    private Fact round(int i) {
        return Rounds.of(i % 97 == 0 ? 40 : SENSORS, chance);
    }

    private void sameAsList(Journal journal) {
        assertThat(journal.read(1, 10_000)).isEqualTo(kept);
        for (var lane : Lane.values()) {
            var ofLane = kept.stream().filter(e -> e.fact().lane() == lane).toList();
            assertThat(journal.read(lane, 1, 10_000)).isEqualTo(ofLane);
            assertThat(journal.countInLane(lane, 1)).isEqualTo(ofLane.size());
            for (var from = 1L; from <= kept.size() + 1; from += 131) {
                var seq = from;
                assertThat(journal.countInLane(lane, from))
                        .isEqualTo(ofLane.stream().filter(e -> e.seq() >= seq).count());
                assertThat(journal.previousInLane(lane, from))
                        .isEqualTo(
                                ofLane.stream()
                                        .mapToLong(Entry::seq)
                                        .filter(s -> s < seq)
                                        .max()
                                        .orElse(0));
                assertThat(journal.read(lane, from, 7))
                        .isEqualTo(ofLane.stream().filter(e -> e.seq() >= seq).limit(7).toList());
            }
        }
    }

    private Journal open() {
        return Journal.open(folder, new Random(1), at("boot-0", 0));
    }

    private static Moment at(String boot, int round) {
        return JournalTest.moment(boot, Duration.ofSeconds(10L * round).toNanos());
    }
}
