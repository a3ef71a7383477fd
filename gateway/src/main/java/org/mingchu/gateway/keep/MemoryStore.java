package org.mingchu.gateway.keep;

import org.sqlite.JDBC;
import org.sqlite.SQLiteConnection;

import java.sql.SQLException;
import java.util.Properties;

/** Opens a store that lives in memory, empty or from an image: for films and power cuts in them. */
final class MemoryStore {
    private static final String NAME = "memory";

    private MemoryStore() {}

    static Store open() {
        try {
            return new Store(connect(), NAME);
        } catch (SQLException e) {
            throw Store.failed(NAME, "open", e);
        }
    }

    /** What a process finds that starts after a power cut which left {@code image}. */
    static Store open(byte[] image) {
        try {
            var connection = connect();
            connection.deserialize("main", image);
            return new Store(connection, NAME);
        } catch (SQLException e) {
            throw Store.failed(NAME, "open", e);
        }
    }

    private static SQLiteConnection connect() throws SQLException {
        var connection = JDBC.createConnection("jdbc:sqlite::memory:", new Properties());
        try (var statement = connection.createStatement()) {
            statement.execute("PRAGMA page_size = " + FileStore.PAGE_BYTES);
        }
        return connection;
    }
}
