package org.mingchu.gateway.keep;

import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.judge.LinkState;
import org.mingchu.gateway.judge.Progress;
import org.mingchu.gateway.keep.entry.EntryCodec;
import org.mingchu.gateway.keep.entry.RandomWords;
import org.mingchu.gateway.keep.proof.DeviceKey;
import org.mingchu.gateway.keep.store.FileStore;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;
import org.sqlite.SQLiteConnection;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A journal of several epochs as the program itself makes it: the ring and packed blocks,
 * summaries, the tree's nodes, signed checkpoints, how far a platform is; and what stands in it.
 */
final class JournalOnDisk implements AutoCloseable {
    static final int ROUNDS_PER_HOUR = 120;

    private static final int SENSORS = 16;

    /** More than a slot of the ring takes. */
    private static final int MANY_SENSORS = 40;

    private static final long PERIOD_NS = Duration.ofHours(1).toNanos() / ROUNDS_PER_HOUR;

    private final Random chance;
    private final RandomWords words;
    private final Journal journal;
    private int round;

    JournalOnDisk(Path folder, long seed) throws IOException {
        chance = new Random(seed);
        words = new RandomWords(chance);
        journal = Journal.open(folder, chance, moment(0));
        journal.sealWith(new Seal("a", "s", "g", DeviceKey.open(folder, chance).key()));
    }

    /**
     * Rounds of 16 sensors mostly; among them everything else the house can say, large and small.
     */
    void fill(int rounds) {
        for (var i = 0; i < rounds; i++) {
            round++;
            var facts = new ArrayList<Fact>(List.of(fact()));
            journal.checkpoint(moment(round)).ifPresent(facts::add);
            keep(facts);
            if (round % ROUNDS_PER_HOUR == 0) {
                var last = journal.lastSeq();
                journal.saveProgress("city", Lane.READING, new Progress(last, List.of()));
            }
        }
    }

    /** One commit; the seq of the fact. */
    long keep(Fact fact) {
        keep(List.of(fact));
        return journal.lastSeq();
    }

    private void keep(List<Fact> facts) {
        journal.append(moment(round), facts);
        journal.commit();
        journal.tend(moment(round));
    }

    void beginEpoch() {
        journal.beginEpoch(Causes.BOARD_CHANGED, moment(round));
    }

    String epoch() {
        return journal.epoch();
    }

    /** Epoch, seq, bytes: all that is committed. */
    Map<String, Map<Long, byte[]>> entries() {
        var entries = new TreeMap<String, Map<Long, byte[]>>();
        for (var epoch : journal.epochs()) {
            var ofEpoch = entries.computeIfAbsent(epoch, _ -> new TreeMap<>());
            for (var seq = 1L; seq <= journal.lastSeq(epoch); seq++) {
                ofEpoch.put(seq, journal.bytes(epoch, seq));
            }
        }
        return entries;
    }

    private static Moment moment(long round) {
        return new Moment("boot", round * PERIOD_NS, round * 30_000, ClockState.SYNCED, 5);
    }

    private Fact fact() {
        return switch (chance.nextInt(16)) {
            case 0, 1 -> words.fact(1 + chance.nextInt(21));
            case 2 -> new Fact.Link("city", LinkState.UP, noise(chance.nextInt(3000)));
            case 3 ->
                    chance.nextInt(20) == 0
                            ? new Fact.Link("city", LinkState.UP, noise(chance.nextInt(60_000)))
                            : words.fact(7);
            case 4 -> Rounds.of(MANY_SENSORS, chance);
            default -> Rounds.of(SENSORS, chance);
        };
    }

    private String noise(int chars) {
        var text = new StringBuilder();
        for (var i = 0; i < chars; i++) {
            text.append((char) (' ' + chance.nextInt(90)));
        }
        return text.toString();
    }

    /** Puts a row in by hand, past the program; the same place again replaces the row. */
    static void put(SQLiteConnection connection, long pos, int lane, byte[] bytes)
            throws SQLException {
        try (var insert =
                connection.prepareStatement("INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?)")) {
            insert.setLong(1, pos);
            insert.setInt(2, lane);
            insert.setBytes(3, bytes);
            insert.setInt(4, ByteBuffer.wrap(EntryCodec.leaf(bytes)).getInt(0));
            insert.executeUpdate();
        }
    }

    /** What a power cut leaves: the two files as they are now. */
    static Image copy(Path folder) throws IOException {
        var log = folder.resolve(FileStore.FILE + "-wal");
        return new Image(
                Files.readAllBytes(folder.resolve(FileStore.FILE)),
                Files.exists(log) ? Files.readAllBytes(log) : new byte[0]);
    }

    @Override
    public void close() {
        journal.close();
    }
}
