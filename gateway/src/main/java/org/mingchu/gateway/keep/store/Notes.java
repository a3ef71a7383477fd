package org.mingchu.gateway.keep.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Small facts about the file itself, by name, each with a check of its own: one that is believed
 * and wrong would drop rounds or forget a loss. One thread at a time.
 */
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
                        return found.next()
                                ? Optional.of(checked(name, found.getString(1)))
                                : Optional.empty();
                    }
                });
    }

    /** The check, a space, the value. */
    private String checked(String name, @Nullable String kept) {
        var parts = kept == null ? new String[0] : kept.split(" ", 2);
        if (parts.length < 2 || !parts[0].equals(check(name, parts[1]))) {
            throw new JournalException(
                    database.name() + " is damaged: its note \"" + name + "\" fails its check",
                    JournalException.Kind.DAMAGED);
        }
        return parts[1];
    }

    private static String check(String name, String value) {
        var crc = new CRC32C();
        crc.update((name + ' ' + value).getBytes(UTF_8));
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }

    void put(String name, String value) throws SQLException {
        var meta = database.prepare("INSERT OR REPLACE INTO meta VALUES (?, ?)");
        meta.setString(1, name);
        meta.setString(2, check(name, value) + ' ' + value);
        meta.executeUpdate();
    }

    /** Up to here rounds are packed, or looked at and left as rows; 0 when none are. */
    long packed() {
        return database.trying("read", () -> note(PACKED).map(Long::parseLong).orElse(0L));
    }

    void putPacked(long pos) throws SQLException {
        put(PACKED, Long.toString(pos));
    }
}
