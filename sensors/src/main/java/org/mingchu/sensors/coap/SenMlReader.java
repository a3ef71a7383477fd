package org.mingchu.sensors.coap;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads one pack, record by record; the base fields live from one record to the next. One use. */
final class SenMlReader {
    /** Below this a time counts from now, at and above it from 1970 (RFC 8428 section 4.5.3). */
    private static final double RELATIVE_S = 1L << 28;

    /** Some 3,000 years: what a double holds to the millisecond. */
    private static final double TIME_S_MAX = 1e11;

    /** RFC 8428; later versions name features that this reader does not know. */
    private static final double VERSION = 10;

    /** A double counts whole numbers up to here. */
    private static final double SEQUENCE_MAX = 1L << 53;

    private static final String SEQUENCE = "seq";
    private static final double MS_PER_S = 1_000;

    /** RFC 8428 section 4.5.1, and the paths that LwM2M writes with a slash before them. */
    private static final Pattern NAME =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9:./_-]*|/[0-9]+(/[0-9]+){0,3}");

    private final JsonParser parser;
    private final SenMl.Form form;
    private final List<SenMlValue> values = new ArrayList<>();
    private final Set<Place> places = new HashSet<>();
    private OptionalLong sequence = OptionalLong.empty();
    private int records;
    private String baseName = "";
    private String baseUnit = "";
    private double baseTime;
    private double baseValue;

    private record Place(String name, When when) {}

    /** Not a pack of SenML; the message is for the technician. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1;

        private final String why;

        Malformed(String why) {
            super(why, null, false, false);
            this.why = why;
        }

        String why() {
            return why;
        }
    }

    SenMlReader(JsonParser parser, SenMl.Form form) {
        this.parser = parser;
        this.form = form;
    }

    SenMlPack pack() throws Malformed {
        expect(parser.nextToken() == JsonToken.START_ARRAY, "a pack is an array of records");
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            expect(
                    parser.currentToken() == JsonToken.START_OBJECT,
                    "a pack is an array of records, each a map");
            expect(
                    ++records <= SenMl.RECORDS_MAX,
                    "a pack may have " + SenMl.RECORDS_MAX + " records");
            take(SenMlFields.read(parser, form));
        }
        expect(records > 0, "the pack has no record");
        expect(parser.nextToken() == null, "something follows the pack");
        return new SenMlPack(values, sequence);
    }

    private void take(SenMlFields record) throws Malformed {
        expect(
                record.version().isEmpty() || record.version().getAsDouble() == VERSION,
                "bver is not 10: a version this gateway does not know");
        baseName = record.baseName().orElse(baseName);
        baseUnit = record.baseUnit().orElse(baseUnit);
        baseTime = record.baseTime().orElse(baseTime);
        baseValue = record.baseValue().orElse(baseValue);
        if (!record.onlyBase()) {
            resolve(record);
        }
    }

    private void resolve(SenMlFields record) throws Malformed {
        var ownName = record.name().orElse("");
        var name = baseName + ownName;
        expect(!name.isEmpty(), "a record has no name");
        expect(name.length() <= SenMl.NAME_CHARS_MAX, "a name is too long");
        expect(NAME.matcher(name).matches(), "a name has a character RFC 8428 does not allow");
        expect(record.valued(), "a record has neither a value nor a sum");
        var when = when(baseTime + record.time().orElse(0));
        expect(places.add(new Place(name, when)), "two records have the same name and time");
        var said = said(record);
        if (said.isEmpty()) {
            return;
        }
        if (ownName.equals(SEQUENCE) || name.equals(SEQUENCE)) {
            count(said.orElseThrow());
        } else {
            values.add(
                    new SenMlValue(
                            name,
                            ownName,
                            record.unit().orElse(baseUnit),
                            said.orElseThrow(),
                            when));
        }
    }

    private Optional<Said> said(SenMlFields record) throws Malformed {
        if (record.number().isPresent()) {
            var value = baseValue + record.number().getAsDouble();
            expect(Double.isFinite(value), "a value with its base value is too large");
            return Optional.of(new Said.Amount(value));
        }
        return record.flag().map(Said.Switch::new);
    }

    private void count(Said said) throws Malformed {
        expect(sequence.isEmpty(), "two records give a sequence");
        if (!(said instanceof Said.Amount(double value))
                || value != Math.rint(value)
                || value < 0
                || value > SEQUENCE_MAX) {
            throw new Malformed("seq is not a whole number from 0 to 2^53");
        }
        sequence = OptionalLong.of((long) value);
    }

    private static When when(double seconds) throws Malformed {
        expect(Math.abs(seconds) <= TIME_S_MAX, "a time is too far away");
        return seconds < RELATIVE_S
                ? new When.Ago(Math.round(-seconds * MS_PER_S))
                : new When.Epoch(Math.round(seconds * MS_PER_S));
    }

    private static void expect(boolean holds, String otherwise) throws Malformed {
        if (!holds) {
            throw new Malformed(otherwise);
        }
    }
}
