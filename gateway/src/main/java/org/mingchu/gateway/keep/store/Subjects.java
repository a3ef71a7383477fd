package org.mingchu.gateway.keep.store;

import java.sql.SQLException;
import java.util.OptionalLong;

/** The numbers under which sensors and cameras stand in keys, for ever. One thread. */
final class Subjects {
    static final String TABLE =
            "CREATE TABLE subjects(no INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE)";

    /** Bits of a number. */
    static final int BITS = 12;

    /** Sensors and cameras of a site in all its life, in number. */
    static final int MAX = 1 << BITS;

    private final Database database;

    Subjects(Database database) {
        this.database = database;
    }

    /** Its number; a new one where it has none. */
    long number(String id) throws SQLException {
        var known = known(id);
        if (known.isPresent()) {
            return known.getAsLong();
        }
        var insert = database.prepare("INSERT INTO subjects(id) VALUES (?)");
        insert.setString(1, id);
        insert.executeUpdate();
        var no = known(id).orElseThrow();
        if (no >= MAX) {
            throw new SQLException("more than " + MAX + " subjects");
        }
        return no;
    }

    OptionalLong known(String id) throws SQLException {
        var query = database.prepare("SELECT no FROM subjects WHERE id = ?");
        query.setString(1, id);
        try (var found = query.executeQuery()) {
            return found.next() ? OptionalLong.of(found.getLong(1)) : OptionalLong.empty();
        }
    }
}
