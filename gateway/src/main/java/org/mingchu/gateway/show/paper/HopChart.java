package org.mingchu.gateway.show.paper;

import org.mingchu.gateway.show.paper.Sheet.Ink;

import java.io.IOException;
import java.util.List;

/**
 * Hops on a scale of time, one below the other. The scale is logarithmic: a record takes
 * milliseconds, a person half a minute. Immutable.
 */
record HopChart(List<Block.Hop> hops) {
    private static final float SIZE = 8;
    private static final float ROW = 15;
    private static final float NAME = 172;
    private static final float SAID = 120;
    private static final float SCALE = Sheet.WIDTH - NAME - SAID;

    /** The ends of the scale, milliseconds. */
    private static final long FIRST_MS = 1;

    private static final long LAST_MS = 1_000_000;

    private record Tick(long ms, String text) {}

    private static final List<Tick> TICKS =
            List.of(
                    new Tick(1, "1 ms"),
                    new Tick(10, "10 ms"),
                    new Tick(100, "100 ms"),
                    new Tick(1_000, "1 s"),
                    new Tick(10_000, "10 s"),
                    new Tick(60_000, "1 min"),
                    new Tick(600_000, "10 min"));

    /** How high a chart of so many hops is, scale included. */
    static float height(int hops) {
        return hops * ROW + 30;
    }

    void draw(Sheet sheet) throws IOException {
        var height = hops.size() * ROW;
        sheet.keepTogether(height(hops.size()));
        var top = sheet.y() + 14;
        for (var tick : TICKS) {
            var x = x(tick.ms());
            sheet.stem(x, top, top + height, 0.4f, Ink.LIGHT);
            var middle = sheet.width(tick.text(), 6.5f) / 2;
            sheet.text(tick.text(), x - middle, sheet.y() + 2, 6.5f, Ink.GREY);
        }
        for (var i = 0; i < hops.size(); i++) {
            row(sheet, hops.get(i), top + i * ROW);
        }
        sheet.down(height + 14 + 10);
    }

    private static void row(Sheet sheet, Block.Hop hop, float top) throws IOException {
        var middle = top + ROW / 2;
        var textTop = middle - SIZE * 0.62f;
        sheet.text(cut(sheet, hop.name(), NAME - 8), 0, textTop, SIZE, Ink.BLACK);
        if (hop.afterMs().isPresent()) {
            var x = x(hop.afterMs().getAsLong());
            sheet.rule(x(FIRST_MS), x, middle, 1.6f, Ink.GREEN);
            sheet.dot(x, middle, 3, Ink.GREEN);
        } else {
            sheet.cross(x(FIRST_MS) + 3, middle, 3, Ink.RED);
        }
        var ink = hop.afterMs().isPresent() ? Ink.GREY : Ink.RED;
        sheet.text(cut(sheet, hop.said(), SAID - 12), NAME + SCALE + 12, textTop, SIZE, ink);
    }

    private static String cut(Sheet sheet, String text, float width) {
        var lines = sheet.wrapped(text, width, SIZE);
        return lines.size() == 1 ? lines.getFirst() : lines.getFirst() + "…";
    }

    private static float x(long ms) {
        var within = Math.clamp(ms, FIRST_MS, LAST_MS);
        return NAME + SCALE * (float) (Math.log10((double) within) / Math.log10((double) LAST_MS));
    }
}
