package org.mingchu.sensors.coap;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which probe owns which sensors. Immutable. */
final class Roster {
    /** An LwM2M path of object, instance and resource: 3303/0/5700 is a temperature. */
    private static final Pattern PATH = Pattern.compile("/?([0-9]{1,5}/[0-9]{1,5}/[0-9]{1,5})");

    private final Map<String, List<CoapSensor>> byIdentity;

    Roster(List<CoapSensor> sensors) {
        byIdentity =
                Map.copyOf(
                        sensors.stream()
                                .collect(
                                        Collectors.groupingBy(
                                                s -> s.source().identity(),
                                                LinkedHashMap::new,
                                                Collectors.toUnmodifiableList())));
    }

    Set<String> identities() {
        return byIdentity.keySet();
    }

    List<CoapSensor> of(String identity) {
        return Optional.ofNullable(byIdentity.get(identity)).orElse(List.of());
    }

    /** Whose value it is: by its full name, its name after the base name, or its LwM2M path. */
    Optional<CoapSensor> owner(String identity, SenMlValue value) {
        return of(identity).stream()
                .filter(s -> s.source().name().equals(value.name()))
                .findFirst()
                .or(() -> byOwnName(identity, value));
    }

    private Optional<CoapSensor> byOwnName(String identity, SenMlValue value) {
        return of(identity).stream()
                .filter(s ->
                        s.source().name().equals(value.ownName())
                                || samePath(s.source().name(), value.name()))
                .findFirst();
    }

    private static boolean samePath(String wanted, String said) {
        var path = path(wanted);
        return path.isPresent() && path.equals(path(said));
    }

    /** The unit of a resource of LwM2M is part of its definition. */
    static Measure.Implied implied(SenMlValue value) {
        return path(value.name()).isPresent() ? Measure.Implied.BY_NAME : Measure.Implied.NOT;
    }

    private static Optional<String> path(String name) {
        var match = PATH.matcher(name);
        return match.matches() ? Optional.of(match.group(1)) : Optional.empty();
    }
}
