package org.mingchu.gateway.keep.entry;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * As much of CDDL (RFC 8610) as journal.cddl uses, so that the encoder is held to what is
 * published: choices, literals, ranges, {@code .size}, arrays, and maps with integer keys. It
 * shares no code with the encoder and sees values as another reader of CBOR hands them over.
 */
final class Cddl {
    private static final Pattern TOKEN =
            Pattern.compile(
                    "\\s*(=>|\\.\\.|\\.size|\"[^\"]*\"|-?\\d+|[a-z][a-z0-9-]*|[={}\\[\\](),/*?])");

    private final List<String> tokens = new ArrayList<>();
    private final Map<String, Type> rules = new HashMap<>();
    private int at;

    private Cddl(String text) {
        var bare = text.replaceAll(";[^\n]*", "").strip();
        var matcher = TOKEN.matcher(bare);
        var end = 0;
        while (end < bare.length() && matcher.find(end) && matcher.start() == end) {
            tokens.add(matcher.group(1));
            end = matcher.end();
        }
        if (end < bare.length()) {
            throw new IllegalArgumentException("not read: " + bare.substring(end));
        }
        while (at < tokens.size()) {
            var name = next();
            expect("=");
            rules.put(name, choice());
        }
    }

    static Cddl read(Path file) {
        try {
            return new Cddl(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether {@code value} is what {@code rule} describes. */
    boolean allows(String rule, @Nullable Object value) {
        var type = rules.get(rule);
        if (type == null) {
            throw new IllegalArgumentException("no rule " + rule);
        }
        return type.allows(value);
    }

    boolean has(String rule) {
        return rules.containsKey(rule);
    }

    /** Stands for the CBOR null in values. */
    static final Object NULL = new Object();

    private interface Type {
        boolean allows(@Nullable Object value);
    }

    private record Field(boolean optional, Type type) {}

    private Type choice() {
        var types = new ArrayList<>(List.of(one()));
        while (peek("/")) {
            at++;
            types.add(one());
        }
        return value -> types.stream().anyMatch(type -> type.allows(value));
    }

    private Type one() {
        var token = next();
        return switch (token) {
            case "(" -> {
                var inner = choice();
                expect(")");
                yield inner;
            }
            case "[" -> array();
            case "{" -> map();
            case "int" -> value -> value instanceof Long;
            case "uint" -> value -> value instanceof Long l && l >= 0;
            case "tstr" -> value -> value instanceof String;
            case "bool" -> value -> value instanceof Boolean;
            case "null" -> value -> value == NULL;
            case "bstr" -> bytes();
            default -> literal(token);
        };
    }

    private Type bytes() {
        if (!peek(".size")) {
            return value -> value instanceof byte[];
        }
        at++;
        var size = Integer.parseInt(next());
        return value -> value instanceof byte[] b && b.length == size;
    }

    private Type literal(String token) {
        if (token.startsWith("\"")) {
            var text = token.substring(1, token.length() - 1);
            return text::equals;
        }
        if (Character.isLetter(token.charAt(0))) {
            return value -> allows(token, value);
        }
        var low = Long.parseLong(token);
        if (!peek("..")) {
            return value -> value instanceof Long l && l == low;
        }
        at++;
        var high = Long.parseLong(next());
        return value -> value instanceof Long l && l >= low && l <= high;
    }

    private Type array() {
        if (peek("*")) {
            at++;
            var each = choice();
            expect("]");
            return value -> value instanceof List<?> l && l.stream().allMatch(each::allows);
        }
        var items = new ArrayList<Type>();
        while (!peek("]")) {
            items.add(choice());
            at += peek(",") ? 1 : 0;
        }
        expect("]");
        return value -> value instanceof List<?> list && allAllow(items, list);
    }

    private static boolean allAllow(List<Type> types, List<?> values) {
        if (types.size() != values.size()) {
            return false;
        }
        for (var i = 0; i < types.size(); i++) {
            if (!types.get(i).allows(values.get(i))) {
                return false;
            }
        }
        return true;
    }

    private Type map() {
        var fields = new TreeMap<Long, Field>();
        while (!peek("}")) {
            var optional = peek("?");
            at += optional ? 1 : 0;
            var key = Long.parseLong(next());
            expect("=>");
            fields.put(key, new Field(optional, choice()));
        }
        expect("}");
        return value -> value instanceof Map<?, ?> map && fits(fields, map);
    }

    private static boolean fits(Map<Long, Field> fields, Map<?, ?> values) {
        return fields.keySet().containsAll(values.keySet())
                && fields.entrySet().stream()
                        .allMatch(f -> fits(f.getValue(), values.get(f.getKey())));
    }

    private static boolean fits(Field field, @Nullable Object value) {
        return value == null ? field.optional() : field.type().allows(value);
    }

    private String next() {
        return tokens.get(at++);
    }

    private boolean peek(String token) {
        return at < tokens.size() && tokens.get(at).equals(token);
    }

    private void expect(String token) {
        if (!next().equals(token)) {
            throw new IllegalArgumentException(
                    "expected "
                            + token
                            + " before "
                            + tokens.subList(at, Math.min(at + 5, tokens.size())));
        }
    }
}
