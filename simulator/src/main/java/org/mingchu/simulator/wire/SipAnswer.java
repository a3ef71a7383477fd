package org.mingchu.simulator.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a platform answered. Immutable.
 *
 * @param status 0 when no answer came
 */
public record SipAnswer(int status, List<String> lines) {
    static final SipAnswer NONE = new SipAnswer(0, List.of());

    public SipAnswer {
        lines = List.copyOf(lines);
    }

    static SipAnswer of(byte[] bytes, int length) {
        var text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
        var lines = Arrays.asList(text.split("\r\n", -1));
        return new SipAnswer(Integer.parseInt(lines.getFirst().split(" ", 3)[1]), lines);
    }

    /** The values of a header, in their order. */
    public List<String> headers(String name) {
        return lines.stream()
                .filter(l -> l.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(l -> l.substring(name.length() + 1).strip())
                .toList();
    }

    public Optional<String> header(String name) {
        return headers(name).stream().findFirst();
    }

    boolean isTo(String callId, int sequence) {
        return header("Call-ID").filter(callId::equals).isPresent()
                && header("CSeq").filter(c -> c.startsWith(sequence + " ")).isPresent();
    }
}
