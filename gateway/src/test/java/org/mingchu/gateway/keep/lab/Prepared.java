package org.mingchu.gateway.keep.lab;

import org.mingchu.gateway.keep.Journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A journal as a kill leaves it, its log at full length, and what it had confirmed.
 *
 * @param image the files by name
 */
record Prepared(Map<String, byte[]> image, Account account) {
    /** An empty folder. */
    static final Prepared NOTHING = new Prepared(Map.of(), Account.of(List.of()));

    /** Lives so many rounds in the folder, and copies its files before the close. */
    static Prepared in(Path folder, long seed, int rounds) throws IOException {
        var pen = new Account.Pen((_, _) -> {});
        try (var journal = Journal.open(folder, new Random(seed), Day.moment(1))) {
            new Day(folder, pen, seed).live(journal, rounds);
            return new Prepared(Image.of(folder), pen.account());
        }
    }

    /** What the last so many commits have confirmed. */
    List<Account.Appended> lastCommits(int count) {
        var lines = account.lines();
        var found = new ArrayList<Account.Appended>();
        var commits = 0;
        for (var i = lines.size() - 1; i >= 0; i--) {
            commits += lines.get(i) instanceof Account.Committed ? 1 : 0;
            if (commits > count) {
                break;
            }
            if (lines.get(i) instanceof Account.Appended entry) {
                found.add(entry);
            }
        }
        return found;
    }

    /** The account, and what was said after. */
    Account and(Account after) {
        var lines = new ArrayList<>(account.lines());
        lines.addAll(after.lines());
        return Account.of(List.copyOf(lines));
    }
}
