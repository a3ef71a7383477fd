package org.mingchu.gateway;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Takes out of a text what whoever helps from afar must not read: the secrets and names this
 * gateway has, word for word, and whatever looks like one. One thread.
 */
final class Redaction {
    static final String MARK = "***";

    /** Shorter words stand in too many others. A Chinese name has two characters. */
    private static final int WORD_LEAST = 2;

    private static final Pattern PRIVATE_KEY =
            Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----[\\s\\S]*?-----END [A-Z ]*KEY-----");

    /** {@code user:password@} of an address. */
    private static final Pattern IN_ADDRESS = Pattern.compile("(://)[^/\\s@\"']+@");

    /** A query of an address: webhooks have their key there. */
    private static final Pattern IN_QUERY =
            Pattern.compile("(?i)([?&][A-Za-z_]*(?:key|token|sign|secret)[A-Za-z_]*=)[^&\\s\"']+");

    /** {@code password = "…"} and its like, within one line. */
    private static final Pattern NAMED =
            Pattern.compile(
                    "(?i)(\\b[\\w-]*(?:password|passwd|secret|token|psk|authorization|private_key"
                            + "|api_?key|pin|surname|密码)[\"']?[ \\t]*[=:][ \\t]*)"
                            + "(?:\"[^\"\\n]*\"|'[^'\\n]*'"
                            + "|(?:Basic |Bearer |Digest )?[^\\s,;}\"']+)");

    private static final Pattern BEARER =
            Pattern.compile("(\\b(?:Bearer|Basic) )[A-Za-z0-9._~+/=-]+");

    /** Eighteen digits of an identity card, eleven of a mobile telephone. */
    private static final List<Pattern> OF_PEOPLE =
            List.of(
                    Pattern.compile("(?<![0-9A-Za-z])[0-9]{17}[0-9Xx](?![0-9A-Za-z])"),
                    Pattern.compile("(?<![0-9A-Za-z])1[3-9][0-9]{9}(?![0-9A-Za-z])"));

    private final List<String> words;
    private long count;

    /**
     * @param known secrets and names, as they are
     */
    Redaction(Collection<String> known) {
        // The longest first: one may stand in another.
        words =
                known.stream()
                        .flatMap(text -> Stream.of(text, text.strip()))
                        .filter(word -> word.length() >= WORD_LEAST)
                        .distinct()
                        .sorted(Comparator.comparingInt(String::length).reversed())
                        .toList();
    }

    /** The text without them. */
    String of(String text) {
        var clean = text;
        for (var word : words) {
            clean = replaced(Pattern.compile(Pattern.quote(word)), clean, MARK);
        }
        clean = replaced(PRIVATE_KEY, clean, MARK);
        clean = replaced(IN_ADDRESS, clean, "$1" + MARK + "@");
        clean = replaced(IN_QUERY, clean, "$1" + MARK);
        clean = replaced(NAMED, clean, "$1" + MARK);
        clean = replaced(BEARER, clean, "$1" + MARK);
        for (var pattern : OF_PEOPLE) {
            clean = replaced(pattern, clean, MARK);
        }
        return clean;
    }

    /** How many places have been taken out. */
    long count() {
        return count;
    }

    private String replaced(Pattern pattern, String text, String by) {
        var matcher = pattern.matcher(text);
        var clean = new StringBuilder();
        while (matcher.find()) {
            count++;
            matcher.appendReplacement(clean, by);
        }
        return matcher.appendTail(clean).toString();
    }
}
