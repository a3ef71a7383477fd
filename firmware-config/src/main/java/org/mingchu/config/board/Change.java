package org.mingchu.config.board;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A file as it is and as it should be. Immutable.
 *
 * @param before empty where there is no such file; a character stands for a byte, so that what is
 *     not ours is written back as it was, in whatever code it is
 */
public record Change(Path file, Optional<String> before, String after) {
    private static final int CONTEXT = 3;

    /** As {@code diff -u} has it. All our changes of a file are in one place of it. */
    public String diff() {
        var old = lines(before.orElse(""));
        var fresh = lines(after);
        var head = common(old, fresh);
        var tail = common(reversed(old, head), reversed(fresh, head));
        var from = Math.max(0, head - CONTEXT);
        var oldTo = Math.min(old.size(), old.size() - tail + CONTEXT);
        var freshTo = Math.min(fresh.size(), fresh.size() - tail + CONTEXT);
        var out = new ArrayList<String>();
        out.add("--- " + (before.isEmpty() ? "/dev/null" : file));
        out.add("+++ " + file);
        out.add("@@ -%s +%s @@".formatted(range(from, oldTo), range(from, freshTo)));
        old.subList(from, head).forEach(line -> out.add(" " + line));
        old.subList(head, old.size() - tail).forEach(line -> out.add("-" + line));
        fresh.subList(head, fresh.size() - tail).forEach(line -> out.add("+" + line));
        fresh.subList(fresh.size() - tail, freshTo).forEach(line -> out.add(" " + line));
        return readable(String.join("\n", out) + "\n");
    }

    private static String readable(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /** A last line without a line feed is another line than the same one with it. */
    private static List<String> lines(String text) {
        if (text.isEmpty()) {
            return List.of();
        }
        var whole = text.endsWith("\n");
        var pieces = List.of((whole ? text.substring(0, text.length() - 1) : text).split("\n", -1));
        if (whole) {
            return pieces;
        }
        var lines = new ArrayList<>(pieces);
        lines.set(lines.size() - 1, lines.getLast() + "\n\\ No newline at end of file");
        return lines;
    }

    private static List<String> reversed(List<String> lines, int head) {
        return lines.subList(head, lines.size()).reversed();
    }

    private static int common(List<String> one, List<String> other) {
        var same = 0;
        while (same < Math.min(one.size(), other.size()) && one.get(same).equals(other.get(same))) {
            same++;
        }
        return same;
    }

    private static String range(int from, int to) {
        var size = to - from;
        return (size == 0 ? from : from + 1) + (size == 1 ? "" : "," + size);
    }
}
