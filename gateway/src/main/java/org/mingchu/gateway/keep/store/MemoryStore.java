package org.mingchu.gateway.keep.store;

import org.sqlite.JDBC;
import org.sqlite.SQLiteConnection;

import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;

/** Opens a store that lives in memory, empty or from an image: for films and power cuts in them. */
public final class MemoryStore {
    private static final String NAME = "memory";

    private MemoryStore() {}

    public static Store open() {
        return open(Optional.empty());
    }

    /** What a process finds that starts after a power cut which left {@code image}. */
    public static Store open(byte[] image) {
        return open(Optional.of(image));
    }

    private static Store open(Optional<byte[]> image) {
        try {
            return on(connect(image));
        } catch (SQLException e) {
            throw Database.failed(NAME, "open", e);
        }
    }

    /** Takes a connection to memory over. */
    public static Store on(SQLiteConnection connection) throws SQLException {
        return new Store(connection, NAME, Store.NO_FORCE);
    }

    public static SQLiteConnection connect(Optional<byte[]> image) throws SQLException {
        var connection = JDBC.createConnection("jdbc:sqlite::memory:", new Properties());
        try (var statement = connection.createStatement()) {
            statement.execute("PRAGMA page_size = " + FileStore.PAGE_BYTES);
        }
        if (image.isPresent()) {
            connection.deserialize("main", image.get());
        }
        return connection;
    }
}
