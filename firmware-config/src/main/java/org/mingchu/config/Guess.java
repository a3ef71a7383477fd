package org.mingchu.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** What somebody likely meant to type. Any thread. */
public final class Guess {
    private Guess() {}

    /** The candidate that one or two slips of the finger away from the word, if there is one. */
    public static Optional<String> closest(String word, Collection<String> candidates) {
        return candidates.stream()
                .filter(candidate -> distance(word, candidate) <= slips(candidate))
                .min(Comparator.comparingInt(candidate -> distance(word, candidate)));
    }

    /** The text as an id: lower case, and '-' for what ids cannot hold. */
    static String asId(String text) {
        return text.strip().toLowerCase(Locale.ROOT).replaceAll("[ _./]+", "-");
    }

    /** In a short word one slip already makes another word. */
    private static int slips(String word) {
        return Math.clamp(word.length() / 3, 1, 3);
    }

    /**
     * Damerau-Levenshtein distance in its optimal-string-alignment form: letters added, left out,
     * replaced, and neighbours exchanged, upper and lower case being the same.
     */
    static int distance(String one, String other) {
        var a = one.toLowerCase(Locale.ROOT);
        var b = other.toLowerCase(Locale.ROOT);
        var cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : step(a, b, i, j, cost);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int step(String a, String b, int i, int j, int[][] cost) {
        var same = a.charAt(i - 1) == b.charAt(j - 1);
        var least = Math.min(cost[i - 1][j], cost[i][j - 1]) + 1;
        least = Math.min(least, cost[i - 1][j - 1] + (same ? 0 : 1));
        var exchanged =
                i > 1
                        && j > 1
                        && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1);
        return exchanged ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
    }
}
