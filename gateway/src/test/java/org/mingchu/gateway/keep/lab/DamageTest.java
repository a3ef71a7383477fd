package org.mingchu.gateway.keep.lab;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.gateway.Proof;
import org.mingchu.gateway.keep.Journal;
import org.mingchu.gateway.keep.RowsOnDisk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The files of a journal are cut, flipped, zeroed and removed. It always starts, shows nothing that
 * was not said, tells of each loss, and takes new entries at once.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DamageTest {
    /** Each length of the tail is tried in the proof. */
    private static final int CUTS = Proof.pick(6, 40, DamageTest.TAIL_BYTES);

    private static final int FLIPS = Proof.pick(4, 50, 500);
    private static final int FLIPPED_BYTES = 20;

    /**
     * What a cut takes at the most: three pages of the database, nearly three frames of the log.
     */
    private static final int TAIL_BYTES = 3 * 1024;

    /** Several checkpoints, and a log in use after the last. */
    private static final int ROUNDS = 600;

    private static final long SEED = 40;

    @TempDir(factory = LabDisk.class)
    static Path folder;

    private Path state = Path.of("");
    private Prepared prepared = Prepared.NOTHING;
    private RowsOnDisk rows;

    @BeforeAll
    void prepare() throws IOException, SQLException {
        state = Files.createDirectory(folder.resolve("state"));
        prepared = Prepared.in(state, SEED, ROUNDS);
        rows =
                new RowsOnDisk(
                        bytes(prepared.image(), Damage.DATABASE),
                        bytes(prepared.image(), Damage.LOG),
                        Files.createDirectory(folder.resolve("scratch")));
    }

    private static byte[] bytes(Map<String, byte[]> image, String file) {
        return image.getOrDefault(file, new byte[0]);
    }

    @Test
    void undamaged_all_of_it_is_there() {
        var trials = new Trials("no damage");
        trials.run("", () -> check(prepared.image(), Contract.Loss.NONE));
        trials.verdict();
    }

    @Test
    void a_database_cut_anywhere_in_its_tail_loses_what_was_there_and_says_so() {
        cuts(Damage.DATABASE);
    }

    @Test
    void a_log_cut_anywhere_in_its_tail_loses_no_more_than_its_end() {
        cuts(Damage.LOG);
    }

    @Test
    void a_file_cut_to_any_length_does_not_stop_the_journal() {
        var trials = new Trials("cut to a part");
        for (var file : List.of(Damage.DATABASE, Damage.LOG)) {
            for (var percent :
                    Proof.pick(0, 1, 1) == 0 ? List.of(0, 66) : List.of(0, 1, 33, 66, 95)) {
                var length = (int) (Damage.end(prepared.image(), file) * (long) percent / 100);
                trials.run(
                        file + " to " + length,
                        () -> check(Damage.cut(prepared.image(), file, length), lossOf(file)));
            }
        }
        trials.verdict();
    }

    @Test
    void flipped_bytes_in_the_database_lose_what_they_hit_and_say_so() {
        flips(Damage.DATABASE);
    }

    @Test
    void flipped_bytes_in_the_log_lose_silently_no_more_than_its_last_commits() {
        flips(Damage.LOG);
    }

    @Test
    void a_first_page_of_zeros_does_not_stop_the_journal() {
        var trials = new Trials("first page zeroed");
        for (var bytes : List.of(512, 1024, 4096)) {
            for (var file : List.of(Damage.DATABASE, Damage.LOG)) {
                trials.run(
                        file + ", " + bytes,
                        () ->
                                check(
                                        Damage.zero(prepared.image(), file, 0, bytes),
                                        lossOfBroken(file)));
            }
        }
        trials.verdict();
    }

    @Test
    void a_file_that_is_gone_does_not_stop_the_journal() {
        var trials = new Trials("file removed");
        for (var file : List.of(Damage.DATABASE, Damage.LOG)) {
            trials.run(file, () -> check(Damage.remove(prepared.image(), file), lossOf(file)));
        }
        trials.verdict();
    }

    /** What was confirmed before is still in its hands while it runs. */
    @Test
    void files_removed_while_it_runs_cost_nothing_that_was_confirmed() {
        var trials = new Trials("files removed while running");
        for (var files :
                List.of(
                        List.of(Damage.DATABASE),
                        List.of(Damage.LOG),
                        List.of(Damage.DATABASE, Damage.LOG))) {
            trials.run("" + files, () -> removeWhileRunning(files));
        }
        trials.verdict();
    }

    private Contract.Outcome removeWhileRunning(List<String> files) throws IOException {
        Image.put(prepared.image(), state);
        var pen = new Account.Pen((_, _) -> {});
        var day = new Day(state, pen, SEED + 1);
        try (var journal = Journal.open(state, new Random(SEED), Day.moment(1))) {
            day.live(journal, 5);
            for (var file : files) {
                Files.delete(state.resolve(file));
            }
            day.live(journal, 30);
        }
        return new Contract(prepared.and(pen.account()), Contract.Loss.NONE).check(state);
    }

    /** A log that ends early is what a power cut leaves too: nothing in it tells of more. */
    private static Contract.Loss lossOf(String file) {
        return file.equals(Damage.LOG) ? Contract.Loss.END : Contract.Loss.SAID;
    }

    /**
     * What stands behind a break tells of it; a power cut can break no more than the last commit.
     */
    private static Contract.Loss lossOfBroken(String file) {
        return file.equals(Damage.LOG) ? Contract.Loss.LAST : Contract.Loss.SAID;
    }

    private void cuts(String file) {
        var trials = new Trials(file + " cut in its tail");
        var end = Damage.end(prepared.image(), file);
        for (var i = 0; i < CUTS; i++) {
            var length = end - 1 - (int) ((long) i * TAIL_BYTES / CUTS);
            trials.run(
                    "to " + length + " of " + end,
                    () -> check(Damage.cut(prepared.image(), file, length), lossOf(file)));
        }
        trials.verdict();
    }

    private void flips(String file) {
        var trials = new Trials(FLIPPED_BYTES + " bytes flipped in " + file);
        var end = Damage.end(prepared.image(), file);
        for (var at : places(end)) {
            trials.run(
                    "at " + at + " of " + end,
                    () ->
                            check(
                                    Damage.flip(
                                            prepared.image(),
                                            file,
                                            at,
                                            FLIPPED_BYTES,
                                            new Random(SEED + at)),
                                    lossOfBroken(file)));
        }
        trials.verdict();
    }

    /** The header is always among them. */
    private static List<Integer> places(int end) {
        var chance = new Random(SEED);
        var places = new ArrayList<Integer>();
        places.add(0);
        while (places.size() < FLIPS) {
            places.add(chance.nextInt(end));
        }
        return places;
    }

    private Contract.Outcome check(Map<String, byte[]> damaged, Contract.Loss loss)
            throws IOException {
        Image.put(damaged, state);
        return new Contract(prepared.account(), loss, new Touched(damaged)).check(state);
    }

    /**
     * What a damage has touched. The last two commits of the log cannot be told from those that a
     * power cut interrupts; what is cut off leaves no trace either.
     */
    private final class Touched implements Contract.Harm {
        private final byte[] database;
        private final byte[] log;

        Touched(Map<String, byte[]> damaged) {
            database = bytes(damaged, Damage.DATABASE);
            log = bytes(damaged, Damage.LOG);
        }

        @Override
        public boolean touched(String epoch, long seq) {
            return inLastCommits(epoch, seq) || !rows.untouched(epoch, seq, database, log);
        }

        @Override
        public boolean traceless(String epoch, long seq) {
            var cutOff = log.length < bytes(prepared.image(), Damage.LOG).length;
            return inLastCommits(epoch, seq) || cutOff;
        }

        private boolean inLastCommits(String epoch, long seq) {
            return prepared.lastCommits(2).stream()
                    .anyMatch(e -> e.epoch().equals(epoch) && e.seq() == seq);
        }
    }
}
