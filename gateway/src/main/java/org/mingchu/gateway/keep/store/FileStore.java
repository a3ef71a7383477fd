package org.mingchu.gateway.keep.store;

import static java.nio.file.StandardOpenOption.WRITE;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConnection;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;

/**
 * Opens {@code journal.db}, set up for few bytes on the card (.adr/0003-journal.md): small pages,
 * and a write-ahead log that has its full size from birth and is written over, never truncated, so
 * that a commit changes no file length. A commit is forced with fdatasync on the log, by us: SQLite
 * as the driver is built knows only fsync, which makes the file system record the new time of
 * change each time, three blocks for one of ours.
 */
public final class FileStore {
    public static final String FILE = "journal.db";

    private static final Logger LOG = LoggerFactory.getLogger(FileStore.class);

    /** A commit of one round touches one page; 1 KiB is the smallest that holds a round. */
    public static final int PAGE_BYTES = 1024;

    /** Frames after which SQLite copies the log into the database and begins it again. */
    static final int CHECKPOINT_FRAMES = 1000;

    /** Room for the commit that passes the mark, a snapshot included; a larger one is no error. */
    private static final int SPARE_FRAMES = 128;

    private static final int WAL_HEADER_BYTES = 32;
    private static final int FRAME_HEADER_BYTES = 24;

    /** What the log measures from birth on. */
    public static final long WAL_BYTES =
            WAL_HEADER_BYTES
                    + (long) (CHECKPOINT_FRAMES + SPARE_FRAMES) * (FRAME_HEADER_BYTES + PAGE_BYTES);

    /**
     * The locking mode must stand before WAL mode: then there is no shared-memory file either.
     * NORMAL, because each commit is forced by us; checkpoints are forced by SQLite.
     */
    private static final List<String> SETTINGS =
            List.of(
                    "PRAGMA busy_timeout = 0",
                    "PRAGMA page_size = " + PAGE_BYTES,
                    "PRAGMA locking_mode = EXCLUSIVE",
                    "PRAGMA journal_mode = WAL",
                    "PRAGMA synchronous = NORMAL",
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
        return open(stateFolder, FILE);
    }

    /** The same for a file of another name. */
    public static Store open(Path folder, String name) {
        var file = folder.resolve(name);
        if (LogDamage.hides(file, log(file))) {
            throw new JournalException(
                    log(file)
                            + " is damaged before its end; what is sound is saved at the next start of"
                            + " the agent, or by mingchu journal repair",
                    JournalException.Kind.DAMAGED);
        }
        try {
            return on(connect(file), file);
        } catch (SQLException e) {
            throw Database.failed(file.toString(), "open", e);
        }
    }

    /** Takes the connection over. */
    public static Store on(SQLiteConnection connection, Path file) throws SQLException {
        try {
            var inUse = size(log(file)) > 0;
            fillLog(connection, file);
            if (inUse) {
                beginLogAnew(connection, file);
            }
            forceFolder(file);
            var log = FileChannel.open(log(file), WRITE);
            try {
                return new Store(connection, file.toString(), new LogForce(log));
            } catch (SQLException | RuntimeException e) {
                log.close();
                throw e;
            }
        } catch (IOException e) {
            connection.close();
            throw new JournalException("cannot open " + log(file) + ": " + e, e);
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * Forces the log, not its time of change. Closing this channel lets go of no lock: SQLite locks
     * the database file, never the log.
     */
    private record LogForce(FileChannel log) implements Store.Force {
        @Override
        public void run() throws IOException {
            log.force(false);
        }

        @Override
        public void close() throws IOException {
            log.close();
        }
    }

    public static SQLiteConnection connect(Path file) throws SQLException {
        var connection = JDBC.createConnection("jdbc:sqlite:" + file, new Properties());
        try (var statement = connection.createStatement()) {
            for (var setting : SETTINGS) {
                statement.execute(setting);
            }
            requireWal(statement, file);
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
        return connection;
    }

    /** SQLite answers with another mode where a file system cannot do WAL; it does not fail. */
    private static void requireWal(Statement statement, Path file) throws SQLException {
        try (var mode = statement.executeQuery("PRAGMA journal_mode")) {
            if (!mode.next() || !mode.getString(1).equals("wal")) {
                throw new JournalException(
                        file
                                + ": journal_mode is not wal; put the state folder on a local ext4"
                                + " disk");
            }
        }
    }

    /** Else a power cut may take the names of new files away, and with them what was forced. */
    private static void forceFolder(Path file) throws IOException {
        var folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            try (var channel = FileChannel.open(folder)) {
                channel.force(true);
            }
        }
    }

    private static Path log(Path file) {
        return file.resolveSibling(file.getFileName() + "-wal");
    }

    /**
     * Lengthens the log to its full size with commits that mean nothing. They are not forced one by
     * one: nothing is lost with them, and the checkpoint forces the whole.
     */
    private static void fillLog(SQLiteConnection connection, Path file) throws SQLException {
        var log = log(file);
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
            statement.execute("PRAGMA synchronous = NORMAL");
            statement.execute("PRAGMA wal_autocheckpoint = " + CHECKPOINT_FRAMES);
            statement.execute("PRAGMA wal_checkpoint(PASSIVE)");
        }
    }

    /**
     * What a kill or a power cut left goes into the database, and new commits do not stand behind
     * it: after a force that failed the kernel may call pages of the log clean that are not on the
     * disk, and behind a broken commit nothing may stand that could be taken for a part of it.
     */
    private static void beginLogAnew(SQLiteConnection connection, Path file) throws SQLException {
        try (var statement = connection.createStatement();
                var busy = statement.executeQuery("PRAGMA wal_checkpoint(RESTART)")) {
            if (!busy.next() || busy.getInt(1) != 0) {
                throw new SQLException("the log " + log(file) + " cannot be begun anew");
            }
        } catch (SQLException e) {
            if (Database.failed(file.toString(), "open", e).kind() != JournalException.Kind.FULL) {
                throw e;
            }
            LOG.error(
                    "event=log-not-begun-anew file={} cause=\"{}\" remedy=\"make room on the disk\"",
                    log(file),
                    e.getMessage());
        }
    }

    /** The row must differ each time: SQLite writes no page that stays the same. */
    private static void grow(Statement statement, Path log) throws SQLException {
        statement.execute("CREATE TABLE IF NOT EXISTS filler(id INTEGER PRIMARY KEY, n INTEGER)");
        for (var i = 0; size(log) < WAL_BYTES; i++) {
            if (i > CHECKPOINT_FRAMES + SPARE_FRAMES) {
                throw new SQLException("it does not grow");
            }
            statement.execute("INSERT OR REPLACE INTO filler VALUES (1, " + i + ")");
        }
    }

    private static long size(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            throw new JournalException("cannot look at " + file + ": " + e, e);
        }
    }
}
