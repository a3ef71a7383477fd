package org.mingchu.sensors.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Picks values at chosen places out of a payload, in one pass over its bytes; everything else is
 * skipped. Where a place is in several items of an array, the largest number counts. Immutable; any
 * thread.
 */
final class Picker {
    /** Longest payload that is read, in bytes. */
    static final int BYTES_MAX = 64 * 1024;

    /** Deepest nesting that is read. */
    static final int DEPTH_MAX = 16;

    /** Longest number, in characters; a double has 24. */
    private static final int NUMBER_CHARS_MAX = 64;

    private static final int NAME_CHARS_MAX = 1024;

    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(DEPTH_MAX)
                                    .maxNumberLength(NUMBER_CHARS_MAX)
                                    .maxNameLength(NAME_CHARS_MAX)
                                    .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build();

    private final Branch root = new Branch();

    /** A payload that cannot be read; the message says why and shows nothing of it. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1;

        private final String why;

        Unreadable(String why) {
            super(why);
            this.why = why;
        }

        String why() {
            return why;
        }
    }

    Picker(Collection<Place> wanted) {
        for (var place : wanted) {
            var branch = root;
            for (var step : place.steps()) {
                branch = branch.grow(step);
            }
            branch.here = Optional.of(place);
        }
    }

    /** What is wanted below one point of the document. Changed while the picker is made only. */
    private static final class Branch {
        private final Map<String, Branch> keys = new HashMap<>();
        private Optional<Branch> each = Optional.empty();
        private Optional<Place> here = Optional.empty();

        Branch grow(Place.Step step) {
            return switch (step) {
                case Place.Step.Key(var name) -> keys.computeIfAbsent(name, _ -> new Branch());
                case Place.Step.Each() -> {
                    each = Optional.of(each.orElseGet(Branch::new));
                    yield each.orElseThrow();
                }
            };
        }

        Optional<Branch> property(String name) {
            return Optional.ofNullable(keys.get(name));
        }

        Optional<Branch> item(int index) {
            return keys.isEmpty() ? each : property(Integer.toString(index)).or(() -> each);
        }

        boolean ends() {
            return keys.isEmpty() && each.isEmpty();
        }
    }

    /**
     * What stands at the places, without those where nothing stands.
     *
     * @throws Unreadable when the payload is too long, too deep, or not JSON though it must be
     */
    Map<Place, Scalar> pick(byte[] payload) throws Unreadable {
        if (payload.length > BYTES_MAX) {
            throw new Unreadable("the payload is longer than " + BYTES_MAX + " bytes");
        }
        var picked = new HashMap<Place, Scalar>();
        root.here.ifPresent(place -> picked.put(place, Scalar.ofWhole(new String(payload, UTF_8))));
        if (!root.ends()) {
            walk(payload, picked);
        }
        return picked;
    }

    private void walk(byte[] payload, Map<Place, Scalar> picked) throws Unreadable {
        try (var json = JSON.createParser(ObjectReadContext.empty(), payload)) {
            below(json, json.nextToken(), root, picked);
            if (json.nextToken() != null) {
                throw new Unreadable("the payload goes on after its JSON");
            }
        } catch (JacksonException _) {
            throw new Unreadable("the payload is not JSON, or nested deeper than " + DEPTH_MAX);
        }
    }

    /** Stands on {@code token}, which is null where the payload ends, and leaves its end read. */
    private static void below(
            JsonParser json, JsonToken token, Branch branch, Map<Place, Scalar> picked) {
        switch (token) {
            case START_OBJECT -> {
                while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                    visit(json, branch.property(json.currentName()), picked);
                }
            }
            case START_ARRAY -> {
                for (var i = 0; json.nextToken() != JsonToken.END_ARRAY; i++) {
                    visitHere(json, branch.item(i), picked);
                }
            }
            case null, default -> {}
        }
    }

    private static void visit(JsonParser json, Optional<Branch> branch, Map<Place, Scalar> picked) {
        json.nextToken();
        visitHere(json, branch, picked);
    }

    private static void visitHere(
            JsonParser json, Optional<Branch> branch, Map<Place, Scalar> picked) {
        if (branch.isEmpty()) {
            json.skipChildren();
            return;
        }
        branch.get().here.ifPresent(place -> picked.merge(place, scalar(json), Picker::larger));
        below(json, json.currentToken(), branch.get(), picked);
    }

    private static Scalar larger(Scalar one, Scalar other) {
        return one instanceof Scalar.Num(var a)
                        && other instanceof Scalar.Num(var b)
                        && b.compareTo(a) > 0
                ? other
                : one;
    }

    private static Scalar scalar(JsonParser json) {
        return switch (json.currentToken()) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_STRING ->
                    Scalar.ofText(json.getString());
            case VALUE_TRUE -> new Scalar.Truth(true);
            case VALUE_FALSE -> new Scalar.Truth(false);
            case VALUE_NULL -> new Scalar.Nothing();
            default -> new Scalar.Heap();
        };
    }
}
