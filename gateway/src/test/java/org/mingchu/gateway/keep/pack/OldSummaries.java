package org.mingchu.gateway.keep.pack;

import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;

/** Makes summaries into what a program wrote that knew nothing of late values. */
public final class OldSummaries {
    private OldSummaries() {}

    /** How many were made older in a journal's file. */
    public static int into(Connection database) throws SQLException {
        var strips = new HashMap<Long, byte[]>();
        var made = 0;
        try (var query = database.prepareStatement("SELECT id, bytes FROM summaries");
                var found = query.executeQuery()) {
            while (found.next()) {
                var strip = new ByteArrayOutputStream();
                Blob.each(found.getBytes(2), (_, frame) -> strip.writeBytes(old(frame)));
                strips.put(found.getLong(1), strip.toByteArray());
                made++;
            }
        }
        try (var update =
                database.prepareStatement("UPDATE summaries SET bytes = ? WHERE id = ?")) {
            for (var strip : strips.entrySet()) {
                update.setBytes(1, strip.getValue());
                update.setLong(2, strip.getKey());
                update.executeUpdate();
            }
        }
        return made;
    }

    /** Without what stands behind the minutes. */
    static byte[] old(byte[] summary) {
        var blob = Blob.open(summary, Blob.Sort.SUMMARY);
        var known = Summary.of(summary);
        var end = (int) known.minutesEnd();
        var payload =
                Arrays.copyOfRange(summary, blob.payloadAt(), blob.payloadAt() + (end + 7) / 8);
        if (end % 8 > 0) {
            payload[end / 8] &= (byte) (0xff << (8 - end % 8));
        }
        return Blob.wrap(Blob.Sort.SUMMARY, blob.epoch(), blob.firstSeq(), blob.subject(), payload);
    }
}
