package org.mingchu.gateway.keep.store;

import org.mingchu.gateway.keep.pack.Blob;
import org.mingchu.gateway.keep.pack.Measure;
import org.mingchu.gateway.keep.pack.Summary;

import java.io.ByteArrayOutputStream;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * The summaries of one curve, a day of hours to a row: a chart of a month is paid by the row that
 * SQLite hands out. A new hour writes the row of its curve again. One thread.
 */
final class Strips {
    static final String TABLE =
            "CREATE TABLE summaries(id INTEGER PRIMARY KEY, bytes BLOB NOT NULL)";

    /** Summaries in one row, in number; what comes late may make it longer. */
    static final int HOURS = 24;

    private static final int MEASURE_BITS = 3;
    private static final int MEASURE_SHIFT = 63 - Subjects.BITS - MEASURE_BITS;
    private static final int SUBJECT_SHIFT = 63 - Subjects.BITS;
    private static final long POS_MASK = (1L << MEASURE_SHIFT) - 1;

    private final Database database;
    private final Subjects subjects;

    Strips(Database database, Subjects subjects) {
        this.database = database;
        this.subjects = subjects;
    }

    /** A row: the key it has, and its frames by the seq of their blocks. */
    private record Strip(long id, TreeMap<Long, byte[]> frames) {}

    /** Keeps a summary; one of the same block and curve is replaced. */
    void put(int epochNo, Summary summary) throws SQLException {
        var curve = curve(subjects.number(summary.subject()), summary.measure());
        var pos = Pos.of(epochNo, summary.firstSeq());
        var strip =
                last(curve | Pos.of(epochNo, 0), curve | pos)
                        .filter(s -> takes(s, summary.firstSeq()))
                        .orElseGet(() -> new Strip(curve | pos, new TreeMap<>()));
        strip.frames.put(summary.firstSeq(), summary.bytes());
        var put = database.prepare("INSERT OR REPLACE INTO summaries VALUES (?, ?)");
        put.setLong(1, strip.id);
        put.setBytes(2, bytes(strip));
        put.executeUpdate();
    }

    /** A full one takes only what belongs between its own. */
    private static boolean takes(Strip strip, long firstSeq) {
        return strip.frames.size() < HOURS || firstSeq <= strip.frames.lastKey();
    }

    private Optional<Strip> last(long fromId, long toId) throws SQLException {
        var query =
                database.prepare(
                        "SELECT id, bytes FROM summaries WHERE id BETWEEN ? AND ?"
                                + " ORDER BY id DESC LIMIT 1");
        query.setLong(1, fromId);
        query.setLong(2, toId);
        try (var found = query.executeQuery()) {
            if (!found.next()) {
                return Optional.empty();
            }
            var frames = new TreeMap<Long, byte[]>();
            Blob.each(found.getBytes(2), (blob, bytes) -> frames.put(blob.firstSeq(), bytes));
            return Optional.of(new Strip(found.getLong(1), frames));
        }
    }

    private static byte[] bytes(Strip strip) {
        var bytes = new ByteArrayOutputStream();
        strip.frames.values().forEach(bytes::writeBytes);
        return bytes.toByteArray();
    }

    /**
     * The summaries of a curve of the blocks that begin between two positions, ascending, each
     * under the position of its block; a damaged one is not sorted out.
     */
    SequencedMap<Long, byte[]> between(String subject, Measure measure, long fromPos, long endPos)
            throws SQLException {
        var byPos = new LinkedHashMap<Long, byte[]>();
        var no = subjects.known(subject);
        if (no.isEmpty()) {
            return byPos;
        }
        var curve = curve(no.getAsLong(), measure);
        var query =
                database.prepare(
                        "SELECT id, bytes FROM summaries WHERE id >= ? AND id < ? ORDER BY id");
        query.setLong(1, holding(curve, fromPos).orElse(curve | fromPos));
        query.setLong(2, curve | endPos);
        try (var found = query.executeQuery()) {
            while (found.next()) {
                var epochNo = Pos.epochNo(found.getLong(1) & POS_MASK);
                take(found.getBytes(2), epochNo, new Range(fromPos, endPos), byPos);
            }
        }
        return byPos;
    }

    private record Range(long fromPos, long endPos) {
        boolean has(long pos) {
            return pos >= fromPos && pos < endPos;
        }
    }

    /** Whoever opens a summary holds it to its check; only where lengths are damaged we must. */
    private static void take(byte[] strip, int epochNo, Range range, Map<Long, byte[]> byPos) {
        var whole =
                Blob.skim(
                        strip,
                        (firstSeq, from, end) -> {
                            var pos = Pos.of(epochNo, firstSeq);
                            if (range.has(pos)) {
                                byPos.put(pos, Arrays.copyOfRange(strip, from, end));
                            }
                            return true;
                        });
        if (!whole) {
            Blob.each(
                    strip,
                    (blob, bytes) -> {
                        var pos = Pos.of(epochNo, blob.firstSeq());
                        if (range.has(pos)) {
                            byPos.put(pos, bytes);
                        }
                    });
        }
    }

    /** The row that begins last at or before a position. */
    private OptionalLong holding(long curve, long pos) throws SQLException {
        var query = database.prepare("SELECT max(id) FROM summaries WHERE id BETWEEN ? AND ?");
        query.setLong(1, curve);
        query.setLong(2, curve | pos);
        var id = Database.number(query);
        return id == 0 ? OptionalLong.empty() : OptionalLong.of(id);
    }

    /** Those of a curve lie together, by time. */
    private static long curve(long subject, Measure measure) {
        return subject << SUBJECT_SHIFT | (long) measure.code() << MEASURE_SHIFT;
    }
}
