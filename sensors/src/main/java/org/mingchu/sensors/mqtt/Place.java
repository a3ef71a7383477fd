package org.mingchu.sensors.mqtt;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a value stands in a payload: a JSON pointer (RFC 6901), which may also say "in each item of
 * this array". No steps at all is the whole payload. Immutable.
 */
record Place(List<Step> steps) {
    static final Place WHOLE = new Place(List.of());

    Place {
        steps = List.copyOf(steps);
    }

    /** One step down. */
    sealed interface Step {
        /** The property of this name, or the item of an array at this index. */
        record Key(String name) implements Step {}

        /** Every item of an array. */
        record Each() implements Step {}
    }

    /** Reads a pointer; empty when a tilde is not followed by 0 or 1, or the slash is missing. */
    static Optional<Place> of(String pointer) {
        if (pointer.isEmpty()) {
            return Optional.of(WHOLE);
        }
        if (pointer.charAt(0) != '/' || pointer.matches("(?s).*~(?![01]).*")) {
            return Optional.empty();
        }
        var steps = new ArrayList<Step>();
        for (var token : pointer.substring(1).split("/", -1)) {
            // ~1 first: "~01" is a tilde and a one (RFC 6901 section 4).
            steps.add(new Step.Key(token.replace("~1", "/").replace("~0", "~")));
        }
        return Optional.of(new Place(steps));
    }

    /** A place known to this program. */
    static Place at(String... names) {
        var steps = new ArrayList<Step>();
        for (var name : names) {
            steps.add(new Step.Key(name));
        }
        return new Place(steps);
    }

    /** {@code name} in every item of the array here. */
    Place each(String name) {
        var longer = new ArrayList<>(steps);
        longer.add(new Step.Each());
        longer.add(new Step.Key(name));
        return new Place(longer);
    }

    boolean whole() {
        return steps.isEmpty();
    }

    /** The name at its end, empty for the whole payload. */
    String lastName() {
        return !steps.isEmpty() && steps.getLast() instanceof Step.Key(var name) ? name : "";
    }
}
