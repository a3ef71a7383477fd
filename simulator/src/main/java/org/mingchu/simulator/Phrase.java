package org.mingchu.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One way to say a command. Immutable.
 *
 * @param words what must stand there: a word as it is, or a name for a figure in capitals
 * @param meaning for people
 * @param command what becomes of the figures
 */
record Phrase(List<String> words, String meaning, Function<Slots, Command> command) {
    /** What the capitals of a phrase stood for, in their order. */
    record Slots(List<Object> values) {
        String name(int index) {
            return (String) values.get(index);
        }

        double number(int index) {
            return (double) values.get(index);
        }

        long lengthMs(int index) {
            return (long) values.get(index);
        }
    }

    static Phrase of(String pattern, String meaning, Function<Slots, Command> command) {
        return new Phrase(List.of(pattern.split(" ", -1)), meaning, command);
    }

    String pattern() {
        return String.join(" ", words);
    }

    /** How many of these words are as this phrase wants them, from the first on. */
    int fits(List<String> said) {
        int length = Math.min(said.size(), words.size());
        for (int i = 0; i < length; i++) {
            if (slot(words.get(i), said.get(i)).isEmpty()) {
                return i;
            }
        }
        return length;
    }

    /** The command, when every word fits and none is left over. */
    Optional<Command> read(List<String> said) {
        if (said.size() != words.size() || fits(said) < words.size()) {
            return Optional.empty();
        }
        var values = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            if (isSlot(words.get(i))) {
                values.add(slot(words.get(i), said.get(i)).orElseThrow());
            }
        }
        return Optional.of(command.apply(new Slots(List.copyOf(values))));
    }

    private static boolean isSlot(String word) {
        return Character.isUpperCase(word.charAt(0));
    }

    /** What a word says in a place, or nothing when it does not belong there. */
    private static Optional<?> slot(String wanted, String word) {
        return switch (wanted) {
            case "UNIT", "OTHER" -> Optional.of(word);
            case "SHARE%" -> Figures.share(word);
            case "DEGREESC" -> Figures.celsius(word);
            case "DEGREESK" -> Figures.kelvin(word);
            case "LENGTH" -> Figures.length(word).filter(Bounds::isLength);
            default -> wanted.equals(word) ? Optional.of(word) : Optional.empty();
        };
    }
}
