package org.mingchu.sensors.camera.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The head of an HTTP or RTSP answer. Immutable.
 *
 * @param start the status line
 * @param headers by their names in lower case, values in the order they came
 */
public record Head(String start, Map<String, List<String>> headers) {
    public Head {
        headers = Map.copyOf(headers);
    }

    static Head of(List<String> lines) throws OddAnswerException {
        var headers = new HashMap<String, List<String>>();
        for (var line : lines.subList(1, lines.size())) {
            var colon = line.indexOf(':');
            if (colon <= 0) {
                throw new OddAnswerException("a header without a colon");
            }
            headers.computeIfAbsent(
                            line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                            _ -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        return new Head(lines.getFirst(), headers);
    }

    /** All values of a header; none when it is not there. */
    public List<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }
}
