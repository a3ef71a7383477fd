package org.mingchu.gateway.keep;

import org.mingchu.gateway.judge.Role;
import org.mingchu.gateway.keep.entry.Codes;
import org.mingchu.gateway.keep.store.Database;
import org.mingchu.gateway.keep.store.JournalException;
import org.sqlite.JDBC;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * Who works in the kitchen; the only place where names stand. A file of its own, {@code people.db},
 * so that a name can be erased while the journal stays, and so that a command may change it while
 * the agent runs: several processes may have it open. Any thread.
 */
public final class People implements AutoCloseable {
    /** The longest id and name, in characters. */
    public static final int MAX_CHARS = 100;

    private static final String FILE = "people.db";

    /** How long one process waits for another one's change, in milliseconds. */
    private static final int BUSY_MS = 5000;

    /**
     * Secure delete writes zeros over what is erased. No WAL: it would hold erased names until its
     * frames are used again. EXTRA also forces the folder after the rollback journal is deleted,
     * lest a power cut bring that journal, and the name in it, back.
     */
    private static final List<String> SETTINGS =
            List.of(
                    "PRAGMA busy_timeout = " + BUSY_MS,
                    "PRAGMA secure_delete = ON",
                    "PRAGMA journal_mode = DELETE",
                    "PRAGMA synchronous = EXTRA",
                    "PRAGMA trusted_schema = OFF",
                    "CREATE TABLE IF NOT EXISTS person("
                            + "id TEXT PRIMARY KEY, role TEXT NOT NULL, name TEXT NOT NULL) WITHOUT ROWID");

    private final Path file;
    private final Connection connection;

    private People(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
    }

    /** One of them. */
    public record Member(String id, Role role, String name) {
        public Member {
            require("id", id);
            require("name", name);
        }

        private static void require(String what, String text) {
            if (text.isBlank() || text.length() > MAX_CHARS) {
                throw new IllegalArgumentException(
                        what + " of a person: 1 to " + MAX_CHARS + " characters are needed");
            }
        }
    }

    /**
     * Opens or makes the file, and the folder: people may be entered before the first start.
     *
     * @throws JournalException when that cannot be done
     */
    public static People open(Path stateFolder) {
        var file = stateFolder.resolve(FILE);
        try {
            StateFolder.makeFolder(stateFolder);
            makePrivate(file);
            var connection = JDBC.createConnection("jdbc:sqlite:" + file, new Properties());
            try (var statement = connection.createStatement()) {
                for (var setting : SETTINGS) {
                    statement.execute(setting);
                }
            }
            return new People(file, connection);
        } catch (SQLException e) {
            throw Database.failed(file.toString(), "open", e);
        } catch (IOException e) {
            throw new JournalException(
                    "cannot make "
                            + file
                            + ": "
                            + StateFolder.why(e)
                            + "; give --state a folder that this user may write",
                    e);
        }
    }

    private static void makePrivate(Path file) throws IOException {
        var mode = PosixFilePermissions.fromString("rw-------");
        if (!Files.exists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(mode));
        }
        Files.setPosixFilePermissions(file, mode);
    }

    /** Adds somebody, or replaces who had the id. */
    public synchronized void add(Member member) {
        with(
                "write",
                "INSERT OR REPLACE INTO person(id, role, name) VALUES (?, ?, ?)",
                statement -> {
                    statement.setString(1, member.id());
                    statement.setString(2, member.role().word());
                    statement.setString(3, member.name());
                    return statement.executeUpdate();
                });
    }

    /** Erases the name; entries keep the id. False when nobody has it. */
    public synchronized boolean erase(String id) {
        return with(
                "write",
                "DELETE FROM person WHERE id = ?",
                statement -> {
                    statement.setString(1, id);
                    return statement.executeUpdate() > 0;
                });
    }

    /** Everybody, by id. */
    public synchronized List<Member> list() {
        return with("read", "SELECT id, role, name FROM person ORDER BY id", People::members);
    }

    public synchronized Optional<Member> find(String id) {
        return with(
                        "read",
                        "SELECT id, role, name FROM person WHERE id = ?",
                        statement -> {
                            statement.setString(1, id);
                            return members(statement);
                        })
                .stream()
                .findFirst();
    }

    @Override
    public synchronized void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw Database.failed(file.toString(), "close", e);
        }
    }

    private static List<Member> members(PreparedStatement query) throws SQLException {
        var members = new ArrayList<Member>();
        try (var found = query.executeQuery()) {
            while (found.next()) {
                members.add(
                        new Member(
                                found.getString(1),
                                Codes.named(Role.values(), Role::word, found.getString(2)),
                                found.getString(3)));
            }
        }
        return members;
    }

    private <T> T with(String what, String sql, Work<T> work) {
        try (var statement = connection.prepareStatement(sql)) {
            return work.on(statement);
        } catch (SQLException e) {
            throw Database.failed(file.toString(), what, e);
        }
    }

    /** What is done with a statement. */
    @FunctionalInterface
    private interface Work<T> {
        T on(PreparedStatement statement) throws SQLException;
    }
}
