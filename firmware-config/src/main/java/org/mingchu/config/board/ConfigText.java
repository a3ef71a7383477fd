package org.mingchu.config.board;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A config.txt, line by line, with or without our block in it. The bytes of all other lines stay as
 * they are, their line ends too. Immutable.
 *
 * @param lines each without its line feed; a carriage return stays part of it
 * @param first of the block, from 0; the number of lines where there is none
 * @param end one behind the block's last line
 */
record ConfigText(List<String> lines, int first, int end) {
    ConfigText {
        lines = List.copyOf(lines);
    }

    /** The text, or the reason why its marks cannot be trusted. */
    sealed interface Read {
        record Good(ConfigText text) implements Read {}

        /**
         * Not to be changed by a program.
         *
         * @param line from 1
         */
        record Broken(int line, String found, String remedy) implements Read {}
    }

    static Read read(String text) {
        var lines = List.of(text.split("\n", -1));
        var begins = where(lines, "# >>> mingchu board");
        var ends = where(lines, Block.END);
        if (begins.isEmpty() && ends.isEmpty()) {
            return new Read.Good(new ConfigText(lines, lines.size(), lines.size()));
        }
        if (begins.size() > 1 || ends.size() > 1) {
            var second = begins.size() > 1 ? begins.get(1) : ends.get(1);
            return new Read.Broken(
                    second + 1, "a second mark", "one block; delete the other with both its marks");
        }
        if (begins.isEmpty() || ends.isEmpty() || ends.getFirst() < begins.getFirst()) {
            var only = begins.isEmpty() ? ends.getFirst() : begins.getFirst();
            return new Read.Broken(
                    only + 1,
                    "one mark of the block without the other",
                    "both, in order; delete this line and what was of the block");
        }
        return new Read.Good(new ConfigText(lines, begins.getFirst(), ends.getFirst() + 1));
    }

    private static List<Integer> where(List<String> lines, String mark) {
        return IntStream.range(0, lines.size())
                .filter(i -> lines.get(i).startsWith(mark))
                .boxed()
                .toList();
    }

    boolean hasBlock() {
        return first < end;
    }

    /** Whether a line, from 0, is of the block. */
    boolean isOurs(int line) {
        return line >= first && line < end;
    }

    Setting.Place place(int line) {
        return line < first ? Setting.Place.BEFORE : Setting.Place.AFTER;
    }

    /** The same file with this block: where the old one was, else at the end. */
    String with(List<String> block) {
        var all = new ArrayList<String>();
        if (hasBlock()) {
            all.addAll(lines.subList(0, first));
            all.addAll(block);
            all.addAll(lines.subList(end, lines.size()));
            return String.join("\n", all);
        }
        // The last piece is what stands behind the last line feed: nothing, in a whole file.
        var whole = lines.getLast().isEmpty();
        all.addAll(whole ? lines.subList(0, lines.size() - 1) : lines);
        all.addAll(block);
        all.add("");
        return String.join("\n", all);
    }
}
