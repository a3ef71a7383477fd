package org.mingchu.gateway.keep.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A text with signatures (c2sp.org/signed-note). One note has one spelling: what does not come out
 * of {@link #toString} as it went into {@link #parse} is refused. Immutable.
 *
 * @param text ends in a newline
 */
public record SignedNote(String text, List<Signature> signatures) {
    /** The longest note, bytes; usual ones have 400. */
    public static final int MAX_BYTES = 64 << 10;

    /** The most signature lines; the specification asks for 16 at least. */
    public static final int MAX_SIGNATURES = 64;

    private static final String DASH = "\u2014 ";
    private static final int KEY_ID_BYTES = 4;

    /**
     * One signature line.
     *
     * @param keyId 8 hexadecimal digits
     * @param base64 what follows the key ID, in base64
     */
    public record Signature(String name, String keyId, String base64) {
        public Signature {
            if (!soundName(name)) {
                throw new NoteException("no key name: '" + name + "'");
            }
        }

        static Signature of(String name, String keyId, byte[] signature) {
            return new Signature(name, keyId, Base64.getEncoder().encodeToString(signature));
        }

        byte[] bytes() {
            return Base64.getDecoder().decode(base64);
        }

        private String line() {
            var id = HexFormat.of().parseHex(keyId);
            var signature = bytes();
            var both = ByteBuffer.allocate(id.length + signature.length).put(id).put(signature);
            return DASH + name + ' ' + Base64.getEncoder().encodeToString(both.array()) + '\n';
        }
    }

    public SignedNote {
        signatures = List.copyOf(signatures);
        if (!text.endsWith("\n")) {
            throw new NoteException("the text does not end in a newline");
        }
        if (signatures.isEmpty() || signatures.size() > MAX_SIGNATURES) {
            throw new NoteException(signatures.size() + " signatures; 1 to " + MAX_SIGNATURES);
        }
    }

    /**
     * Reads a note.
     *
     * @throws NoteException when it is none
     */
    public static SignedNote parse(String note) {
        if (note.length() > MAX_BYTES) {
            throw new NoteException("a note of more than " + MAX_BYTES + " bytes");
        }
        if (note.chars().anyMatch(c -> c < ' ' && c != '\n')) {
            throw new NoteException("a control character in the note");
        }
        var blank = note.lastIndexOf("\n\n");
        if (blank < 0 || !note.endsWith("\n") || blank + 2 >= note.length()) {
            throw new NoteException("no signature lines after an empty line");
        }
        var signatures = new ArrayList<Signature>();
        for (var line : note.substring(blank + 2, note.length() - 1).split("\n", -1)) {
            signatures.add(signature(line));
        }
        return new SignedNote(note.substring(0, blank + 1), signatures);
    }

    /**
     * Reads a note in UTF-8.
     *
     * @throws NoteException when it is none
     */
    public static SignedNote parse(byte[] note) {
        try {
            return parse(UTF_8.newDecoder().decode(ByteBuffer.wrap(note)).toString());
        } catch (CharacterCodingException e) {
            throw new NoteException("the note is not UTF-8");
        }
    }

    /** The same text with one more signature below the others. */
    public SignedNote with(Signature signature) {
        return new SignedNote(
                text, Stream.concat(signatures.stream(), Stream.of(signature)).toList());
    }

    /** The note as it is stored and sent. */
    @Override
    public String toString() {
        return text + '\n' + signatures.stream().map(Signature::line).collect(Collectors.joining());
    }

    static boolean soundName(String name) {
        return !name.isEmpty()
                && name.codePoints()
                        .noneMatch(c ->
                                c == '+'
                                        || c < ' '
                                        || Character.isWhitespace(c)
                                        || Character.isSpaceChar(c));
    }

    private static Signature signature(String line) {
        var space = line.lastIndexOf(' ');
        if (!line.startsWith(DASH) || space < DASH.length()) {
            throw new NoteException("not a signature line: '" + shortened(line) + "'");
        }
        var both = base64(line.substring(space + 1));
        if (both.length <= KEY_ID_BYTES) {
            throw new NoteException("a signature of " + both.length + " bytes");
        }
        var signature = ByteBuffer.wrap(both, KEY_ID_BYTES, both.length - KEY_ID_BYTES);
        var rest = new byte[signature.remaining()];
        signature.get(rest);
        return Signature.of(
                line.substring(DASH.length(), space),
                HexFormat.of().formatHex(both, 0, KEY_ID_BYTES),
                rest);
    }

    /** Base64 with padding and without spare bits: one text for the same bytes. */
    static byte[] base64(String text) {
        try {
            var bytes = Base64.getDecoder().decode(text);
            if (Base64.getEncoder().encodeToString(bytes).equals(text)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            throw new NoteException("not base64: '" + shortened(text) + "'");
        }
        throw new NoteException("not the usual base64: '" + shortened(text) + "'");
    }

    private static String shortened(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
}
