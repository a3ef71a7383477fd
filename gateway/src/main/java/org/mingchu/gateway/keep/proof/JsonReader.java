package org.mingchu.gateway.keep.proof;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads strict JSON (RFC 8259) into maps, lists, strings, longs, truth values and {@link #NULL}. As
 * much as a manifest needs: numbers are whole and fit a long; no key twice; {@value #MAX_DEPTH}
 * levels at most. One thread.
 */
final class JsonReader {
    /** What {@code null} is read as. */
    static final Object NULL = new Object();

    private static final int MAX_DEPTH = 16;

    /** Digits of a number that surely fits a long. */
    private static final int MAX_DIGITS = 18;

    private final String text;
    private int at;
    private int depth;

    private JsonReader(String text) {
        this.text = text;
    }

    /** The bytes are no JSON, or not the JSON that is asked for. */
    static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1;

        Malformed(String message) {
            super(message);
        }
    }

    static Object read(String text) {
        var reader = new JsonReader(text);
        var value = reader.value();
        reader.blank();
        if (reader.at != text.length()) {
            throw reader.wrong("the end");
        }
        return value;
    }

    private Object value() {
        blank();
        return switch (peek()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", NULL);
            default -> number();
        };
    }

    private Map<String, Object> object() {
        enter();
        var map = new LinkedHashMap<String, Object>();
        if (!next('}')) {
            do {
                blank();
                var key = string();
                expect(':');
                if (map.putIfAbsent(key, value()) != null) {
                    throw wrong("no second \"" + key + "\"");
                }
            } while (next(','));
            expect('}');
        }
        depth--;
        return map;
    }

    private List<Object> array() {
        enter();
        var list = new ArrayList<>();
        if (!next(']')) {
            do {
                list.add(value());
            } while (next(','));
            expect(']');
        }
        depth--;
        return list;
    }

    private void enter() {
        at++;
        if (++depth > MAX_DEPTH) {
            throw wrong("at most " + MAX_DEPTH + " levels");
        }
    }

    private String string() {
        if (peek() != '"') {
            throw wrong("a string");
        }
        at++;
        var out = new StringBuilder();
        while (peek() != '"') {
            var c = text.charAt(at++);
            if (c < ' ') {
                throw wrong("no control character");
            }
            out.append(c == '\\' ? escaped() : c);
        }
        at++;
        return out.toString();
    }

    private char escaped() {
        var c = peek();
        at++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                if (text.length() - at < 4
                        || !text.substring(at, at + 4).matches("[0-9a-fA-F]{4}")) {
                    throw wrong("four hexadecimal digits");
                }
                at += 4;
                yield (char) Integer.parseInt(text, at - 4, at, 16);
            }
            default -> throw wrong("an escape");
        };
    }

    private Long number() {
        var start = at;
        at += peek() == '-' ? 1 : 0;
        var first = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        var digits = at - first;
        if (digits == 0 || digits > MAX_DIGITS || (digits > 1 && text.charAt(first) == '0')) {
            throw wrong("a whole number of at most " + MAX_DIGITS + " digits");
        }
        return Long.parseLong(text, start, at, 10);
    }

    private Object word(String word, Object value) {
        if (!text.startsWith(word, at)) {
            throw wrong(word);
        }
        at += word.length();
        return value;
    }

    private void blank() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private boolean next(char c) {
        blank();
        var is = at < text.length() && text.charAt(at) == c;
        at += is ? 1 : 0;
        return is;
    }

    private void expect(char c) {
        if (!next(c)) {
            throw wrong("'" + c + "'");
        }
    }

    private char peek() {
        if (at >= text.length()) {
            throw wrong("more");
        }
        return text.charAt(at);
    }

    private Malformed wrong(String expected) {
        return new Malformed("expected " + expected + " at character " + at);
    }
}
