package org.mingchu.gateway.keep.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Tells a damaged write-ahead log from one that a power cut ended. SQLite reads a log up to the
 * first frame that does not sum up, and forgets the rest without a word. A power cut can only leave
 * a broken commit at the very end, because each commit is forced before the next one is written; so
 * where a later commit stands behind the break, the card has changed what it had. Nothing is
 * written. One thread.
 */
final class LogDamage {
    private static final int COMMIT_AT = 4;
    private static final int SALT_AT = 8;
    private static final int SUM_AT = 16;
    private static final int NO_PAGE = 0;

    /** Before the ring is in the file it is being made, and nobody was promised anything. */
    private static final long BORN_BYTES = (long) Ring.SLOTS * FileStore.PAGE_BYTES;

    /** It names the tables, those with which the log is made long too. */
    private static final int FIRST_PAGE = 1;

    private final DamagedFile database;
    private final DamagedFile log;
    private final Optional<WalHeader> header;
    private final byte[] bytes = new byte[WalFrames.FRAME_HEADER_BYTES + FileStore.PAGE_BYTES];
    private final ByteBuffer frame = ByteBuffer.wrap(bytes);

    private LogDamage(DamagedFile database, DamagedFile log) {
        this.database = database;
        this.log = log;
        header = WalHeader.read(log);
    }

    /**
     * Whether the log holds commits that SQLite would not find.
     *
     * @throws JournalException when a file is there and may not be read
     */
    static boolean hides(Path database, Path log) {
        var file = DamagedFile.open(database);
        try (var frames = DamagedFile.open(log)) {
            var damage = new LogDamage(file, frames);
            if (file.size() < BORN_BYTES) {
                return false;
            }
            if (damage.header.isEmpty()) {
                return damage.holdsWhatTheDatabaseHasNot();
            }
            return damage.header.get().pageBytes() == FileStore.PAGE_BYTES
                    && damage.goesOnBehindABreak(damage.header.get());
        } finally {
            file.close();
        }
    }

    private long count() {
        return Math.max(0, log.size() - WalFrames.HEADER_BYTES) / bytes.length;
    }

    private void read(long number) {
        log.read(WalFrames.HEADER_BYTES + number * bytes.length, bytes, bytes.length);
    }

    /**
     * A whole commit behind the break, and more behind that. The log is made long with commits of
     * one and the same page that nobody forces: there a power cut may leave any of them, and a
     * broken frame says nothing, not even its page.
     */
    private boolean goesOnBehindABreak(WalHeader begin) {
        var sum = begin.sum();
        var salt = begin.salt();
        var page = NO_PAGE;
        var unbroken = true;
        var commitPassed = false;
        for (var i = 0L; i < count(); i++) {
            read(i);
            var linked = salt == begin.salt() && links(sum, begin.order());
            unbroken = unbroken && linked;
            if (!unbroken && linked) {
                var here = frame.getInt(0);
                if (commitPassed && page != NO_PAGE && here != page) {
                    return true;
                }
                page = here > FIRST_PAGE ? here : page;
                commitPassed |= frame.getInt(COMMIT_AT) != 0;
            }
            sum = frame.getLong(SUM_AT);
            salt = frame.getLong(SALT_AT);
        }
        return false;
    }

    /**
     * Whether the frame belongs to the round of the log and its sum goes on from the one before.
     */
    private boolean links(long sumBefore, ByteOrder order) {
        return (header.isEmpty() || frame.getLong(SALT_AT) == header.get().salt())
                && WalHeader.sum(frame, sumBefore, order) == frame.getLong(SUM_AT);
    }

    /**
     * A log begins anew only when the database has all of it: a header that a power cut tore stands
     * before frames of which the database has every page.
     */
    private boolean holdsWhatTheDatabaseHasNot() {
        Map<Integer, byte[]> waiting = new HashMap<>();
        Map<Integer, byte[]> pages = new HashMap<>();
        var sum = 0L;
        var salt = 0L;
        for (var i = 0L; i < count(); i++) {
            read(i);
            var goesOn = i > 0 && salt != 0 && salt == frame.getLong(SALT_AT);
            if (goesOn
                    && (links(sum, ByteOrder.LITTLE_ENDIAN) || links(sum, ByteOrder.BIG_ENDIAN))) {
                var page = Arrays.copyOfRange(bytes, WalFrames.FRAME_HEADER_BYTES, bytes.length);
                waiting.put(frame.getInt(0), page);
                if (frame.getInt(COMMIT_AT) != 0) {
                    pages.putAll(waiting);
                    waiting.clear();
                }
            } else if (!pages.isEmpty()) {
                break;
            }
            sum = frame.getLong(SUM_AT);
            salt = frame.getLong(SALT_AT);
        }
        // One page and the first one are what a log is made long with, unforced.
        return pages.entrySet().stream()
                        .filter(p -> p.getKey() > FIRST_PAGE)
                        .filter(p -> !inDatabase(p.getKey(), p.getValue()))
                        .count()
                > 1;
    }

    private boolean inDatabase(int page, byte[] content) {
        var there = new byte[content.length];
        database.read((page - 1L) * content.length, there, there.length);
        return Arrays.equals(there, content);
    }
}
