package org.mingchu.sensors.coap;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The fields of one record as they stand there, each at most once. One use. */
final class SenMlFields {
    private static final Map<String, Label> BY_WORD = labels(label -> label.word);
    private static final Map<String, Label> BY_NUMBER = labels(label -> label.number);

    /** Base fields alone make a record that only sets them. */
    private static final Set<Label> BASE =
            EnumSet.of(Label.BVER, Label.BN, Label.BT, Label.BU, Label.BV, Label.BS);

    private static final Set<Label> VALUES = EnumSet.of(Label.V, Label.VS, Label.VB, Label.VD);

    private final EnumSet<Label> seen = EnumSet.noneOf(Label.class);
    private Optional<String> baseName = Optional.empty();
    private Optional<String> baseUnit = Optional.empty();
    private Optional<String> name = Optional.empty();
    private Optional<String> unit = Optional.empty();
    private Optional<Boolean> flag = Optional.empty();
    private OptionalDouble version = OptionalDouble.empty();
    private OptionalDouble baseTime = OptionalDouble.empty();
    private OptionalDouble baseValue = OptionalDouble.empty();
    private OptionalDouble number = OptionalDouble.empty();
    private OptionalDouble time = OptionalDouble.empty();

    /** RFC 8428 section 12.2: the words of JSON and the numbers of CBOR. */
    private enum Label {
        BVER("bver", -1),
        BN("bn", -2),
        BT("bt", -3),
        BU("bu", -4),
        BV("bv", -5),
        BS("bs", -6),
        N("n", 0),
        U("u", 1),
        V("v", 2),
        VS("vs", 3),
        VB("vb", 4),
        S("s", 5),
        T("t", 6),
        UT("ut", 7),
        VD("vd", 8);

        private final String word;
        private final String number;

        Label(String word, int number) {
            this.word = word;
            this.number = Integer.toString(number);
        }
    }

    private SenMlFields() {}

    /**
     * @param parser at the record's opening brace; left at its closing one
     */
    static SenMlFields read(JsonParser parser, SenMl.Form form) throws SenMlReader.Malformed {
        var labels =
                switch (form) {
                    case JSON -> BY_WORD;
                    case CBOR -> BY_NUMBER;
                };
        var fields = new SenMlFields();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var word = parser.currentName();
            var label = Optional.ofNullable(labels.get(word));
            parser.nextToken();
            if (label.isPresent()) {
                fields.take(label.orElseThrow(), parser);
            } else {
                skip(word, parser);
            }
        }
        return fields;
    }

    /** A label that ends so must be understood (RFC 8428 section 4.4). */
    private static void skip(String word, JsonParser parser) throws SenMlReader.Malformed {
        if (word.endsWith("_")) {
            throw new SenMlReader.Malformed("a label that ends in _ is not known here");
        }
        parser.skipChildren();
    }

    private void take(Label label, JsonParser parser) throws SenMlReader.Malformed {
        if (!seen.add(label)) {
            throw new SenMlReader.Malformed("a record has " + label.word + " twice");
        }
        switch (label) {
            case BVER -> version = OptionalDouble.of(number(label, parser));
            case BN -> baseName = Optional.of(text(label, parser));
            case BT -> baseTime = OptionalDouble.of(number(label, parser));
            case BU -> baseUnit = Optional.of(text(label, parser));
            case BV -> baseValue = OptionalDouble.of(number(label, parser));
            case N -> name = Optional.of(text(label, parser));
            case U -> unit = Optional.of(text(label, parser));
            case V -> number = OptionalDouble.of(number(label, parser));
            case VB -> flag = Optional.of(flag(label, parser));
            case T -> time = OptionalDouble.of(number(label, parser));
            case BS, S, UT -> number(label, parser);
            case VS -> text(label, parser);
            case VD -> bytes(label, parser);
        }
        if (VALUES.contains(label) && seen.stream().filter(VALUES::contains).count() > 1) {
            throw new SenMlReader.Malformed("a record has two values");
        }
    }

    private static double number(Label label, JsonParser parser) throws SenMlReader.Malformed {
        var token = parser.currentToken();
        if (token != JsonToken.VALUE_NUMBER_INT && token != JsonToken.VALUE_NUMBER_FLOAT) {
            throw new SenMlReader.Malformed(label.word + " is not a number");
        }
        var value = parser.getDoubleValue();
        if (!Double.isFinite(value)) {
            throw new SenMlReader.Malformed(label.word + " is not a finite number");
        }
        return value;
    }

    private static String text(Label label, JsonParser parser) throws SenMlReader.Malformed {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw new SenMlReader.Malformed(label.word + " is not a text");
        }
        return parser.getString();
    }

    private static boolean flag(Label label, JsonParser parser) throws SenMlReader.Malformed {
        return switch (parser.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw new SenMlReader.Malformed(label.word + " is neither true nor false");
        };
    }

    private static void bytes(Label label, JsonParser parser) throws SenMlReader.Malformed {
        if (parser.currentToken() != JsonToken.VALUE_STRING
                && parser.currentToken() != JsonToken.VALUE_EMBEDDED_OBJECT) {
            throw new SenMlReader.Malformed(label.word + " is neither bytes nor their text");
        }
    }

    boolean onlyBase() {
        return BASE.containsAll(seen);
    }

    /** A value of any kind, or the sum that may stand for it. */
    boolean valued() {
        return seen.contains(Label.S) || seen.stream().anyMatch(VALUES::contains);
    }

    OptionalDouble version() {
        return version;
    }

    Optional<String> baseName() {
        return baseName;
    }

    Optional<String> baseUnit() {
        return baseUnit;
    }

    OptionalDouble baseTime() {
        return baseTime;
    }

    OptionalDouble baseValue() {
        return baseValue;
    }

    Optional<String> name() {
        return name;
    }

    Optional<String> unit() {
        return unit;
    }

    OptionalDouble number() {
        return number;
    }

    Optional<Boolean> flag() {
        return flag;
    }

    OptionalDouble time() {
        return time;
    }

    private static Map<String, Label> labels(Function<Label, String> key) {
        return Arrays.stream(Label.values()).collect(Collectors.toUnmodifiableMap(key, l -> l));
    }
}
