package org.mingchu.gateway.tell;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.SeqRange;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

import java.util.ArrayList;
import java.util.List;

/**
 * The platform's word on {@code …/ack}, read strictly: a word that we do not know may change the
 * meaning of the others, and an entry sent once too often costs less than one believed delivered.
 * Immutable.
 */
sealed interface Ack {
    /** Longest acknowledgement, in bytes. */
    int BYTES_MAX = 64 * 1024;

    /** Most ranges, and most rejections, in one. */
    int ITEMS_MAX = 1_000;

    /** Longest reason of a rejection, in characters. */
    int REASON_MAX = 200;

    /** These entries are the platform's now; those it refuses for good. */
    record Taken(String epoch, List<SeqRange> ranges, List<Fact.Rejection> rejected)
            implements Ack {
        public Taken {
            ranges = List.copyOf(ranges);
            rejected = List.copyOf(rejected);
        }
    }

    /** Not an acknowledgement, and why. */
    record Unreadable(String reason) implements Ack {}

    static Ack read(String text) {
        if (text.length() > BYTES_MAX || text.getBytes(UTF_8).length > BYTES_MAX) {
            return new Unreadable("longer than " + BYTES_MAX + " bytes");
        }
        try (var json = Reader.FACTORY.createParser(ObjectReadContext.empty(), text)) {
            return new Reader(json).ack();
        } catch (JacksonException e) {
            return new Unreadable("not JSON: " + e.getOriginalMessage());
        } catch (Reader.Malformed e) {
            return new Unreadable(e.reason);
        }
    }

    /** Reads one acknowledgement, field by field. */
    final class Reader {
        private static final JsonFactory FACTORY =
                JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

        private final JsonParser json;
        private final List<SeqRange> ranges = new ArrayList<>();
        private final List<Fact.Rejection> rejected = new ArrayList<>();
        private String epoch = "";
        private boolean ranged;

        /** Something is not as the contract says; never leaves this file. */
        private static final class Malformed extends RuntimeException {
            private static final long serialVersionUID = 1;

            private final String reason;

            Malformed(String reason) {
                super(reason);
                this.reason = reason;
            }
        }

        private Reader(JsonParser json) {
            this.json = json;
        }

        private Ack ack() {
            expect(json.nextToken(), JsonToken.START_OBJECT, "an object");
            for (var name = json.nextName(); name != null; name = json.nextName()) {
                field(name);
            }
            if (json.nextToken() != null) {
                throw new Malformed("something follows the object");
            }
            if (epoch.isEmpty() || !ranged) {
                throw new Malformed("epoch and ranges are required");
            }
            return new Taken(epoch, ranges, rejected);
        }

        private void field(String name) {
            switch (name) {
                case "epoch" -> epoch = string("epoch");
                case "ranges" -> {
                    ranged = true;
                    expect(json.nextToken(), JsonToken.START_ARRAY, "ranges: an array");
                    while (more(ranges, JsonToken.START_ARRAY, "ranges")) {
                        ranges.add(range());
                    }
                }
                case "reject" -> {
                    expect(json.nextToken(), JsonToken.START_ARRAY, "reject: an array");
                    while (more(rejected, JsonToken.START_OBJECT, "reject")) {
                        rejected.add(rejection());
                    }
                }
                default -> throw new Malformed("unknown field " + name);
            }
        }

        private boolean more(List<?> items, JsonToken start, String name) {
            var token = json.nextToken();
            if (token == JsonToken.END_ARRAY) {
                return false;
            }
            expect(token, start, name + ": its items");
            if (items.size() == ITEMS_MAX) {
                throw new Malformed(name + ": more than " + ITEMS_MAX + " items");
            }
            return true;
        }

        private SeqRange range() {
            var from = seq("ranges");
            var to = seq("ranges");
            expect(json.nextToken(), JsonToken.END_ARRAY, "ranges: two numbers each");
            if (to < from) {
                throw new Malformed("ranges: " + from + " is after " + to);
            }
            return new SeqRange(from, to);
        }

        private Fact.Rejection rejection() {
            long seq = 0;
            var reason = "";
            for (var name = json.nextName(); name != null; name = json.nextName()) {
                switch (name) {
                    case "seq" -> seq = seq("reject.seq");
                    case "reason" -> reason = string("reject.reason");
                    default -> throw new Malformed("unknown field reject." + name);
                }
            }
            if (seq == 0 || reason.isEmpty() || reason.length() > REASON_MAX) {
                throw new Malformed(
                        "reject: a seq and a reason of 1 to " + REASON_MAX + " characters each");
            }
            return new Fact.Rejection(seq, reason);
        }

        private long seq(String where) {
            expect(json.nextToken(), JsonToken.VALUE_NUMBER_INT, where + ": a whole number");
            var seq = json.getLongValue();
            if (seq < 1) {
                throw new Malformed(where + ": " + seq + " is no seq; they count from 1");
            }
            return seq;
        }

        private String string(String where) {
            expect(json.nextToken(), JsonToken.VALUE_STRING, where + ": a string");
            return json.getString();
        }

        private static void expect(@Nullable JsonToken found, JsonToken wanted, String what) {
            if (found != wanted) {
                throw new Malformed("expected " + what);
            }
        }
    }
}
