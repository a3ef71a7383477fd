package org.mingchu.sensors.camera.sip;

import org.mingchu.sensors.camera.sip.SipRequest.Header;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads requests (RFC 3261 section 7): folded and compact headers, any case, bare line feeds. What
 * breaks the rules is no request; nothing is answered to it. Any thread.
 */
final class SipParser {
    /** The largest keepalive with a fault list of 64 channels has less. */
    static final int MESSAGE_BYTES_MAX = 4096;

    static final int HEADERS_MAX = 64;

    /**
     * Hops of one message. All of them are sent back, each in a line of its own, so that a header
     * of commas would be answered with seven times its length.
     */
    static final int VIAS_MAX = 8;

    private static final Pattern START = Pattern.compile("([A-Z]{1,16}) ([!-~]+) SIP/2\\.0");
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9-]*");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,6}");
    private static final Pattern SEQUENCE = Pattern.compile("[0-9]{1,10}\\s+([A-Z]+)");

    private static final List<String> NEEDED = List.of("via", "from", "to", "call-id", "cseq");

    private static final Map<String, String> COMPACT =
            Map.of(
                    "v", "via",
                    "f", "from",
                    "t", "to",
                    "i", "call-id",
                    "m", "contact",
                    "l", "content-length",
                    "c", "content-type",
                    "e", "content-encoding",
                    "s", "subject",
                    "k", "supported");

    private SipParser() {}

    static Optional<SipRequest> parse(byte[] message) {
        if (message.length > MESSAGE_BYTES_MAX) {
            return Optional.empty();
        }
        var text = new String(message, StandardCharsets.ISO_8859_1);
        var lines = new ArrayList<String>();
        var bodyAt = head(text, lines);
        if (bodyAt < 0 || lines.isEmpty()) {
            return Optional.empty();
        }
        return request(lines, text.substring(bodyAt));
    }

    /** Fills in the unfolded lines; where the body starts, or −1 if the head does not end. */
    private static int head(String text, List<String> lines) {
        var at = 0;
        while (lines.size() <= HEADERS_MAX + 1) {
            var end = text.indexOf('\n', at);
            if (end < 0) {
                return -1;
            }
            var line = text.substring(at, end);
            at = end + 1;
            line = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
            if (!line.isEmpty()) {
                add(line, lines);
            } else if (!lines.isEmpty()) {
                return at;
            }
        }
        return -1;
    }

    /** A line that starts with a blank goes on where the last one ended. */
    private static void add(String line, List<String> lines) {
        var folded = line.charAt(0) == ' ' || line.charAt(0) == '\t';
        if (folded && lines.size() > 1) {
            lines.add(lines.removeLast() + " " + line.strip());
        } else {
            lines.add(line);
        }
    }

    private static Optional<SipRequest> request(List<String> lines, String rest) {
        var start = START.matcher(lines.getFirst());
        var headers = headers(lines.subList(1, lines.size()));
        if (!start.matches() || headers.isEmpty()) {
            return Optional.empty();
        }
        var read = new SipRequest(start.group(1), headers.orElseThrow(), "");
        return complete(read)
                ? body(read, rest).map(b -> new SipRequest(read.method(), read.headers(), b))
                : Optional.empty();
    }

    private static Optional<List<Header>> headers(List<String> lines) {
        var headers = new ArrayList<Header>();
        for (var line : lines) {
            var colon = line.indexOf(':');
            var name = colon < 0 ? "" : line.substring(0, colon).strip();
            if (!NAME.matcher(name).matches() || !printable(line)) {
                return Optional.empty();
            }
            var lower = name.toLowerCase(Locale.ROOT);
            headers.add(
                    new Header(
                            COMPACT.getOrDefault(lower, lower), line.substring(colon + 1).strip()));
        }
        return Optional.of(headers);
    }

    /** A stray carriage return would make two headers of one when it is sent back. */
    private static boolean printable(String line) {
        return line.chars().allMatch(c -> c == '\t' || (c >= ' ' && c != '\u007f'));
    }

    private static boolean complete(SipRequest read) {
        var sequence = SEQUENCE.matcher(read.sequence());
        return NEEDED.stream().allMatch(n -> read.header(n).filter(v -> !v.isEmpty()).isPresent())
                && read.vias().size() <= VIAS_MAX
                && sequence.matches()
                && read.method().equals(sequence.group(1));
    }

    /** As long as the header says; over UDP a message without one goes to its end. */
    private static Optional<String> body(SipRequest read, String rest) {
        var length = read.header("content-length");
        if (length.isEmpty()) {
            return Optional.of(rest);
        }
        return length.filter(l -> LENGTH.matcher(l).matches())
                .map(Integer::parseInt)
                .filter(l -> l <= rest.length())
                .map(l -> rest.substring(0, l));
    }
}
