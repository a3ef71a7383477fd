package org.mingchu.gateway.keep;

import org.mingchu.gateway.keep.store.MemoryStore;
import org.mingchu.sensors.Moment;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConnection;

import java.sql.SQLException;
import java.util.Properties;
import java.util.Random;

/** A journal in memory whose disk is full when the test says so. */
public final class FullDisk {
    private final SQLiteConnection connection;
    private final Journal journal;

    public FullDisk(Moment now) throws SQLException {
        connection = JDBC.createConnection("jdbc:sqlite::memory:", new Properties());
        journal = Journal.on(MemoryStore.on(connection), new Random(1), now);
    }

    public Journal journal() {
        return journal;
    }

    /** From now on no commit succeeds, or each one again. */
    public void full(boolean full) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("PRAGMA query_only = " + (full ? "ON" : "OFF"));
        }
    }
}
