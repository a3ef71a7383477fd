package org.mingchu.gateway.keep;

import static java.util.Objects.requireNonNull;

import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.LinkState;
import org.mingchu.gateway.keep.cbor.CborWriter;
import org.mingchu.gateway.keep.entry.Codes;
import org.mingchu.gateway.keep.entry.EntryCodec;
import org.mingchu.gateway.keep.entry.RandomWords;
import org.mingchu.gateway.keep.store.FileStore;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;
import org.sqlite.SQLiteConnection;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** A journal of several epochs as it lies on the disk, and what stands in it. */
final class JournalOnDisk implements AutoCloseable {
    private static final List<String> TABLES =
            List.of(
                    "CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
                    "CREATE TABLE entries(pos INTEGER PRIMARY KEY, lane INTEGER NOT NULL,"
                            + " bytes BLOB NOT NULL, leaf_check INTEGER NOT NULL)",
                    "CREATE INDEX small_lanes ON entries(lane) WHERE lane <> 1",
                    "CREATE TABLE delivery(platform TEXT NOT NULL, lane INTEGER NOT NULL,"
                            + " progress BLOB NOT NULL, PRIMARY KEY (platform, lane)) WITHOUT ROWID");

    private final SQLiteConnection connection;
    private final Random chance;
    private final RandomWords words;
    private final CborWriter writer = new CborWriter();
    private final Map<String, Map<Long, byte[]>> entries = new TreeMap<>();
    private final Map<Integer, String> epochs = new HashMap<>();

    JournalOnDisk(Path file, long seed, List<String> settings) throws SQLException {
        chance = new Random(seed);
        words = new RandomWords(chance);
        connection = FileStore.connect(file);
        run("PRAGMA synchronous = OFF");
        for (var sql : settings) {
            run(sql);
        }
        for (var sql : TABLES) {
            run(sql);
        }
    }

    void run(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /**
     * Rounds of 20 sensors mostly; among them everything else the house can say, large and small.
     */
    void fill(int epochNo, int count) throws SQLException {
        for (var seq = 1L; seq <= count; seq++) {
            put(epochNo, seq, fact());
        }
    }

    /** One commit; the same seq again replaces the entry. */
    void put(int epochNo, long seq, Fact fact) throws SQLException {
        var epoch =
                epochs.computeIfAbsent(epochNo, _ -> HexFormat.of().toHexDigits(chance.nextLong()));
        var bytes = EntryCodec.encode(writer, new Entry(epoch, seq, moment(seq), fact));
        put(epochNo, seq, Codes.of(fact.lane()), bytes);
    }

    void put(int epochNo, long seq, int lane, byte[] bytes) throws SQLException {
        try (var insert =
                connection.prepareStatement("INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?)")) {
            insert.setLong(1, (long) epochNo << 36 | seq);
            insert.setInt(2, lane);
            insert.setBytes(3, bytes);
            insert.setLong(4, ByteBuffer.wrap(EntryCodec.leaf(bytes)).getInt(0) & 0xffff_ffffL);
            insert.executeUpdate();
        }
        entries.computeIfAbsent(epoch(epochNo), _ -> new TreeMap<>()).put(seq, bytes);
    }

    void remove(int epochNo, long seq) throws SQLException {
        run("DELETE FROM entries WHERE pos = " + ((long) epochNo << 36 | seq));
        requireNonNull(entries.get(epoch(epochNo))).remove(seq);
    }

    String epoch(int epochNo) {
        return requireNonNull(epochs.get(epochNo));
    }

    /** Epoch, seq, bytes. */
    Map<String, Map<Long, byte[]>> entries() {
        return entries;
    }

    static Moment moment(long seq) {
        return new Moment("boot", seq * 10_000_000_000L, seq * 10_000, ClockState.SYNCED, 5);
    }

    private Fact fact() {
        return switch (chance.nextInt(16)) {
            case 0, 1 -> words.fact(1 + chance.nextInt(21));
            case 2 -> new Fact.Link("city", LinkState.UP, noise(chance.nextInt(3000)));
            case 3 ->
                    chance.nextInt(20) == 0
                            ? new Fact.Link("city", LinkState.UP, noise(chance.nextInt(60_000)))
                            : words.fact(7);
            default -> Rounds.of(20, chance);
        };
    }

    private String noise(int chars) {
        var text = new StringBuilder();
        for (var i = 0; i < chars; i++) {
            text.append((char) (' ' + chance.nextInt(90)));
        }
        return text.toString();
    }

    /** What a power cut leaves: the two files as they are now. */
    static Image copy(Path database) throws IOException {
        var log = database.resolveSibling(database.getFileName() + "-wal");
        return new Image(
                Files.readAllBytes(database),
                Files.exists(log) ? Files.readAllBytes(log) : new byte[0]);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
