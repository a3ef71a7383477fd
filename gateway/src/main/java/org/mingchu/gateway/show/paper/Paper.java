package org.mingchu.gateway.show.paper;

import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.mingchu.gateway.show.paper.Sheet.Ink;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;

/**
 * A document: blocks into a PDF of A4 pages, the same bytes for the same blocks and font.
 * Immutable.
 *
 * @param language of the document, as in the site file
 * @param foot at the foot of every page
 * @param madeMs when, milliseconds since 1970
 */
public record Paper(String language, String foot, long madeMs, List<Block> blocks) {
    private static final float TITLE = 20;
    private static final float HEADING = 12;
    private static final float TEXT = 9;
    private static final float SMALL = 8;
    private static final float NAME_WIDTH = 132;
    private static final float MARK_WIDTH = 12;
    private static final float GAP = 6;
    private static final float SIGNATURE_HEIGHT = 62;

    public Paper {
        blocks = List.copyOf(blocks);
    }

    /** A font of this machine that knows Chinese; empty when there is none. */
    public static Optional<Path> chineseFont() {
        return Face.installed();
    }

    /**
     * Draws it.
     *
     * @param font a TrueType font or collection; without one only Latin letters can be written
     * @throws IOException when the font cannot be read or embedded
     */
    public byte[] drawn(Optional<Path> font) throws IOException {
        try (var document = new PDDocument();
                var face = font.isPresent() ? Face.of(document, font.get()) : Face.latin(document);
                var sheet = new Sheet(document, face)) {
            describe(document);
            for (var i = 0; i < blocks.size(); ) {
                i = draw(sheet, i);
            }
            sheet.finish(foot);
            var bytes = new ByteArrayOutputStream();
            document.save(bytes);
            return bytes.toByteArray();
        }
    }

    /** Nothing of the clock and of chance goes in, so that it can be made again. */
    private void describe(PDDocument document) {
        var about = new PDDocumentInformation();
        var at = new GregorianCalendar(TimeZone.getTimeZone("UTC"));
        at.setTimeInMillis(madeMs);
        about.setCreationDate((Calendar) at);
        about.setProducer("Mingchu");
        if (blocks.getFirst() instanceof Block.Title(var text, var of)) {
            about.setTitle(text + " · " + of);
        }
        document.setDocumentInformation(about);
        document.setDocumentId(madeMs);
        document.getDocumentCatalog().getCOSObject().setString(COSName.LANG, language);
    }

    /** Returns the number of the next block. */
    private int draw(Sheet sheet, int i) throws IOException {
        switch (blocks.get(i)) {
            case Block.Title title -> title(sheet, title);
            case Block.Heading heading -> heading(sheet, heading, chartHeight(i + 1));
            case Block.Line line -> line(sheet, line);
            case Block.Columns columns -> {
                return table(sheet, columns, i + 1);
            }
            case Block.Row _ -> throw new IllegalArgumentException("a row without columns");
            case Block.Hop _ -> {
                return chart(sheet, i);
            }
            case Block.Text(var text) -> paragraph(sheet, text);
            case Block.Signature _ -> {
                return signatures(sheet, i);
            }
        }
        return i + 1;
    }

    private static void title(Sheet sheet, Block.Title title) throws IOException {
        sheet.text(title.text(), 0, sheet.y(), TITLE, Ink.BLACK);
        sheet.down(Sheet.lineHeight(TITLE) + 2);
        for (var line : sheet.wrapped(title.of(), Sheet.WIDTH, HEADING)) {
            sheet.text(line, 0, sheet.y(), HEADING, Ink.GREY);
            sheet.down(Sheet.lineHeight(HEADING));
        }
        sheet.down(GAP);
        sheet.rule(0, Sheet.WIDTH, sheet.y(), 1.2f, Ink.BLACK);
        sheet.down(GAP);
    }

    /** A chart stands on the page of its heading. */
    private float chartHeight(int from) {
        var hops = 0;
        for (var block : blocks.subList(from, blocks.size())) {
            if (block instanceof Block.Heading) {
                break;
            }
            hops += block instanceof Block.Hop ? 1 : 0;
        }
        return hops == 0 ? 0 : HopChart.height(hops) + GAP;
    }

    private static void heading(Sheet sheet, Block.Heading heading, float chart)
            throws IOException {
        sheet.keepTogether(60 + chart);
        sheet.down(GAP * 1.6f);
        sheet.text(heading.text(), 0, sheet.y(), HEADING, Ink.BLACK);
        sheet.down(Sheet.lineHeight(HEADING) + 1);
        sheet.rule(0, Sheet.WIDTH, sheet.y(), 0.6f, Ink.LIGHT);
        sheet.down(GAP * 0.8f);
    }

