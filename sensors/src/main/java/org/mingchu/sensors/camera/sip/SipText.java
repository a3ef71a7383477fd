package org.mingchu.sensors.camera.sip;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The small grammar that SIP's headers share: quotes, angle brackets, lists and parameters. */
final class SipText {
    private SipText() {}

    /** Parts between separators that stand neither in quotes nor in angle brackets. */
    static List<String> split(String value, char separator) {
        var parts = new ArrayList<String>();
        var from = 0;
        for (var at = next(value, 0, separator); at >= 0; at = next(value, from, separator)) {
            parts.add(value.substring(from, at).strip());
            from = at + 1;
        }
        parts.add(value.substring(from).strip());
        return parts;
    }

    /** The first {@code wanted} from there on in neither quotes nor brackets; −1 for none. */
    private static int next(String value, int from, char wanted) {
        var quoted = false;
        var bracketed = false;
        for (var at = from; at < value.length(); at++) {
            var c = value.charAt(at);
            if (c == wanted && !quoted && !bracketed) {
                return at;
            }
            if (c == '"') {
                quoted = !quoted;
            } else if (quoted) {
                at += c == '\\' ? 1 : 0;
            } else {
                bracketed = c == '<' || (bracketed && c != '>');
            }
        }
        return -1;
    }

    /** A header's parameter; an empty text when it stands without a value. */
    static Optional<String> parameter(String value, String name) {
        return split(value, ';').stream()
                .skip(1)
                .filter(part -> name(part).equalsIgnoreCase(name))
                .map(SipText::value)
                .findFirst();
    }

    static String name(String part) {
        var equals = part.indexOf('=');
        return (equals < 0 ? part : part.substring(0, equals)).strip();
    }

    static String value(String part) {
        var equals = part.indexOf('=');
        return equals < 0 ? "" : unquoted(part.substring(equals + 1).strip());
    }

    private static String unquoted(String text) {
        if (text.length() < 2 || !text.startsWith("\"") || !text.endsWith("\"")) {
            return text;
        }
        return text.substring(1, text.length() - 1).replaceAll("\\\\(.)", "$1");
    }

    /** The address itself, without display name, brackets and the header's parameters. */
    static String address(String value) {
        var end = next(value, 0, ';');
        var first = (end < 0 ? value : value.substring(0, end)).strip();
        var open = next(first, 0, '<');
        if (open < 0) {
            return first;
        }
        var close = first.indexOf('>', open);
        return close < 0 ? "" : first.substring(open + 1, close);
    }

    /** The user of a SIP address: in GB/T 28181 the 20 digits. */
    static String user(String value) {
        var address = address(value);
        var colon = address.indexOf(':');
        var at = address.indexOf('@');
        return colon < 0 || at < colon ? "" : address.substring(colon + 1, at);
    }
}
