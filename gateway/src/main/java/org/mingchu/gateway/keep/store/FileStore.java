package org.mingchu.gateway.keep.store;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConnection;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;

/**
 * Opens {@code journal.db}, set up for few bytes on the card (.adr/0003-journal.md): small pages,
 * and a write-ahead log that has its full size from birth and is written over, never truncated, so
 * that a commit changes no file length and the file system writes no journal of its own.
 */
public final class FileStore {
    public static final String FILE = "journal.db";

    private static final Logger LOG = LoggerFactory.getLogger(FileStore.class);

    /** A commit of one round touches about three pages; 1 KiB is the smallest that pays. */
    public static final int PAGE_BYTES = 1024;

    /** Frames after which SQLite copies the log into the database and begins it again. */
    public static final int CHECKPOINT_FRAMES = 1000;

    /** Room for the commit that passes the mark, a snapshot included; a larger one is no error. */
    private static final int SPARE_FRAMES = 128;

    private static final int WAL_HEADER_BYTES = 32;
    private static final int FRAME_HEADER_BYTES = 24;

    /** What the log measures from birth on. */
    public static final long WAL_BYTES =
            WAL_HEADER_BYTES
                    + (long) (CHECKPOINT_FRAMES + SPARE_FRAMES) * (FRAME_HEADER_BYTES + PAGE_BYTES);

    /** The locking mode must stand before WAL mode: then there is no shared-memory file either. */
    private static final List<String> SETTINGS =
            List.of(
                    "PRAGMA busy_timeout = 0",
                    "PRAGMA page_size = " + PAGE_BYTES,
                    "PRAGMA locking_mode = EXCLUSIVE",
                    "PRAGMA journal_mode = WAL",
                    "PRAGMA synchronous = FULL",
                    "PRAGMA journal_size_limit = -1",
                    "PRAGMA wal_autocheckpoint = " + CHECKPOINT_FRAMES,
                    "PRAGMA trusted_schema = OFF",
                    "PRAGMA cell_size_check = ON");

    private FileStore() {}

    /**
     * Opens or makes the journal of a state folder.
     *
     * @throws JournalException when that cannot be done
     */
    public static Store open(Path stateFolder) {
        var file = stateFolder.resolve(FILE);
        try {
            return on(connect(file), file);
        } catch (SQLException e) {
            throw Database.failed(file.toString(), "open", e);
        }
    }

    /** Takes the connection over. */
    public static Store on(SQLiteConnection connection, Path file) throws SQLException {
        try {
            var store = new Store(connection, file.toString());
            requireWal(store);
            fillLog(connection, file);
            return store;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    public static SQLiteConnection connect(Path file) throws SQLException {
        var connection = JDBC.createConnection("jdbc:sqlite:" + file, new Properties());
        try (var statement = connection.createStatement()) {
            for (var setting : SETTINGS) {
                statement.execute(setting);
            }
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return connection;
    }

    /** SQLite answers with another mode where a file system cannot do WAL; it does not fail. */
    private static void requireWal(Store store) {
        var mode = store.ask("PRAGMA journal_mode").orElse("none");
        if (!mode.equals("wal")) {
            throw new JournalException(
                    store.name()
                            + ": journal_mode is "
                            + mode
                            + ", wal is needed; put the state folder on a local ext4 disk");
        }
    }

    /**
     * Lengthens the log to its full size with commits of one row that means nothing. They are not
     * forced one by one: nothing is lost with them, and the checkpoint forces the whole.
     */
    private static void fillLog(SQLiteConnection connection, Path file) throws SQLException {
        var log = file.resolveSibling(FILE + "-wal");
        if (size(log) >= WAL_BYTES) {
            return;
        }
        try (var statement = connection.createStatement()) {
            statement.execute("PRAGMA synchronous = OFF");
            statement.execute("PRAGMA wal_autocheckpoint = 0");
            try {
                grow(statement, log);
            } catch (SQLException e) {
                // A full disk is no reason not to watch the kitchen.
                LOG.error(
                        "event=log-not-filled file={} cause=\"{}\" remedy=\"make room on the"
                                + " disk; until then each commit costs the card more\"",
                        log,
                        e.getMessage());
            }
            statement.execute("PRAGMA synchronous = FULL");
            statement.execute("PRAGMA wal_autocheckpoint = " + CHECKPOINT_FRAMES);
            statement.execute("PRAGMA wal_checkpoint(PASSIVE)");
        }
    }

    /** The row must differ each time: SQLite writes no page that stays the same. */
    private static void grow(Statement statement, Path log) throws SQLException {
        for (var i = 0; size(log) < WAL_BYTES; i++) {
            if (i > CHECKPOINT_FRAMES + SPARE_FRAMES) {
                throw new SQLException("it does not grow");
            }
            statement.execute("INSERT OR REPLACE INTO meta VALUES ('filler', " + i + ")");
        }
    }

    private static long size(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
