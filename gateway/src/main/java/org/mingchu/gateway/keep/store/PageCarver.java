package org.mingchu.gateway.keep.store;

import org.mingchu.gateway.keep.store.Carver.Taker;
import org.mingchu.gateway.keep.store.Cell.Form;
import org.mingchu.gateway.keep.store.Pages.View;
import org.mingchu.gateway.keep.store.Shape.Search;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Finds the rows of one page: first where its pointers say, then, for rows that carry a check, at
 * every byte that no sound row covers. One thread.
 */
final class PageCarver {
    /** Bytes before the pointers of a leaf; an inner page has four more. */
    static final int LEAF_HEAD_BYTES = 8;

    private static final int CHILD_BYTES = 4;

    /** The first page of the file has the file's header before its own. */
    private static final int FILE_HEAD_BYTES = 100;

    private static final byte INDEX_INNER = 0x02;
    private static final byte TABLE_INNER = 0x05;
    private static final byte INDEX_LEAF = 0x0a;
    private static final byte TABLE_LEAF = 0x0d;

    private final Pages pages;
    private final List<Shape> shapes;
    private final List<Shape> checked;
    private final Taker taker;
    private final Cell cell;
    private final BitSet covered;
    private long taken;

    PageCarver(Pages pages, List<Shape> shapes, Taker taker) {
        this.pages = pages;
        this.shapes = List.copyOf(shapes);
        this.taker = taker;
        checked = shapes.stream().filter(s -> s.search() == Search.EVERYWHERE).toList();
        cell = new Cell(pages.pageBytes());
        covered = new BitSet(pages.pageBytes());
    }

    static boolean isTree(byte kind) {
        return kind == INDEX_INNER
                || kind == TABLE_INNER
                || kind == INDEX_LEAF
                || kind == TABLE_LEAF;
    }

    /** Rows that the taker took. */
    long taken() {
        return taken;
    }

    /**
     * Finds the rows of a page.
     *
     * @param page its bytes, at the beginning of the array
     * @param position where it is
     */
    void carve(byte[] page, long position, boolean first, Standing standing) {
        covered.clear();
        var headAt = first ? FILE_HEAD_BYTES : 0;
        switch (page[headAt]) {
            case TABLE_LEAF -> pointed(page, headAt, 0, new Find(position, Form.TABLE, standing));
            case INDEX_LEAF -> pointed(page, headAt, 0, new Find(position, Form.INDEX, standing));
            case INDEX_INNER ->
                    pointed(page, headAt, CHILD_BYTES, new Find(position, Form.INDEX, standing));
            default -> {
                // an inner page of a table has no rows, and a page of any other kind no pointers
            }
        }
        if (!checked.isEmpty()) {
            loose(page, new Find(position, Form.LOOSE, Standing.LEFTOVER));
        }
    }

    /** What is looked for, and where. */
    private record Find(long position, Form form, Standing standing) {}

    private void pointed(byte[] page, int headAt, int child, Find find) {
        var bytes = ByteBuffer.wrap(page);
        var pointers = headAt + LEAF_HEAD_BYTES + child;
        var most = (pages.pageBytes() - pointers) / 2;
        var cells = Math.min(most, bytes.getShort(headAt + 3) & 0xffff);
        for (var i = 0; i < cells; i++) {
            var at = (bytes.getShort(pointers + 2 * i) & 0xffff) + child;
            if (at > pointers && at < pages.pageBytes() && !covered.get(at)) {
                find(page, at, shapes, find);
            }
        }
    }

    private void loose(byte[] page, Find find) {
        var last = pages.pageBytes() - 1;
        for (var at = covered.nextClearBit(0); at < last; at = covered.nextClearBit(at + 1)) {
            for (var shape : checked) {
                if (shape.mayBegin(page[at], page[at + 1])) {
                    find(page, at, checked, find);
                    break;
                }
            }
        }
    }

    private void find(byte[] page, int at, List<Shape> wanted, Find find) {
        if (!cell.read(page, at, pages.pageBytes(), find.form())) {
            return;
        }
        var shape = shape(wanted);
        if (shape.isEmpty()) {
            return;
        }
        for (var view : pages.views()) {
            var record = pages.record(page, cell, view);
            if (record.isPresent()) {
                var place = Place.of(find.position() + at, find.form(), view);
                var row =
                        new CarvedRow(
                                shape.get(),
                                cell.rowId(),
                                cell.head(),
                                record.get(),
                                find.standing(),
                                place);
                if (taker.take(row)) {
                    covered.set(at, cell.end());
                    taken++;
                    return;
                }
            }
            if (!cell.spills()) {
                return;
            }
        }
    }

    private Optional<Shape> shape(List<Shape> wanted) {
        for (var shape : wanted) {
            if (shape.fits(cell.head())) {
                return Optional.of(shape);
            }
        }
        return Optional.empty();
    }

    /** The row of a place that was found before; absent when it cannot be read any more. */
    static Optional<CarvedRow> again(Pages pages, long place, List<Shape> shapes) {
        pages.beginAgain();
        var position = Place.position(place);
        var pageAt = pages.pageAt(position);
        var page = new byte[pages.pageBytes()];
        pages.read(pageAt, page, page.length);
        var found = new PageCarver(pages, shapes, _ -> false);
        return found.at(page, (int) (position - pageAt), place);
    }

    private Optional<CarvedRow> at(byte[] page, int at, long place) {
        if (!cell.read(page, at, pages.pageBytes(), Place.form(place))) {
            return Optional.empty();
        }
        var shape = shape(shapes);
        var record = pages.record(page, cell, Place.view(place));
        if (shape.isEmpty() || record.isEmpty()) {
            return Optional.empty();
        }
        var row =
                new CarvedRow(
                        shape.get(),
                        cell.rowId(),
                        cell.head(),
                        record.get(),
                        Standing.LEFTOVER,
                        place);
        return Optional.of(row);
    }

    /** Where a row was found, in 45 bits: which file, offset, form and view. */
    private static final class Place {
        private static final int POSITION_BITS = 41;
        private static final int CHOICE_BITS = 2;
        private static final int CHOICE = (1 << CHOICE_BITS) - 1;

        private Place() {}

        static long of(long position, Form form, View view) {
            var how = (long) Form.ALL.indexOf(form) << CHOICE_BITS | View.ALL.indexOf(view);
            return how << POSITION_BITS | position;
        }

        static long position(long place) {
            return place & ((1L << POSITION_BITS) - 1);
        }

        static Form form(long place) {
            return Form.ALL.get((int) (place >> (POSITION_BITS + CHOICE_BITS)) & CHOICE);
        }

        static View view(long place) {
            return View.ALL.get((int) (place >> POSITION_BITS) & CHOICE);
        }
    }
}
