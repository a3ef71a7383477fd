package org.mingchu.gateway.show.paper;

import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeCollection;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.io.RandomAccessReadBufferedFile;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The face of a document: a font of the machine that knows Chinese, or the Latin one that PDFBox
 * brings. Only what is used of it goes into the document. One document, one thread.
 */
final class Face implements AutoCloseable {
    /**
     * Where Debian puts fonts with Chinese in TrueType outlines; those of Noto are of another kind,
     * of which PDFBox 3 embeds none.
     */
    static final List<Path> INSTALLED =
            List.of(
                    Path.of("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"),
                    Path.of("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc"),
                    Path.of("/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf"));

    /** Within the jar of PDFBox. */
    private static final String LATIN =
            "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

    private static final float PER_EM = 1000f;

    /** What stands for a sign that the font has not. */
    private static final int MISSING = '?';

    private final PDFont font;
    private final Optional<TrueTypeCollection> collection;
    private final Map<Integer, Float> widths = new HashMap<>();

    private Face(PDFont font, Optional<TrueTypeCollection> collection) {
        this.font = font;
        this.collection = collection;
    }

    /** The first of the installed ones that is there. */
    static Optional<Path> installed() {
        return INSTALLED.stream().filter(Files::isReadable).findFirst();
    }

    /** From a file; the first font of a collection. */
    static Face of(PDDocument document, Path file) throws IOException {
        if (!file.toString().endsWith(".ttc")) {
            var parsed = new TTFParser().parse(new RandomAccessReadBufferedFile(file.toFile()));
            return new Face(PDType0Font.load(document, parsed, true), Optional.empty());
        }
        var collection = new TrueTypeCollection(file.toFile());
        var names = new ArrayList<String>();
        collection.processAllFonts(one -> names.add(one.getName()));
        var first = collection.getFontByName(names.getFirst());
        return new Face(PDType0Font.load(document, first, true), Optional.of(collection));
    }

    /** The one that every jar of PDFBox brings; it knows no Chinese. */
    static Face latin(PDDocument document) throws IOException {
        try (InputStream in = PDDocument.class.getResourceAsStream(LATIN)) {
            if (in == null) {
                throw new IOException("PDFBox lacks " + LATIN);
            }
            var parsed = new TTFParser().parse(new RandomAccessReadBuffer(in));
            return new Face(PDType0Font.load(document, parsed, true), Optional.empty());
        }
    }

    PDFont font() {
        return font;
    }

    /** The same text with a sign in the place of each one that the font has not. */
    String known(String text) {
        var known = new StringBuilder();
        text.codePoints().forEach(sign -> known.appendCodePoint(has(sign) ? sign : MISSING));
        return known.toString();
    }

    private boolean has(int sign) {
        return width(sign) >= 0;
    }

    /** How wide a text is, in points. */
    float width(String text, float size) {
        var sum = 0f;
        for (var signs = text.codePoints().iterator(); signs.hasNext(); ) {
            sum += Math.max(0, width(signs.nextInt()));
        }
        return sum * size / PER_EM;
    }

    /** In thousandths of the size; below 0 where the font has no such sign. */
    private float width(int sign) {
        return widths.computeIfAbsent(sign, this::measured);
    }

    private float measured(int sign) {
        try {
            return font.getStringWidth(Character.toString(sign));
        } catch (IllegalArgumentException | IOException _) {
            return -1;
        }
    }

    @Override
    public void close() throws IOException {
        if (collection.isPresent()) {
            collection.get().close();
        }
    }
}
