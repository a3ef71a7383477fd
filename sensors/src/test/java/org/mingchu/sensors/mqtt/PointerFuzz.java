package org.mingchu.sensors.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import tools.jackson.core.JsonPointer;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A site file's pointer and a payload after its first line feed: what is picked stands at one of
 * the places asked for. Jackson's own pointer is the witness of which pointers there are.
 */
public final class PointerFuzz {
    private static final Pattern ESCAPED = Pattern.compile("(?s)([^~]|~0|~1)*");

    private PointerFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        var feed = 0;
        while (feed < input.length && input[feed] != '\n') {
            feed++;
        }
        var pointer = new String(input, 0, feed, UTF_8);
        var payload = Arrays.copyOfRange(input, Math.min(feed + 1, input.length), input.length);
        var place = Place.of(pointer);
        var pointed = pointer.isEmpty() || pointer.charAt(0) == '/';
        if (place.isPresent() != (pointed && ESCAPED.matcher(pointer).matches())) {
            throw new AssertionError("not what RFC 6901 says");
        }
        place.ifPresent(p -> pick(p, pointer, payload));
    }

    private static void pick(Place place, String pointer, byte[] payload) {
        if (place.steps().size() != depth(JsonPointer.compile(pointer))) {
            throw new AssertionError("not as deep as Jackson says");
        }
        var wanted = List.of(place, Profile.PRESENCE_STATE, Place.at("rxInfo").each("rssi"));
        try {
            for (var found : new Picker(wanted).pick(payload).keySet()) {
                if (!wanted.contains(found)) {
                    throw new AssertionError("picked where nothing was asked for");
                }
            }
        } catch (Picker.Unreadable e) {
            if (e.why().isEmpty()) {
                throw new AssertionError("refused without a reason", e);
            }
        }
    }

    private static int depth(JsonPointer pointer) {
        var depth = 0;
        for (var rest = pointer; !rest.matches(); rest = rest.tail()) {
            depth++;
        }
        return depth;
    }
}
