package org.mingchu.config.board;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A file as it is and as it should be. Immutable.
 *
 * @param before empty where there is no such file; a character stands for a byte, so that what is
 *     not ours is written back as it was, in whatever code it is
 * @param after empty where the file should go
 */
public record Change(Path file, Optional<String> before, Optional<String> after, Guard guard) {
    private static final int CONTEXT = 3;
    private static final Set<PosixFilePermission> OWNER =
            PosixFilePermissions.fromString("rw-------");
    private static final String HIDDEN = "****";
    private static final Pattern SECRET = Pattern.compile("(psk|password)=.*");

    /** Who may read a file, and whether its last state is worth keeping. */
    public enum Guard {
        /** Others have lines in it: the old file stays beside the new one. */
        SHARED,
        /** All of it is ours and for root alone; what it holds is in the secrets file. */
        SECRET
    }

    /** Of a file that everybody may read. */
    public Change(Path file, Optional<String> before, String after) {
        this(file, before, Optional.of(after), Guard.SHARED);
    }

    /** Whether there is anything to do. */
    boolean isNeeded() {
        return !before.equals(after) || isOpen();
    }

    /** A file of secrets that others may open. */
    private boolean isOpen() {
        try {
            return guard == Guard.SECRET
                    && before.isPresent()
                    && !Files.getPosixFilePermissions(file).equals(OWNER);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be read (" + e + ")", e);
        }
    }

    /** As {@code diff -u} has it. All our changes of a file are in one place of it. */
    public String diff() {
        if (before.equals(after)) {
            return "--- " + file + "\n+++ " + file + "\nfor its owner alone: mode 0600\n";
        }
        var old = shown(before);
        var fresh = shown(after);
        var head = common(old, fresh);
        var tail = common(reversed(old, head), reversed(fresh, head));
        var from = Math.max(0, head - CONTEXT);
        var oldTo = Math.min(old.size(), old.size() - tail + CONTEXT);
        var freshTo = Math.min(fresh.size(), fresh.size() - tail + CONTEXT);
        var out = new ArrayList<String>();
        out.add("--- " + (before.isEmpty() ? "/dev/null" : file));
        out.add("+++ " + (after.isEmpty() ? "/dev/null" : file));
        out.add("@@ -%s +%s @@".formatted(range(from, oldTo), range(from, freshTo)));
        old.subList(from, head).forEach(line -> out.add(" " + line));
        old.subList(head, old.size() - tail).forEach(line -> out.add("-" + line));
        fresh.subList(head, fresh.size() - tail).forEach(line -> out.add("+" + line));
        fresh.subList(fresh.size() - tail, freshTo).forEach(line -> out.add(" " + line));
        return readable(String.join("\n", out) + "\n");
    }

    /** A secret that changes is seen to change, and not read. */
    private List<String> shown(Optional<String> text) {
        return lines(text.orElse("")).stream()
                .map(line -> guard == Guard.SECRET ? hidden(line) : line)
                .toList();
    }

    private String hidden(String line) {
        var match = SECRET.matcher(line);
        return match.matches() ? match.group(1) + "=" + HIDDEN + whether(line) : line;
    }

    private String whether(String line) {
        var was = has(before, line);
        if (before.isEmpty() || was == has(after, line)) {
            return "";
        }
        return was ? " (as it was)" : " (another one)";
    }

    private static boolean has(Optional<String> text, String line) {
        return text.filter(t -> lines(t).contains(line)).isPresent();
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
