package org.mingchu.gateway.tend.series;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;

import java.util.ArrayList;
import java.util.List;

/** Makes lines of what the CSV library finds, and notes where each field begins. One thread. */
final class LineReader extends AbstractBaseCsvCallbackHandler<Line> {
    /** The two signs around a quoted field. */
    private static final int QUOTES = 2;

    private List<Cell> cells = new ArrayList<>();
    private int column = 1;

    @Override
    protected void handleBegin(long startingLineNumber) {
        cells = new ArrayList<>();
        column = 1;
    }

    @Override
    protected void handleField(int index, char[] text, int offset, int length, boolean quoted) {
        cells.add(new Cell(column, new String(text, offset, length)));
        column += length + 1 + (quoted ? QUOTES : 0);
    }

    @Override
    protected Line buildRecord() {
        return new Line(getStartingLineNumber(), cells);
    }
}
