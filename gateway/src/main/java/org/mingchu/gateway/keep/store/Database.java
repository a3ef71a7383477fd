package org.mingchu.gateway.keep.store;

import org.mingchu.gateway.keep.cbor.Cbor;
import org.sqlite.SQLiteConnection;

import java.nio.BufferUnderflowException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One SQLite connection with its prepared statements, and what to say when it fails. One thread at
 * a time.
 */
public final class Database implements AutoCloseable {
    private final SQLiteConnection connection;
    private final String name;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    /** Takes the connection over. */
    Database(SQLiteConnection connection, String name) {
        this.connection = connection;
        this.name = name;
    }

    /** A piece of work on the connection. */
    @FunctionalInterface
    public interface Sql<T> {
        T run() throws SQLException;
    }

    /** For messages: the file, or {@code memory}. */
    public String name() {
        return name;
    }

    /**
     * Does the work; whatever SQLite says against it, and whatever a row holds that makes no sense,
     * becomes a {@link JournalException}.
     */
    public <T> T trying(String what, Sql<T> work) {
        try {
            return work.run();
        } catch (SQLException e) {
            forgetStatements(e);
            throw failed(name, what, e);
        } catch (Cbor.Malformed
                | Cbor.Unknown
                | IllegalArgumentException
                | NullPointerException
                | IndexOutOfBoundsException
                | BufferUnderflowException
                | NegativeArraySizeException e) {
            // SQLite believes every page that has its shape; what a row holds may be anything.
            forgetStatements(e);
            throw new JournalException(
                    name + " is damaged: " + what + " met " + e, JournalException.Kind.DAMAGED);
        }
    }

    /** The statement, made once. */
    public PreparedStatement prepare(String sql) throws SQLException {
        var statement = prepared.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
        }
        return statement;
    }

    /** Runs statements that are not worth keeping. */
    public void run(Iterable<String> statements) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** The answer to a question of one line and one column. */
    public Optional<String> ask(String question) throws SQLException {
        try (var statement = connection.createStatement();
                var found = statement.executeQuery(question)) {
            return found.next() ? Optional.ofNullable(found.getString(1)) : Optional.empty();
        }
    }

    /** The number a query finds; 0 if it finds none. */
    public static long number(PreparedStatement query) throws SQLException {
        try (var found = query.executeQuery()) {
            return found.next() ? found.getLong(1) : 0;
        }
    }

    /** The bytes a query finds. */
    public static Optional<byte[]> blob(PreparedStatement query) throws SQLException {
        try (var found = query.executeQuery()) {
            return found.next() ? Optional.ofNullable(found.getBytes(1)) : Optional.empty();
        }
    }

    /** The whole database as one file would hold it. */
    public byte[] serialize() throws SQLException {
        return connection.serialize("main");
    }

    @Override
    public void close() {
        trying(
                "close",
                () -> {
                    connection.close();
                    return name;
                });
    }

    /** After a full disk or an I/O error the driver leaves statements behind that only fail. */
    private void forgetStatements(Exception cause) {
        for (var statement : prepared.values()) {
            try {
                statement.close();
            } catch (SQLException e) {
                cause.addSuppressed(e);
            }
        }
        prepared.clear();
    }

    /** Says which file failed, how, and what to do. */
    public static JournalException failed(String name, String what, SQLException cause) {
        return new JournalException(
                "cannot "
                        + what
                        + " "
                        + name
                        + ": "
                        + cause.getMessage()
                        + "; see that the disk has room, is sound, and that the folder is ours",
                cause);
    }
}
