package org.mingchu.gateway.keep.store;

import java.sql.SQLException;
import java.util.List;

/** The tables of the store, made once in a new database. Stateless. */
final class Tables {
    /** Marks the file as ours for {@code file(1)} and for people: "Ming". */
    private static final int APPLICATION_ID = 0x4d69_6e67;

    /** Counts the shapes of the tables. */
    private static final int SHAPE = 4;

    /** Rounds stand in the ring and in blocks, so that the index on lanes grows with the rest. */
    private static final List<String> TABLES =
            List.of(
                    Notes.TABLE,
                    "CREATE TABLE epochs(no INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,"
                            + " binding TEXT NOT NULL)",
                    "CREATE TABLE entries(pos INTEGER PRIMARY KEY, lane INTEGER NOT NULL,"
                            + " bytes BLOB NOT NULL, leaf_check INTEGER NOT NULL)",
                    "CREATE INDEX lanes ON entries(lane)",
                    "CREATE TABLE ring(slot INTEGER PRIMARY KEY, cell BLOB NOT NULL)",
                    Nodes.TABLE,
                    "CREATE TABLE snapshot(id INTEGER PRIMARY KEY CHECK (id = 1), state BLOB NOT NULL)",
                    Deliveries.TABLE,
                    Shelf.TABLES.get(0),
                    Shelf.TABLES.get(1),
                    Shelf.TABLES.get(2),
                    Shelf.TABLES.get(3),
                    Ring.FILL,
                    "PRAGMA application_id = " + APPLICATION_ID,
                    "PRAGMA user_version = " + SHAPE);

    private Tables() {}

    /**
     * Makes the tables in a new database.
     *
     * @return whether it made them
     * @throws JournalException when another program has made others
     */
    static boolean settle(Database database) throws SQLException {
        var shape = Database.number(database.prepare("PRAGMA user_version"));
        if (shape == SHAPE) {
            return false;
        }
        if (shape != 0) {
            throw new JournalException(
                    database.name()
                            + ": written by another mingchu (tables "
                            + shape
                            + ", this program knows "
                            + SHAPE
                            + "); install that version again");
        }
        database.run(List.of("BEGIN IMMEDIATE"));
        database.run(TABLES);
        database.run(List.of("COMMIT"));
        return true;
    }
}
