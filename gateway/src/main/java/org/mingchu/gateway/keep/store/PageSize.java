package org.mingchu.gateway.keep.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Finds the page size of a damaged database: ours, unless the log proves another, or the database's
 * first page names another and the pages look like it. A single byte that has turned must not make
 * every page unreadable.
 */
final class PageSize {
    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(US_ASCII);
    private static final int SMALLEST_BYTES = 512;
    private static final int LARGEST_BYTES = 65_536;

    /** Pages looked at; they lie evenly over the file. */
    private static final int SAMPLES = 256;

    private PageSize() {}

    static int of(DamagedFile database, DamagedFile log) {
        var proven = WalHeader.read(log);
        if (proven.isPresent() && possible(proven.get().pageBytes())) {
            return proven.get().pageBytes();
        }
        var named = named(database);
        if (named == FileStore.PAGE_BYTES || !possible(named)) {
            return FileStore.PAGE_BYTES;
        }
        // Every second page of ours looks like one of twice the size: by half better, or not at
        // all.
        return 2 * score(database, named) > 3 * score(database, FileStore.PAGE_BYTES)
                ? named
                : FileStore.PAGE_BYTES;
    }

    private static boolean possible(int bytes) {
        return bytes >= SMALLEST_BYTES && bytes <= LARGEST_BYTES && Integer.bitCount(bytes) == 1;
    }

    private static int named(DamagedFile database) {
        var head = new byte[MAGIC.length + 2];
        database.read(0, head, head.length);
        if (!Arrays.equals(head, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            return FileStore.PAGE_BYTES;
        }
        var named = ByteBuffer.wrap(head).getShort(MAGIC.length) & 0xffff;
        return named == 1 ? LARGEST_BYTES : named;
    }

    /** How many of a thousand sampled pages look like pages of a tree. */
    private static long score(DamagedFile database, int pageBytes) {
        var pages = database.size() / pageBytes;
        var step = Math.max(1, pages / SAMPLES);
        var page = new byte[pageBytes];
        var seen = 0L;
        var good = 0L;
        for (var i = 1L; i < pages; i += step) {
            database.read(i * pageBytes, page, pageBytes);
            seen++;
            good += looksLikeTree(ByteBuffer.wrap(page)) ? 1 : 0;
        }
        return seen == 0 ? 0 : good * 1000 / seen;
    }

    private static boolean looksLikeTree(ByteBuffer page) {
        var kind = page.get(0);
        var cells = page.getShort(3) & 0xffff;
        var content = page.getShort(5) & 0xffff;
        var pointersEnd = PageCarver.LEAF_HEAD_BYTES + 2 * cells;
        return PageCarver.isTree(kind)
                && cells > 0
                && pointersEnd <= content
                && content < page.capacity()
                && (page.getShort(PageCarver.LEAF_HEAD_BYTES) & 0xffff) >= content;
    }
}
