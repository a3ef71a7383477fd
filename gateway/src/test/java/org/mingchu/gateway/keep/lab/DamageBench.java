package org.mingchu.gateway.keep.lab;

import org.mingchu.gateway.keep.Journal;
import org.mingchu.gateway.keep.Rounds;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What is left of a damaged journal, beside what was measured at the peers: 3,000 entries before
 * the damage, 301 after it, damage to every file over 4 KiB. Argument: an empty folder.
 */
final class DamageBench {
    private static final int OLD = 3_000;
    private static final int NEW = 301;
    private static final int DAMAGED_BYTES = 4 * 1024;
    private static final long SEED = 50;

    /**
     * The same damage done to others, measured elsewhere and once each: their buffers held 3,000
     * readings. The versions stand in the table's head.
     */
    private static final Map<String, String> PEERS =
            Map.of(
                    "cut to 2/3",
                    "does not start     1,500 + 0           1,820 + 297",
                    "20 bytes flipped",
                    "does not start     1,998 + 0           0 + 301",
                    "first 512 bytes zeroed",
                    "does not start     0 + 0               0 + 298");

    private final Path state;

    private DamageBench(Path state) {
        this.state = state;
    }

    public static void main(String[] args) throws IOException {
        var state = Files.createDirectories(Path.of(args[0]).resolve("state"));
        new DamageBench(state).print();
    }

    private void print() throws IOException {
        var prepared = Prepared.in(state, SEED, OLD);
        System.out.printf(
                "damage: kept of %,d old entries + taken of %d new ones (bar: all of the old ones that"
                        + " the%n  damage did not touch, all new ones). Measured here: the journal,"
                        + " as left by a kill.%n  Measured elsewhere, one run each: Mosquitto 2.0.11"
                        + " bridge with autosave at each change, Node-RED%n  5.0.7 with"
                        + " node-red-node-sqlite 1.1.1, ThingsBoard IoT Gateway 3.8.3%n"
                        + "%-24s %-16s %-18s %-19s %s%n",
                OLD, NEW, "", "journal", "Mosquitto", "Node-RED", "ThingsBoard");
        for (var how :
                List.of("none", "cut to 2/3", "20 bytes flipped", "first 512 bytes zeroed")) {
            Image.put(damaged(prepared.image(), how), state);
            System.out.printf(
                    "%-24s %-16s %s%n", how, left(prepared.account()), PEERS.getOrDefault(how, ""));
        }
    }

    private static Map<String, byte[]> damaged(Map<String, byte[]> image, String how) {
        var damaged = image;
        for (var file : image.keySet()) {
            var length = image.get(file).length;
            if (length > DAMAGED_BYTES) {
                damaged =
                        switch (how) {
                            case "cut to 2/3" -> Damage.cut(damaged, file, length / 3 * 2);
                            case "20 bytes flipped" ->
                                    Damage.flip(damaged, file, length / 2, 20, new Random(SEED));
                            case "first 512 bytes zeroed" -> Damage.zero(damaged, file, 0, 512);
                            default -> damaged;
                        };
            }
        }
        return damaged;
    }

    /** What a restart shows of the first entries, and takes of new ones. */
    private String left(Account account) {
        try (var journal = Journal.open(state, new Random(SEED), Day.moment(1))) {
            var found = Found.in(journal);
            var old =
                    account.lines().stream()
                            .filter(Account.Appended.class::isInstance)
                            .map(Account.Appended.class::cast)
                            .limit(OLD)
                            .filter(entry -> shows(found, entry))
                            .count();
            var taken = 0;
            for (var i = 0; i < NEW; i++) {
                var facts = List.of(Rounds.of(16, new Random(i)));
                var last = journal.append(Day.moment(i), facts).getLast();
                journal.commit();
                taken += journal.read(last.seq(), 1).equals(List.of(last)) ? 1 : 0;
            }
            return "%,d + %d".formatted(old, taken);
        } catch (AssertionError | RuntimeException e) {
            System.out.println("  (" + e.getMessage() + ")");
            return "fails";
        }
    }

    private static boolean shows(Found found, Account.Appended entry) {
        return Arrays.equals(found.bytes(entry.epoch(), entry.seq()), entry.bytes());
    }
}
