package org.mingchu.gateway.doctor;

import java.util.HashMap;
import java.util.Map;

/**
 * What one look at one thing has found. Immutable.
 *
 * @param why which of its outcomes it is; with the check's id it keys the texts
 * @param words what fills the texts in; no secrets
 */
public record Verdict(Status status, String why, Map<String, String> words) {
    /** Longest word that is shown, in characters: some come from the other end of a wire. */
    private static final int WORD_MAX = 200;

    public Verdict {
        words = Map.copyOf(words);
    }

    static Verdict ok(String... words) {
        return new Verdict(Status.OK, "ok", pairs(words));
    }

    static Verdict warn(String why, String... words) {
        return new Verdict(Status.WARN, why, pairs(words));
    }

    static Verdict fail(String why, String... words) {
        return new Verdict(Status.FAIL, why, pairs(words));
    }

    static Verdict skipped(String why, String... words) {
        return new Verdict(Status.SKIPPED, why, pairs(words));
    }

    /** What may be said as well, or nothing. */
    static String aside(String detail) {
        return detail.isBlank() ? "" : "(" + detail.strip() + ")";
    }

    private static Map<String, String> pairs(String... words) {
        var pairs = new HashMap<String, String>();
        for (var i = 0; i + 1 < words.length; i += 2) {
            var word = words[i + 1].replaceAll("\\p{Cntrl}+", " ").strip();
            pairs.put(words[i], word.substring(0, Math.min(WORD_MAX, word.length())));
        }
        return pairs;
    }
}
