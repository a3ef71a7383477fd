package org.mingchu.gateway.show;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One answer of the page's server: status, headers and body, whole in memory. Immutable. */
final class Reply {
    private static final Map<String, String> JSON =
            Map.of("Content-Type", "application/json; charset=utf-8", "Cache-Control", "no-store");

    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;

    Reply(int status, Map<String, String> headers, byte[] body) {
        this.status = status;
        this.headers = Map.copyOf(headers);
        this.body = body;
    }

    int status() {
        return status;
    }

    Map<String, String> headers() {
        return headers;
    }

    /** The body's bytes, which nobody may change. */
    byte[] body() {
        return body;
    }

    /** The same with one more header. */
    Reply with(String header, String value) {
        var more = new HashMap<>(headers);
        more.put(header, value);
        return new Reply(status, more, body);
    }

    /** What the interface says; never kept by a cache. */
    static Reply json(int status, byte[] body) {
        return new Reply(status, JSON, body);
    }

    /** A refusal: one word that the page turns into a sentence, and a line for a technician. */
    static Reply refused(int status, String word, String detail) {
        return json(
                status,
                Json.bytes(json ->
                        json.writeStartObject()
                                .writeStringProperty("refused", word)
                                .writeStringProperty("detail", detail)
                                .writeEndObject()));
    }

    /** A refusal of the verb; names those that would do. */
    static Reply wrongVerb(List<String> allowed) {
        var detail = "allowed: " + String.join(", ", allowed);
        return new Reply(
                405,
                Map.of(
                        "Content-Type",
                        "text/plain; charset=utf-8",
                        "Allow",
                        String.join(", ", allowed)),
                detail.getBytes(UTF_8));
    }
}
