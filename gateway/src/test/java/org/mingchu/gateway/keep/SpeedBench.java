package org.mingchu.gateway.keep;

import org.mingchu.gateway.judge.Fact;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * How long one round of 16 readings takes from fact to committed in memory, as films do it. The
 * target is at most 25 µs: 30 days of rounds are 259,200.
 */
final class SpeedBench {
    private static final int ROUNDS = 259_200;
    private static final int SENSORS = 16;
    private static final int PASSES = 3;

    private SpeedBench() {}

    public static void main(String[] args) {
        var rounds = new ArrayList<Fact>();
        var chance = new Random(1);
        for (var i = 0; i < 1000; i++) {
            rounds.add(Rounds.of(SENSORS, chance));
        }
        for (var pass = 0; pass < PASSES; pass++) {
            pass(rounds);
        }
    }

    private static void pass(List<Fact> rounds) {
        try (var journal = Journal.inMemory(new Random(1), JournalTest.moment("b", 1))) {
            var start = System.nanoTime();
            for (var i = 0; i < ROUNDS; i++) {
                journal.append(JournalTest.moment("b", i), List.of(rounds.get(i % rounds.size())));
                journal.commit();
            }
            var written = System.nanoTime();
            var read = 0L;
            for (long from = 1; from <= journal.lastSeq(); from += 1000) {
                read += journal.read(from, 1000).size();
            }
            var done = System.nanoTime();
            System.out.printf(
                    "rounds=%d append_and_commit_us=%.2f read_us=%.2f image_mib=%d%n",
                    read - 1,
                    (written - start) / 1e3 / ROUNDS,
                    (done - written) / 1e3 / ROUNDS,
                    journal.image().length >> 20);
        }
    }
}