    private static void line(Sheet sheet, Block.Line line) throws IOException {
        var x = MARK_WIDTH + NAME_WIDTH + GAP;
        var names = sheet.wrapped(line.name(), NAME_WIDTH, TEXT);
        var values = sheet.wrapped(line.value(), Sheet.WIDTH - x, TEXT);
        var height = Math.max(names.size(), values.size()) * Sheet.lineHeight(TEXT);
        sheet.keepTogether(height);
        var middle = sheet.y() + TEXT * 0.62f;
        switch (line.mark()) {
            case GOOD -> sheet.dot(4, middle, 2.6f, Ink.GREEN);
            case BAD -> sheet.cross(4, middle, 2.6f, Ink.RED);
            case OPEN -> sheet.ring(4, middle, 2.4f, Ink.AMBER);
            case NONE -> {}
        }
        column(sheet, names, MARK_WIDTH, TEXT, Ink.GREY);
        column(sheet, values, x, TEXT, line.mark() == Block.Mark.BAD ? Ink.RED : Ink.BLACK);
        sheet.down(height + 1.5f);
    }

    private static void column(Sheet sheet, List<String> lines, float x, float size, Ink ink)
            throws IOException {
        for (var i = 0; i < lines.size(); i++) {
            sheet.text(lines.get(i), x, sheet.y() + i * Sheet.lineHeight(size), size, ink);
        }
    }

    private static void paragraph(Sheet sheet, String text) throws IOException {
        for (var line : sheet.wrapped(text, Sheet.WIDTH, TEXT)) {
            sheet.keepTogether(Sheet.lineHeight(TEXT));
            sheet.text(line, 0, sheet.y(), TEXT, Ink.BLACK);
            sheet.down(Sheet.lineHeight(TEXT));
        }
        sheet.down(3);
    }

    private int table(Sheet sheet, Block.Columns columns, int from) throws IOException {
        var rows = new ArrayList<List<String>>();
        var i = from;
        while (i < blocks.size() && blocks.get(i) instanceof Block.Row(var cells)) {
            rows.add(cells);
            i++;
        }
        var widths = widths(sheet, columns.names(), rows);
        head(sheet, columns.names(), widths);
        for (var row : rows) {
            var before = sheet.y();
            sheet.keepTogether(height(sheet, row, widths) + 3);
            if (sheet.y() < before) {
                head(sheet, columns.names(), widths);
            }
            row(sheet, row, widths, Ink.BLACK);
            sheet.rule(0, Sheet.WIDTH, sheet.y(), 0.4f, Ink.LIGHT);
            sheet.down(2.5f);
        }
        sheet.down(GAP);
        return i;
    }

    private static void head(Sheet sheet, List<String> names, float[] widths) throws IOException {
        var height = height(sheet, names, widths) + 5;
        sheet.keepTogether(height + 24);
        sheet.box(0, sheet.y(), Sheet.WIDTH, height, Ink.PALE);
        sheet.down(3);
        row(sheet, names, widths, Ink.GREY);
        sheet.down(3.5f);
    }

    private static float height(Sheet sheet, List<String> cells, float[] widths) {
        var most = 1;
        for (var i = 0; i < cells.size(); i++) {
            most = Math.max(most, sheet.wrapped(cells.get(i), widths[i] - GAP, SMALL).size());
        }
        return most * Sheet.lineHeight(SMALL);
    }

    private static void row(Sheet sheet, List<String> cells, float[] widths, Ink ink)
            throws IOException {
        var x = 3f;
        for (var i = 0; i < cells.size(); i++) {
            column(sheet, sheet.wrapped(cells.get(i), widths[i] - GAP, SMALL), x, SMALL, ink);
            x += widths[i];
        }
        sheet.down(height(sheet, cells, widths));
    }

    /** As wide as the widest cell where all fit, else each by its share of what there is. */
    private static float[] widths(Sheet sheet, List<String> names, List<List<String>> rows) {
        var widths = new float[names.size()];
        var sum = 0f;
        for (var i = 0; i < widths.length; i++) {
            var widest = sheet.width(names.get(i), SMALL);
            for (var row : rows) {
                widest = Math.max(widest, sheet.width(row.get(i), SMALL));
            }
            widths[i] = Math.min(widest, Sheet.WIDTH / 3) + GAP + 2;
            sum += widths[i];
        }
        var scale = (Sheet.WIDTH - 3) / sum;
        for (var i = 0; i < widths.length; i++) {
            widths[i] *= scale;
        }
        return widths;
    }

    private int chart(Sheet sheet, int from) throws IOException {
        var hops = new ArrayList<Block.Hop>();
        var i = from;
        while (i < blocks.size() && blocks.get(i) instanceof Block.Hop hop) {
            hops.add(hop);
            i++;
        }
        new HopChart(hops).draw(sheet);
        return i;
    }

    private int signatures(Sheet sheet, int from) throws IOException {
        var who = new ArrayList<String>();
        var i = from;
        while (i < blocks.size() && blocks.get(i) instanceof Block.Signature(var one)) {
            who.add(one);
            i++;
        }
        sheet.keepTogether(SIGNATURE_HEIGHT);
        var each = Sheet.WIDTH / who.size();
        for (var n = 0; n < who.size(); n++) {
            sheet.rule(n * each, (n + 1) * each - 16, sheet.y() + 40, 0.8f, Ink.BLACK);
            sheet.text(who.get(n), n * each, sheet.y() + 44, SMALL, Ink.GREY);
        }
        sheet.down(SIGNATURE_HEIGHT);
        return i;
    }
}
