package org.mingchu.gateway.keep.lab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.gateway.Proof;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.GapCause;
import org.mingchu.gateway.keep.Journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A scripted day is recorded call by call; the power is then cut at many points of it, and what was
 * not synced is dropped, reordered and torn.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PowerCutTest {
    private static final int POINTS = Proof.pick(50, 300, 3_000);
    private static final int LIES = Proof.pick(10, 20, 600);
    private static final int LIVES = 3;
    private static final int ROUNDS = 120;
    private static final long SEED = 20;
    private static final int NO_LIE = -1;

    @TempDir(factory = LabDisk.class)
    static Path folder;

    private Path journal = Path.of("");
    private List<Call> calls = List.of();
    private Account account = Account.of(List.of());

    @BeforeAll
    void record() throws IOException {
        try (var lab = Lab.start(folder)) {
            journal = Files.createDirectories(lab.disk().resolve("state"));
            lab.record();
            account = lab.day(journal, SEED, LIVES, ROUNDS);
            calls = lab.calls();
        }
    }

    @Test
    void what_a_commit_confirmed_was_forced_before() {
        // By file: what one descriptor wrote another one may sync.
        var files = new HashMap<Integer, String>();
        var writtenTo = new ArrayList<String>();
        for (var i = 0; i < calls.size(); i++) {
            switch (calls.get(i)) {
                case Call.Open open -> files.put(open.fd(), open.path());
                case Call.Write(var fd, _, _) -> writtenTo.add(files.getOrDefault(fd, "unknown"));
                case Call.Sync(var fd) -> writtenTo.removeIf(file -> file.equals(files.get(fd)));
                case Call.Mark(var lines)
                        when account.lines().get(lines - 1) instanceof Account.Committed ->
                        assertThat(writtenTo).as("unsynced at call %d", i).isEmpty();
                default -> {}
            }
        }
        assertThat(calls).hasSizeGreaterThan(LIVES * ROUNDS);
    }

    /** Else the cuts would prove less than they say. */
    @Test
    void the_day_has_everything_in_it() throws IOException {
        var disk = new Disk(journal.toString(), Map.of(), new Random(SEED));
        calls.forEach(disk::apply);
        Image.put(disk.crash(), journal);
        try (var found = Journal.open(journal, new Random(1), Day.moment(Long.MAX_VALUE / 2))) {
            var shown = Found.in(found);
            assertThat(shown.gaps(GapCause.THINNED)).isPositive();
            var causes = new ArrayList<String>();
            var kinds = new HashSet<Class<?>>();
            for (var epoch : found.epochs()) {
                for (var entry : found.read(epoch, 1, Integer.MAX_VALUE)) {
                    kinds.add(entry.fact().getClass());
                    if (entry.fact() instanceof Fact.EpochBegan(_, var cause)) {
                        causes.add(cause);
                    }
                }
            }
            assertThat(causes).containsExactly("first-start", "board-changed", "damaged");
            assertThat(kinds)
                    .contains(Fact.Checkpointed.class, Fact.HoldPlaced.class, Fact.Rekeyed.class);
        }
    }

    @Test
    void a_power_cut_takes_nothing_that_was_confirmed() {
        var chance = new Random(SEED);
        var trials = new Trials("power cuts");
        for (var point : points(chance, POINTS)) {
            trials.run(name(point), () -> cut(point, NO_LIE, Contract.Loss.NONE));
        }
        trials.verdict();
    }

    /** The sync that lied is one the recorder saw: the process could not tell the difference. */
    @Test
    void a_power_cut_after_a_sync_that_lied_never_gives_a_wrong_value() {
        var chance = new Random(SEED + 1);
        var trials = new Trials("power cuts after lying syncs");
        for (var point : points(chance, LIES)) {
            var syncs =
                    IntStream.range(0, point)
                            .filter(i -> calls.get(i) instanceof Call.Sync)
                            .toArray();
            if (syncs.length > 0) {
                var lie = syncs[syncs.length - Math.min(syncs.length, 1 + chance.nextInt(20))];
                trials.run(
                        name(point) + ", lie at " + lie, () -> cut(point, lie, Contract.Loss.END));
            }
        }
        trials.verdict();
    }

    private String name(int point) {
        return "day %d, cut after call %d of %d".formatted(SEED, point, calls.size());
    }

    /** Half of them anywhere, half of them just before or after something was made sure. */
    private List<Integer> points(Random chance, int count) {
        var borders =
                IntStream.range(1, calls.size())
                        .filter(i -> !(calls.get(i) instanceof Call.Write))
                        .boxed()
                        .toList();
        return IntStream.range(0, count)
                .mapToObj(i ->
                        i % 2 == 0
                                ? chance.nextInt(calls.size() + 1)
                                : borders.get(chance.nextInt(borders.size())) + chance.nextInt(2))
                .sorted()
                .toList();
    }

    /** Replays the calls before {@code point}, but for the one at {@code lie}, and cuts. */
    private Contract.Outcome cut(int point, int lie, Contract.Loss loss) throws IOException {
        var disk = new Disk(journal.toString(), Map.of(), new Random(SEED * 1_000_003 + point));
        var lines = 0;
        for (var i = 0; i < point; i++) {
            if (i != lie) {
                disk.apply(calls.get(i));
            }
            if (calls.get(i) instanceof Call.Mark(var said)) {
                lines = said;
            }
        }
        Image.put(disk.crash(), journal);
        var outcome = new Contract(account.first(lines), loss).check(journal);
        if (lie == NO_LIE && point <= damagedAt() && Files.exists(journal.resolve("quarantine"))) {
            throw new AssertionError("a power cut was taken for damage: " + why());
        }
        return outcome;
    }

    /** What the quarantine says of itself. */
    private String why() throws IOException {
        try (var files = Files.walk(journal.resolve("quarantine"))) {
            var said = files.filter(file -> file.endsWith("why.txt")).findFirst();
            return said.isEmpty() ? "" : Files.readString(said.get());
        }
    }

    /** The call with which the day itself damages the file: from there on a quarantine is right. */
    private int damagedAt() {
        return IntStream.range(0, calls.size())
                .filter(i ->
                        calls.get(i) instanceof Call.Write(_, var offset, var data)
                                && offset == 0
                                && Arrays.equals(data, new byte[Day.FIRST_PAGE_BYTES]))
                .findFirst()
                .orElseThrow();
    }
}
