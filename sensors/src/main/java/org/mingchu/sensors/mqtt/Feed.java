package org.mingchu.sensors.mqtt;

import org.mingchu.sensors.Fault;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** One topic, its profile, and the sensors that are heard on it. The loop's thread. */
final class Feed {
    private final Profile profile;
    private final ZoneId zone;
    private final List<Ear> ears;
    private final Picker picker;

    Feed(Profile profile, ZoneId zone, List<Ear> ears) {
        this.profile = profile;
        this.zone = zone;
        this.ears = List.copyOf(ears);
        this.picker = new Picker(wanted());
    }

    /** A payload that is one bare value has no other places. */
    private List<Place> wanted() {
        var places = ears.stream().map(Ear::place).toList();
        return places.stream().allMatch(Place::whole)
                ? places
                : Stream.of(places, profile.times(), List.of(Profile.TEMPERATURE_UNIT))
                        .flatMap(List::stream)
                        .toList();
    }

    List<Ear> ears() {
        return ears;
    }

    /**
     * @param at without the payload's own time, which is found here
     */
    List<Said> listen(byte[] payload, Timing at) {
        var said = new ArrayList<Said>();
        try {
            var picked = picker.pick(payload);
            var timing = dated(at, picked);
            for (var ear : ears) {
                ear.listen(picked, fahrenheit(picked), timing).ifPresent(said::add);
            }
        } catch (Picker.Unreadable e) {
            for (var ear : ears) {
                ear.refused(Fault.BUS, e.why(), at).ifPresent(said::add);
            }
        }
        return said;
    }

    private Timing dated(Timing at, Map<Place, Scalar> picked) {
        var own =
                profile.times().stream()
                        .flatMap(place -> Optional.ofNullable(picked.get(place)).stream())
                        .map(scalar -> OwnTime.ms(scalar, zone))
                        .filter(OptionalLong::isPresent)
                        .findFirst()
                        .orElse(OptionalLong.empty());
        return new Timing(own, at.wallMs(), at.sinceArrivalNs(), at.current(), at.retained());
    }

    private static boolean fahrenheit(Map<Place, Scalar> picked) {
        return picked.get(Profile.TEMPERATURE_UNIT) instanceof Scalar.Word(var unit)
                && unit.equals("F");
    }
}
