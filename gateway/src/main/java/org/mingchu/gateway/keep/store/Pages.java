package org.mingchu.gateway.keep.store;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The pages of a damaged database and its log, by number, in several views: which version of a page
 * is the right one is what damage leaves open. One thread.
 */
final class Pages implements AutoCloseable {
    /** Set in a position that is one of the log; files stay far below this size, 1 TiB. */
    static final long IN_LOG = 1L << 40;

    /**
     * Overflow pages read in all: this many times the pages there are, and a start. Sound rows need
     * two or three times; hostile ones would otherwise have each byte of the file begin a chain.
     */
    private static final long CHAIN_READS_PER_PAGE = 16;

    private static final long CHAIN_READS_AT_LEAST = 100_000;

    private static final int POINTER_BYTES = 4;

    private final DamagedFile database;
    private final DamagedFile log;
    private final WalFrames frames;
    private final int pageBytes;
    private final byte[] overflow;
    private long chainReadsLeft;

    Pages(DamagedFile database, DamagedFile log) {
        this.database = database;
        this.log = log;
        pageBytes = PageSize.of(database, log);
        frames = WalFrames.read(log, pageBytes);
        overflow = new byte[pageBytes];
        beginAgain();
    }

    /** Has all patience with chains again. */
    void beginAgain() {
        chainReadsLeft = CHAIN_READS_AT_LEAST + CHAIN_READS_PER_PAGE * (count() + frames.count());
    }

    /** Where an overflow page is looked for. */
    enum View {
        /** As SQLite would: the newest committed frame, else the file. */
        COMMITTED,
        /** The newest frame with the present salt, also behind a break of the log. */
        GENERATION,
        /** The file alone. */
        DATABASE,
        /** A frame of an earlier round of the log. */
        OLDER;

        static final List<View> ALL = List.of(values());
    }

    int pageBytes() {
        return pageBytes;
    }

    WalFrames frames() {
        return frames;
    }

    /** Pages in the file, the last perhaps cut. */
    long count() {
        return Math.ceilDiv(Math.min(database.size(), IN_LOG), pageBytes);
    }

    long unreadableBytes() {
        return database.unreadableBytes() + log.unreadableBytes();
    }

    /** Whether rows are missing because hostile chains had used up all patience. */
    boolean gaveUp() {
        return chainReadsLeft <= 0;
    }

    /** The views that can differ. */
    List<View> views() {
        return frames.count() == 0 ? List.of(View.DATABASE) : View.ALL;
    }

    /** Reads from a position in one of the two files. */
    void read(long position, byte[] into, int length) {
        if ((position & IN_LOG) != 0) {
            log.read(position & ~IN_LOG, into, length);
        } else {
            database.read(position, into, length);
        }
    }

    /** Where the page begins that holds the position. */
    long pageAt(long position) {
        if ((position & IN_LOG) == 0) {
            return position - position % pageBytes;
        }
        var frame = frames.frameAt(position & ~IN_LOG);
        return IN_LOG | (frames.offset(frame) + WalFrames.FRAME_HEADER_BYTES);
    }

    /** The whole record of a cell, gathered from its page and from its overflow pages. */
    Optional<byte[]> record(byte[] page, Cell cell, View view) {
        var bytes = cell.head().bytes();
        if (cell.localBytes() < bytes && bytes / pageBytes > count() + frames.count()) {
            return Optional.empty();
        }
        var record = new byte[bytes];
        System.arraycopy(page, cell.recordAt(), record, 0, cell.localBytes());
        if (cell.localBytes() == bytes) {
            return Optional.of(record);
        }
        var first = ByteBuffer.wrap(page).getInt(cell.recordAt() + cell.localBytes());
        return follow(first, record, cell.localBytes(), view)
                ? Optional.of(record)
                : Optional.empty();
    }

    /** A chain that comes back to itself, leaves the file or is cut short is none. */
    private boolean follow(int first, byte[] record, int from, View view) {
        var seen = new HashSet<Integer>();
        var next = first;
        for (var at = from; at < record.length; ) {
            var position = position(next, view);
            if (position.isEmpty() || !seen.add(next) || chainReadsLeft-- <= 0) {
                return false;
            }
            read(position.getAsLong(), overflow, pageBytes);
            var some = Math.min(pageBytes - POINTER_BYTES, record.length - at);
            System.arraycopy(overflow, POINTER_BYTES, record, at, some);
            next = ByteBuffer.wrap(overflow).getInt(0);
            at += some;
        }
        return true;
    }

    private OptionalLong position(int page, View view) {
        var frame =
                switch (view) {
                    case COMMITTED -> frames.committed(page);
                    case GENERATION -> frames.ofGeneration(page);
                    case DATABASE -> Optional.<Integer>empty();
                    case OLDER -> frames.older(page).or(() -> frames.ofGeneration(page));
                };
        if (frame.isPresent()) {
            var at = frames.offset(frame.get()) + WalFrames.FRAME_HEADER_BYTES;
            return OptionalLong.of(IN_LOG | at);
        }
        return page > 1 && page <= count()
                ? OptionalLong.of((page - 1L) * pageBytes)
                : OptionalLong.empty();
    }

    @Override
    public void close() {
        database.close();
        log.close();
    }
}
