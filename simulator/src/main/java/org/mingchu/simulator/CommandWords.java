package org.mingchu.simulator;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The commands as somebody types them: {@code off freezer-1}, or as a scenario has them: {@code
 * freezer-1 compressor 40%}. Stateless.
 */
public final class CommandWords {
    private CommandWords() {}

    /** What may be typed, one line each: the phrase, at least two blanks, its meaning. */
    public static List<String> help() {
        return Phrases.ALL.stream()
                .map(phrase -> "%-27s  %s".formatted(phrase.pattern(), phrase.meaning()))
                .toList();
    }

    /** The command in a line, or nothing when it is none. */
    public static Optional<Command> parse(String line) {
        return read(Arrays.asList(line.strip().toLowerCase(Locale.ROOT).split("\\s+", -1)));
    }

    /** The command that these words are, or nothing when they are none. */
    static Optional<Command> read(List<String> words) {
        return Phrases.ALL.stream().flatMap(phrase -> phrase.read(words).stream()).findFirst();
    }

    /** How many words make sense before the first that does not. */
    static int understood(List<String> words) {
        return Phrases.ALL.stream().mapToInt(phrase -> phrase.fits(words)).max().orElse(0);
    }

    /** What may follow these words, when as many of them make sense. */
    static List<String> mayFollow(List<String> words) {
        return Phrases.ALL.stream()
                .filter(phrase -> phrase.fits(words) == words.size())
                .map(phrase ->
                        phrase.words().size() == words.size()
                                ? "nothing more"
                                : phrase.words().get(words.size()))
                .distinct()
                .toList();
    }
}
