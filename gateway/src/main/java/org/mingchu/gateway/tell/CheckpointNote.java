package org.mingchu.gateway.tell;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A signed checkpoint, read as far as telling needs it: which tree, how large, which root
 * (c2sp.org/tlog-checkpoint). Nothing here verifies a signature. Immutable.
 *
 * @param origin names the journal and its epoch
 * @param size leaves of the tree
 * @param root SHA-256 root hash, Base64
 * @param text the whole note
 */
record CheckpointNote(String origin, long size, String root, String text) {
    /** Longest note that is read, in bytes; one with a cosignature has about 500. */
    static final int BYTES_MAX = 4_096;

    private static final Pattern SIZE = Pattern.compile("0|[1-9][0-9]{0,15}");
    private static final Pattern ROOT = Pattern.compile("[A-Za-z0-9+/]{43}=");
    private static final Pattern SIGNATURE = Pattern.compile("— [^ ]+ [A-Za-z0-9+/]+={0,2}");

    /** Lines of a checkpoint's head. */
    private static final int HEAD_LINES = 3;

    static Optional<CheckpointNote> read(String text) {
        if (text.length() > BYTES_MAX
                || text.getBytes(UTF_8).length > BYTES_MAX
                || !text.endsWith("\n")) {
            return Optional.empty();
        }
        var lines = List.of(text.substring(0, text.length() - 1).split("\n", -1));
        var empty = lines.indexOf("");
        if (empty < HEAD_LINES
                || empty == lines.size() - 1
                || !lines.subList(empty + 1, lines.size()).stream()
                        .allMatch(line -> SIGNATURE.matcher(line).matches())
                || !SIZE.matcher(lines.get(1)).matches()
                || !ROOT.matcher(lines.get(2)).matches()) {
            return Optional.empty();
        }
        return Optional.of(
                new CheckpointNote(
                        lines.getFirst(), Long.parseLong(lines.get(1)), lines.get(2), text));
    }

    /** The last word of the origin. */
    String epoch() {
        return origin.substring(origin.lastIndexOf('/') + 1);
    }
}
