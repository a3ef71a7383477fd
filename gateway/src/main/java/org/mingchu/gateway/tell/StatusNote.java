package org.mingchu.gateway.tell;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

import java.util.Optional;

/**
 * Of a status, our own as the broker has retained it, what it says about the journal. Immutable.
 *
 * @param lastSeq the last entry of that epoch when it was said
 */
record StatusNote(String epoch, long lastSeq) {
    /** Longest status that is read, in characters; ours have about 400. */
    private static final int CHARS_MAX = 4_096;

    private static final JsonFactory FACTORY = new JsonFactory();

    /** Empty for what is no status, or one that says nothing of the journal. */
    static Optional<StatusNote> read(String text) {
        if (text.length() > CHARS_MAX) {
            return Optional.empty();
        }
        var epoch = "";
        long lastSeq = -1;
        try (var json = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            for (var name = json.nextName(); name != null; name = json.nextName()) {
                var value = json.nextToken();
                if (name.equals("epoch") && value == JsonToken.VALUE_STRING) {
                    epoch = json.getString();
                } else if (name.equals("lastSeq") && value == JsonToken.VALUE_NUMBER_INT) {
                    lastSeq = json.getLongValue();
                } else {
                    json.skipChildren();
                }
            }
        } catch (JacksonException _) {
            return Optional.empty();
        }
        return epoch.isEmpty() || lastSeq < 0
                ? Optional.empty()
                : Optional.of(new StatusNote(epoch, lastSeq));
    }
}
