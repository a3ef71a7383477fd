package org.mingchu.gateway.keep.store;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Finds rows in a database file and its write-ahead log without SQLite, whatever state they are in:
 * missing, cut, zeroed, turned, swapped. It knows neither tables nor what a row means; it offers
 * each thing that looks like a row of a wanted {@link Shape}, and the taker checks. Nothing is
 * written. Memory does not grow with the file, only with the number of frames in the log (100 bytes
 * each). Reserved bytes at the end of pages are taken to be none, as in every database of ours. One
 * thread.
 */
public final class Carver implements AutoCloseable {
    /** Pages read at once. */
    private static final int PAGES_AT_ONCE = 512;

    private final Pages pages;

    private Carver(Pages pages) {
        this.pages = pages;
    }

    /** Who looks at rows. */
    @FunctionalInterface
    public interface Taker {
        /**
         * Looks at a row.
         *
         * @return whether it is sound; if not, other readings of the same bytes are offered
         */
        boolean take(CarvedRow row);
    }

    /**
     * What was looked through.
     *
     * @param pages in the file
     * @param frames in the log
     * @param taken rows that the taker took, older copies of the same row among them
     * @param unreadableBytes what the disk did not give
     * @param gaveUp whether hostile overflow chains used up all patience, so that rows may be
     *     missed
     */
    public record Carved(
            long pages, long frames, long taken, long unreadableBytes, boolean gaveUp) {}

    /**
     * Opens a damaged database; either file may be missing.
     *
     * @throws JournalException when a file is there and may not be read
     */
    public static Carver open(Path database, Path log) {
        var file = DamagedFile.open(database);
        try {
            return new Carver(new Pages(file, DamagedFile.open(log)));
        } catch (JournalException e) {
            file.close();
            throw e;
        }
    }

    /**
     * Offers every row, the surest first: proven frames of the log, the file, the other frames from
     * the newest on.
     */
    public Carved carve(List<Shape> shapes, Taker taker) {
        var carver = new PageCarver(pages, shapes, taker);
        var frames = pages.frames().surestFirst();
        var proven = pages.frames().committedCount();
        frames(carver, frames.subList(0, proven), Standing.PROVEN);
        file(carver);
        frames(carver, frames.subList(proven, frames.size()), Standing.LEFTOVER);
        return new Carved(
                pages.count(),
                frames.size(),
                carver.taken(),
                pages.unreadableBytes(),
                pages.gaveUp());
    }

    /**
     * Reads a row again.
     *
     * @param place of a row that was taken
     * @param shapes the same as then
     */
    public Optional<CarvedRow> again(long place, List<Shape> shapes) {
        return PageCarver.again(pages, place, shapes);
    }

    private void frames(PageCarver carver, List<Integer> frames, Standing standing) {
        var bytes = new byte[WalFrames.FRAME_HEADER_BYTES + pages.pageBytes()];
        var page = new byte[pages.pageBytes()];
        for (var frame : frames) {
            var position = Pages.IN_LOG | pages.frames().offset(frame);
            pages.read(position, bytes, bytes.length);
            System.arraycopy(bytes, WalFrames.FRAME_HEADER_BYTES, page, 0, page.length);
            var first = WalFrames.page(bytes) == 1;
            carver.carve(page, position + WalFrames.FRAME_HEADER_BYTES, first, standing);
        }
    }

    private void file(PageCarver carver) {
        var bytes = new byte[PAGES_AT_ONCE * pages.pageBytes()];
        var page = new byte[pages.pageBytes()];
        for (var from = 0L; from < pages.count(); from += PAGES_AT_ONCE) {
            var some = (int) Math.min(PAGES_AT_ONCE, pages.count() - from);
            pages.read(from * page.length, bytes, some * page.length);
            for (var i = 0; i < some; i++) {
                System.arraycopy(bytes, i * page.length, page, 0, page.length);
                var number = from + i + 1;
                carver.carve(page, (number - 1) * page.length, number == 1, standing(number));
            }
        }
    }

    /** A page that a proven frame has replaced is an old one. */
    private Standing standing(long page) {
        return page <= Integer.MAX_VALUE && pages.frames().committed((int) page).isPresent()
                ? Standing.LEFTOVER
                : Standing.LIVE;
    }

    @Override
    public void close() {
        pages.close();
    }
}
