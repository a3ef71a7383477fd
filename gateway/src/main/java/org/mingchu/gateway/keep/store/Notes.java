package org.mingchu.gateway.keep.store;

import java.sql.SQLException;
import java.util.Optional;

/** Small facts about the file itself, by name. One thread at a time. */
final class Notes {
    static final String TABLE =
            "CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID";

    /** The name of the note that holds {@link #packed}. */
    private static final String PACKED = "packed";

    private final Database database;

    Notes(Database database) {
        this.database = database;
    }

    Optional<String> note(String name) {
        return database.trying(
                "read",
                () -> {
                    var query = database.prepare("SELECT value FROM meta WHERE name = ?");
                    query.setString(1, name);
                    try (var found = query.executeQuery()) {
                        return found.next() ? Optional.of(found.getString(1)) : Optional.empty();
                    }
                });
    }

    void put(String name, String value) throws SQLException {
        var meta = database.prepare("INSERT OR REPLACE INTO meta VALUES (?, ?)");
        meta.setString(1, name);
        meta.setString(2, value);
        meta.executeUpdate();
    }

    /** Up to here rounds are packed, or looked at and left as rows; 0 when none are. */
    long packed() {
        return note(PACKED).map(Long::parseLong).orElse(0L);
    }

    void putPacked(long pos) throws SQLException {
        put(PACKED, Long.toString(pos));
    }
}
