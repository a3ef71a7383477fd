package org.mingchu.sensors.coap;

import tools.jackson.core.JacksonException;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.dataformat.cbor.CBORFactory;

/**
 * Reads SenML (RFC 8428) in JSON and CBOR, strictly: what the standard forbids is refused with a
 * reason that a technician can act on, and nothing in a body can make it take more memory or time
 * than its length allows. Any thread.
 */
final class SenMl {
    /** More records than this travel in several packs. */
    static final int RECORDS_MAX = 64;

    /** Of one body, all its blocks together. */
    static final int BODY_BYTES_MAX = 8_192;

    /** An array of records is two; a value of an unknown label may hold two more. */
    static final int DEPTH_MAX = 4;

    /** Base name and name together, as the site file allows them. */
    static final int NAME_CHARS_MAX = 128;

    private static final int NUMBER_CHARS_MAX = 64;
    private static final int TEXT_CHARS_MAX = 2_048;

    private static final StreamReadConstraints LIMITS =
            StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH_MAX)
                    .maxNumberLength(NUMBER_CHARS_MAX)
                    .maxStringLength(TEXT_CHARS_MAX)
                    .maxNameLength(NAME_CHARS_MAX)
                    .maxDocumentLength(BODY_BYTES_MAX)
                    .build();

    private static final JsonFactory JSON_FACTORY =
            JsonFactory.builder().streamReadConstraints(LIMITS).build();
    private static final CBORFactory CBOR_FACTORY =
            CBORFactory.builder().streamReadConstraints(LIMITS).build();

    private SenMl() {}

    /** How a pack is written. */
    enum Form {
        /** Content format 110. */
        JSON,
        /** Content format 112. */
        CBOR
    }

    /** A pack, or why there is none. */
    sealed interface Decoded permits SenMlPack, Refused {}

    /**
     * A body that is no pack.
     *
     * @param why one line without a word of the body's values
     */
    record Refused(String why) implements Decoded {}

    static Decoded read(Form form, byte[] body) {
        if (body.length > BODY_BYTES_MAX) {
            return new Refused("a body may have " + BODY_BYTES_MAX + " bytes");
        }
        try (var parser = factory(form).createParser(ObjectReadContext.empty(), body)) {
            return new SenMlReader(parser, form).pack();
        } catch (SenMlReader.Malformed e) {
            return new Refused(e.why());
        } catch (JacksonException e) {
            return new Refused("not well-formed " + form + at(e));
        }
    }

    private static TokenStreamFactory factory(Form form) {
        return switch (form) {
            case JSON -> JSON_FACTORY;
            case CBOR -> CBOR_FACTORY;
        };
    }

    /** The parser's own words may quote the body, so only the place is told. */
    private static String at(JacksonException e) {
        var place = e.getLocation();
        return place == null || place.getByteOffset() < 0
                ? ""
                : " at byte " + place.getByteOffset();
    }
}
