package org.mingchu.gateway;

import java.util.ArrayList;
import java.util.List;

/** A table as lines of text, its columns side by side. One thread. */
final class Sheet {
    private static final String APART = "  ";

    private final List<List<String>> rows = new ArrayList<>();
    private final List<Boolean> right = new ArrayList<>();

    /**
     * @param columns their heads; one that ends in {@code >} is set to the right
     */
    Sheet(String... columns) {
        var heads = new ArrayList<String>();
        for (var column : columns) {
            var toRight = column.endsWith(">");
            right.add(toRight);
            heads.add(toRight ? column.substring(0, column.length() - 1) : column);
        }
        rows.add(heads);
    }

    void row(String... cells) {
        if (cells.length != right.size()) {
            throw new IllegalArgumentException(cells.length + " cells, not " + right.size());
        }
        rows.add(List.of(cells));
    }

    List<String> lines() {
        var lines = new ArrayList<String>();
        for (var row : rows) {
            var line = new StringBuilder();
            for (var i = 0; i < row.size(); i++) {
                var gap = " ".repeat(width(i) - length(row.get(i)));
                line.append(i == 0 ? "" : APART)
                        .append(right.get(i) ? gap + row.get(i) : row.get(i) + gap);
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> length(row.get(column))).max().orElse(0);
    }

    /** Cells on a terminal: a Chinese character takes two. */
    private static int length(String text) {
        return text.codePoints().map(c -> c >= 0x1100 && isWide(c) ? 2 : 1).sum();
    }

    private static boolean isWide(int c) {
        return c <= 0x115f
                || (c >= 0x2e80 && c <= 0xa4cf)
                || (c >= 0xac00 && c <= 0xd7a3)
                || (c >= 0xf900 && c <= 0xfaff)
                || (c >= 0xfe30 && c <= 0xfe6f)
                || (c >= 0xff00 && c <= 0xff60)
                || c >= 0x20000;
    }
}
