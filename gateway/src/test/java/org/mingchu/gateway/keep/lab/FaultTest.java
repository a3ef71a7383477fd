package org.mingchu.gateway.keep.lab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.gateway.Proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The n-th call of each class fails or lies, once or from then on, for n = 1, 2, 3 to the end of a
 * day; then the disk is sound again and the journal is opened as a restart does.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultTest {
    /** Trials of one class and effect; in the proof each n. */
    private static final int TRIALS = Proof.pick(3, 6, Integer.MAX_VALUE);

    /** Each call once and from then on; else one or the other. */
    private static final boolean BOTH = Proof.pick(0, 1, 1) == 1;

    private static final long SEED = 30;

    /** Before the log is full for the first time: the trial passes that mark. */
    private static final int ROUNDS_BEFORE = 130;

    private static final int ROUNDS = 40;

    @TempDir(factory = LabDisk.class)
    static Path folder;

    private Lab lab;
    private Path state;
    private List<Start> starts = List.of();

    /**
     * Where a trial begins.
     *
     * @param calls of a day from there on, by class
     */
    private record Start(String name, Prepared prepared, Map<Fault.Calls, Long> calls) {}

    @BeforeAll
    void begin() throws IOException {
        lab = Lab.start(folder);
        state = Files.createDirectories(lab.disk().resolve("state"));
        starts =
                List.of(
                        start("after a kill", Prepared.in(state, SEED, ROUNDS_BEFORE)),
                        start("at birth", Prepared.NOTHING));
    }

    private Start start(String name, Prepared prepared) throws IOException {
        Image.put(prepared.image(), state);
        lab.control().clear();
        lab.day(state, SEED, 1, ROUNDS);
        var calls = new TreeMap<Fault.Calls, Long>();
        for (var each : Fault.Calls.values()) {
            calls.put(each, lab.control().calls(each));
        }
        System.out.println("calls of the day " + name + ": " + calls);
        return new Start(name, prepared, calls);
    }

    @AfterAll
    void end() throws IOException {
        lab.close();
    }

    @Test
    void the_day_is_long_enough_for_every_kind_of_call() {
        assertThat(starts)
                .allSatisfy(start ->
                        assertThat(start.calls().values())
                                .allSatisfy(count -> assertThat(count).isPositive()));
    }

    @Test
    void a_write_that_fails_costs_nothing_that_was_confirmed() {
        each(Fault.Calls.WRITE, Contract.Loss.NONE, Fault.Effect.EIO, Fault.Effect.ENOSPC);
    }

    @Test
    void a_sync_that_fails_costs_nothing_that_was_confirmed() {
        each(Fault.Calls.SYNC, Contract.Loss.NONE, Fault.Effect.EIO, Fault.Effect.ENOSPC);
    }

    @Test
    void an_open_that_fails_costs_nothing_that_was_confirmed() {
        each(Fault.Calls.OPEN, Contract.Loss.NONE, Fault.Effect.EIO, Fault.Effect.EACCES);
    }

    @Test
    void a_name_that_cannot_change_costs_nothing_that_was_confirmed() {
        each(Fault.Calls.ENTRY, Contract.Loss.NONE, Fault.Effect.EIO, Fault.Effect.EACCES);
    }

    @Test
    void a_read_that_fails_costs_nothing_that_was_confirmed() {
        each(Fault.Calls.READ, Contract.Loss.NONE, Fault.Effect.EIO);
    }

    /** The kernel has it all: without a power cut a sync that lied is as good as one. */
    @Test
    void a_sync_that_lies_costs_nothing_without_a_power_cut() {
        each(Fault.Calls.SYNC, Contract.Loss.NONE, Fault.Effect.LIE);
    }

    @Test
    void a_write_that_lies_never_gives_a_wrong_value() {
        each(Fault.Calls.WRITE, Contract.Loss.END, Fault.Effect.LIE, Fault.Effect.TEAR);
    }

    /** The kernel forgets what it could not write; the sync after that says that all is well. */
    @Test
    void a_power_cut_after_a_sync_that_failed_costs_nothing_that_was_confirmed() {
        var trials = new Trials("power cuts after failed syncs");
        for (var start : starts) {
            for (var n : numbers(start.calls().getOrDefault(Fault.Calls.SYNC, 0L))) {
                var fault = Fault.once(Fault.Calls.SYNC, Fault.Effect.EIO, n);
                trials.run(start.name() + ", " + fault, () -> cut(start, fault));
            }
        }
        trials.verdict();
    }

    /** Power goes somewhere between the failure and the end of the day. */
    private Contract.Outcome cut(Start start, Fault fault) throws IOException {
        Image.put(start.prepared().image(), state);
        lab.record();
        lab.control().inject(fault);
        var said = lab.day(state, SEED, 1, ROUNDS);
        var calls = lab.calls();
        lab.control().clear();

        var chance = new Random(SEED + fault.first());
        var disk = new Disk(state.toString(), start.prepared().image(), chance);
        var failure =
                IntStream.range(0, calls.size())
                        .filter(i -> calls.get(i) instanceof Call.SyncFailed)
                        .findFirst()
                        .orElseThrow();
        var point = failure + 1 + chance.nextInt(calls.size() - failure);
        var lines = 0;
        for (var call : calls.subList(0, point)) {
            disk.apply(call);
            lines = call instanceof Call.Mark(var count) ? count : lines;
        }
        Image.put(disk.crash(), state);
        return new Contract(start.prepared().and(said.first(lines)), Contract.Loss.NONE)
                .check(state);
    }

    private void each(Fault.Calls what, Contract.Loss loss, Fault.Effect... effects) {
        var trials = new Trials("the n-th " + what + ": " + List.of(effects));
        for (var start : starts) {
            for (var effect : effects) {
                for (var n : numbers(start.calls().getOrDefault(what, 0L))) {
                    if (BOTH || n % 2 == 0) {
                        run(trials, start, Fault.once(what, effect, n), loss);
                    }
                    if (BOTH || n % 2 == 1) {
                        run(trials, start, Fault.from(what, effect, n), loss);
                    }
                }
            }
        }
        trials.verdict();
    }

    /** 1, 2, 3 to the end, or as many as this form of the proof tries, evenly. */
    private static List<Long> numbers(long last) {
        return last <= TRIALS
                ? LongStream.rangeClosed(1, last).boxed().toList()
                : LongStream.range(0, TRIALS)
                        .map(i -> 1 + i * (last - 1) / (TRIALS - 1))
                        .boxed()
                        .toList();
    }

    private void run(Trials trials, Start start, Fault fault, Contract.Loss loss) {
        trials.run(
                start.name() + ", " + fault,
                () -> {
                    Image.put(start.prepared().image(), state);
                    lab.control().clear();
                    lab.control().inject(fault);
                    var said = lab.day(state, SEED, 1, ROUNDS);
                    lab.control().clear();
                    return new Contract(start.prepared().and(said), loss).check(state);
                });
    }
}
