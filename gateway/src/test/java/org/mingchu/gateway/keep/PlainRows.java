package org.mingchu.gateway.keep;

import org.mingchu.gateway.judge.Fact;
import org.mingchu.sensors.Reading;
import org.sqlite.JDBC;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Properties;

/** What most gateways do: a row per reading in SQLite with its default settings. */
final class PlainRows implements AutoCloseable {
    private final Connection connection;
    private final PreparedStatement insert;

    /**
     * @param mode of SQLite's journal: WAL, or DELETE as is its default; synchronous is FULL
     */
    PlainRows(Path file, String mode) throws SQLException {
        connection = JDBC.createConnection("jdbc:sqlite:" + file, new Properties());
        try (var statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = " + mode);
            statement.execute("PRAGMA synchronous = FULL");
            statement.execute("CREATE TABLE reading(sensor TEXT, at_ms INTEGER, value REAL)");
        }
        connection.setAutoCommit(false);
        insert = connection.prepareStatement("INSERT INTO reading VALUES (?, ?, ?)");
    }

    void add(Fact.Round round, long atMs) throws SQLException {
        for (var reading : round.readings()) {
            insert.setString(1, reading.subject());
            insert.setLong(2, atMs);
            insert.setDouble(3, ((Reading.Measured) reading).milli() / 1000.0);
            insert.executeUpdate();
        }
    }

    void commit() throws SQLException {
        connection.commit();
    }

    @Override
    public void close() throws SQLException {
        insert.close();
        connection.close();
    }
}
