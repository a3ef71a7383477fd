package org.mingchu.gateway.keep;

import org.mingchu.gateway.judge.Entry;

import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/**
 * A process that keeps one round after the other and says so, until somebody kills it: a line for
 * each commit, the seq of its last entry and that entry's leaf.
 */
final class SteadyWriter {
    private SteadyWriter() {}

    public static void main(String[] args) {
        var chance = new Random(Long.parseLong(args[1]));
        var journal = Journal.open(Path.of(args[0]), chance, JournalTest.moment("b", 1));
        for (long upNs = 2; ; upNs++) {
            var rounds = chance.nextInt(3) + 1;
            List<Entry> entries = List.of();
            for (var i = 0; i < rounds; i++) {
                entries =
                        journal.append(
                                JournalTest.moment("b", upNs), List.of(Rounds.of(16, chance)));
            }
            journal.commit();
            var seq = entries.getLast().seq();
            System.out.println(seq + " " + HexFormat.of().formatHex(journal.leaf(seq)));
        }
    }
}
