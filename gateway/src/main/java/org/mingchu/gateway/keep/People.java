package org.mingchu.gateway.keep;

import org.mingchu.gateway.judge.Role;
import org.mingchu.gateway.keep.cbor.Cbor;
import org.mingchu.gateway.keep.entry.Codes;
import org.mingchu.gateway.keep.store.Database;
import org.mingchu.gateway.keep.store.JournalException;
import org.mingchu.sensors.Moment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.JDBC;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * Who works in the kitchen; the only place where names stand. A file of its own, {@code people.db},
 * so that a name can be erased while the journal stays, and so that a command may change it while
 * the agent runs: several processes may have it open. Any thread.
 */
public final class People implements AutoCloseable {
    /** The longest id and name, in characters. */
    public static final int MAX_CHARS = 100;

    private static final String FILE = "people.db";

    /** What damaged copies may take up in the quarantine, bytes; names are erased there too. */
    private static final long QUARANTINE_BYTES = Disk.QUARANTINE_BYTES_MAX;

    private static final Logger LOG = LoggerFactory.getLogger(People.class);

    private static final String ALL = "SELECT id, role, name FROM person ORDER BY id";

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

    /** A table of its own: a file of an earlier version gets it when it is opened. */
    private static final String PROOFS =
            "CREATE TABLE IF NOT EXISTS proof(person TEXT PRIMARY KEY, salt BLOB, rounds INTEGER,"
                    + " pin BLOB, badge BLOB UNIQUE) WITHOUT ROWID";

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
     * @throws JournalException when that cannot be done; of the kind {@code DAMAGED} when the file
     *     holds something else than it should
     */
    public static People open(Path stateFolder) {
        var file = stateFolder.resolve(FILE);
        try {
            StateFolder.makeFolder(stateFolder);
            makePrivate(file);
            return opened(file);
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

    private static People opened(Path file) throws SQLException {
        var connection = JDBC.createConnection("jdbc:sqlite:" + file, new Properties());
        try (var statement = connection.createStatement()) {
            for (var setting : SETTINGS) {
                statement.execute(setting);
            }
            makeProofs(file, statement);
            refuseDamaged(file, statement);
            return new People(file, connection);
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** On a disk that takes nothing the names of an earlier version can still be read. */
    private static void makeProofs(Path file, Statement statement) {
        try {
            statement.execute(PROOFS);
        } catch (SQLException e) {
            LOG.error("event=people-not-migrated file={} cause=\"{}\"", file, e.getMessage());
        }
    }

    /** Some pages, once: a damage must be seen before somebody who must acknowledge meets it. */
    private static void refuseDamaged(Path file, Statement statement) throws SQLException {
        String found;
        try (var answer = statement.executeQuery("PRAGMA quick_check(1)")) {
            found = answer.next() ? answer.getString(1) : "no answer";
        }
        try (var all = statement.executeQuery(ALL)) {
            while (all.next()) {
                // that it can be read is what is asked
            }
        } catch (SQLException e) {
            found = String.valueOf(e.getMessage());
        }
        if (!found.equals("ok")) {
            throw new JournalException(
                    file + " is damaged: " + found.lines().findFirst().orElse(""),
                    JournalException.Kind.DAMAGED);
        }
    }

    /**
     * What was opened.
     *
     * @param damage why the file before was put into the quarantine, if it was
     */
    public record Opened(People people, Optional<String> damage) {}

    /**
     * The same; a damaged file is put into the quarantine whole and a new one is made: staff must
     * be able to sign in. Only for whoever holds the state folder.
     *
     * @throws JournalException when that cannot be done
     */
    public static Opened openOrRenew(Path stateFolder, Moment now) {
        try {
            return new Opened(open(stateFolder), Optional.empty());
        } catch (JournalException e) {
            if (e.kind() != JournalException.Kind.DAMAGED) {
                throw e;
            }
            var words = String.valueOf(e.getMessage());
            var aside =
                    new Quarantine(stateFolder, QUARANTINE_BYTES)
                            .take(FILE, new Quarantine.Cause(Causes.DAMAGED, words), now);
            LOG.error(
                    "event=people-damaged quarantine={} cause=\"{}\" remedy=\"enter everybody"
                            + " again: mingchu person add\"",
                    aside,
                    words);
            return new Opened(open(stateFolder), Optional.of(words));
        }
    }

    /**
     * Erases a name wherever it stands, in quarantined copies as well, which are erased whole: what
     * they hold nobody can say.
     *
     * @return whether anything was erased
     */
    public boolean eraseEverywhere(String id) {
        var known = erase(id);
        var folder = file.toAbsolutePath().getParent();
        var copies = folder == null ? 0 : new Quarantine(folder, QUARANTINE_BYTES).erase(FILE);
        return known || copies > 0;
    }

    private static void makePrivate(Path file) throws IOException {
        var mode = PosixFilePermissions.fromString("rw-------");
        if (!Files.exists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(mode));
        }
        StateFolder.narrow(file, mode);
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

    /** Erases the name, the PIN and the badge; entries keep the id. False when nobody has it. */
    public synchronized boolean erase(String id) {
        // First: what is left when the power fails in between is a name that proves nothing.
        forget(id);
        return with(
                "write",
                "DELETE FROM person WHERE id = ?",
                statement -> {
                    statement.setString(1, id);
                    return statement.executeUpdate() > 0;
                });
    }

    private void forget(String id) {
        with(
                "write",
                "DELETE FROM proof WHERE person = ?",
                statement -> {
                    statement.setString(1, id);
                    return statement.executeUpdate();
                });
    }

    /** Why nobody should have this PIN; empty when somebody may. */
    public static Optional<String> weakness(String pin) {
        return Pin.weakness(pin);
    }

    /**
     * Gives somebody a PIN, which ends an older one. False when nobody has the id.
     *
     * @param pin one without a {@link #weakness}
     */
    public boolean givePin(String id, String pin, RandomGenerator chance) {
        weakness(pin)
                .ifPresent(why -> {
                    throw new IllegalArgumentException("PIN: " + why);
                });
        if (find(id).isEmpty()) {
            return false;
        }
        // Outside of the lock that the house's thread wants as well: it takes a tenth of a second.
        return store(id, Pin.of(pin, chance));
    }

    private synchronized boolean store(String id, Pin stored) {
        with(
                "write",
                "INSERT INTO proof(person, salt, rounds, pin) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT(person) DO UPDATE SET salt = excluded.salt,"
                        + " rounds = excluded.rounds, pin = excluded.pin",
                statement -> {
                    statement.setString(1, id);
                    statement.setBytes(2, stored.salt());
                    statement.setInt(3, stored.rounds());
                    statement.setBytes(4, stored.hash());
                    return statement.executeUpdate();
                });
        return true;
    }

    /**
     * Gives somebody a badge, which ends an older one.
     *
     * @return its number, to be shown this once; empty when nobody has the id
     */
    public synchronized Optional<String> giveBadge(String id, RandomGenerator chance) {
        if (find(id).isEmpty()) {
            return Optional.empty();
        }
        var number = Badge.number(chance);
        with(
                "write",
                "INSERT INTO proof(person, badge) VALUES (?, ?)"
                        + " ON CONFLICT(person) DO UPDATE SET badge = excluded.badge",
                statement -> {
                    statement.setString(1, id);
                    statement.setBytes(2, Badge.hash(number).orElseThrow());
                    return statement.executeUpdate();
                });
        return Optional.of(number);
    }

    /** Ends a badge that was lost. False when the person had none. */
    public synchronized boolean endBadge(String id) {
        return with(
                "write",
                "UPDATE proof SET badge = NULL WHERE person = ? AND badge IS NOT NULL",
                statement -> {
                    statement.setString(1, id);
                    return statement.executeUpdate() > 0;
                });
    }

    /**
     * What has to be asked whether a PIN is somebody's. Asked without holding this file, for it
     * takes long; as long for whoever has no PIN, or is not known.
     */
    public synchronized Predicate<String> pinOf(String id) {
        return with(
                "read",
                "SELECT salt, rounds, pin FROM proof JOIN person ON person.id = proof.person"
                        + " WHERE proof.person = ? AND pin IS NOT NULL",
                statement -> {
                    statement.setString(1, id);
                    try (var found = statement.executeQuery()) {
                        return found.next()
                                ? new Pin(found.getBytes(1), found.getInt(2), found.getBytes(3))::is
                                : Pin.NOBODYS::is;
                    }
                });
    }

    /** Whose badge has this number. */
    public synchronized Optional<Member> byBadge(String number) {
        return Badge.hash(number)
                .flatMap(hash ->
                        with(
                                        "read",
                                        "SELECT id, role, name FROM person JOIN proof ON"
                                                + " proof.person = person.id WHERE badge = ?",
                                        statement -> {
                                            statement.setBytes(1, hash);
                                            return members(statement);
                                        })
                                .stream()
                                .findFirst());
    }

    /** Everybody, by id. */
    public synchronized List<Member> list() {
        return with("read", ALL, People::members);
    }

    /** How many of a role can prove who they are, by PIN or badge. */
    public synchronized long proven(Role role) {
        return with(
                "read",
                "SELECT COUNT(*) FROM person JOIN proof ON proof.person = person.id WHERE role = ?"
                        + " AND (pin IS NOT NULL OR badge IS NOT NULL)",
                statement -> {
                    statement.setString(1, role.word());
                    try (var found = statement.executeQuery()) {
                        return found.next() ? found.getLong(1) : 0L;
                    }
                });
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
                member(found).ifPresent(members::add);
            }
        }
        return members;
    }

    /** A row that a damage has bent must not take the others along. */
    private static Optional<Member> member(ResultSet found) throws SQLException {
        try {
            return Optional.of(
                    new Member(
                            found.getString(1),
                            Codes.named(Role.values(), Role::word, found.getString(2)),
                            found.getString(3)));
        } catch (Cbor.Unknown | IllegalArgumentException e) {
            LOG.error("event=person-unreadable cause=\"{}\"", e.getMessage());
            return Optional.empty();
        }
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
