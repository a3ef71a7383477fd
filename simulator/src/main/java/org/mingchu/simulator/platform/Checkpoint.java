package org.mingchu.simulator.platform;

import org.mingchu.simulator.note.VerifierKey;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A signed checkpoint (c2sp.org/tlog-checkpoint), written from the specification and sharing
 * nothing with the gateway. Immutable.
 *
 * @param body what is signed: the lines before the empty one, with their newlines
 * @param signatures the lines after it
 */
record Checkpoint(String origin, long size, String root, String body, List<String> signatures) {
    private static final int ID_BYTES = 4;

    /** Empty for what is none. */
    static Optional<Checkpoint> of(String note) {
        var empty = note.indexOf("\n\n");
        if (empty < 0 || !note.endsWith("\n")) {
            return Optional.empty();
        }
        var body = note.substring(0, empty + 1);
        var lines = body.split("\n", -1);
        var signatures = List.of(note.substring(empty + 2).split("\n"));
        if (lines.length < 4
                || !lines[1].matches("0|[1-9][0-9]{0,15}")
                || !lines[2].matches("[A-Za-z0-9+/]{43}=")
                || !signatures.stream().allMatch(s -> s.matches("— [^ ]+ [A-Za-z0-9+/]+={0,2}"))) {
            return Optional.empty();
        }
        return Optional.of(
                new Checkpoint(lines[0], Long.parseLong(lines[1]), lines[2], body, signatures));
    }

    /** Whether the owner of the key has signed it; lines of other keys are stepped over. */
    boolean isSignedBy(VerifierKey key) {
        return signatures.stream()
                .filter(line -> line.split(" ", -1)[1].equals(key.name()))
                .map(line -> Base64.getDecoder().decode(line.split(" ", -1)[2]))
                .filter(bytes -> bytes.length > ID_BYTES)
                .filter(bytes -> Arrays.equals(Arrays.copyOf(bytes, ID_BYTES), key.id()))
                .anyMatch(bytes ->
                        key.verifies(
                                body.getBytes(StandardCharsets.UTF_8),
                                Arrays.copyOfRange(bytes, ID_BYTES, bytes.length)));
    }

    /** The note with one more signature. */
    String with(String signatureLine) {
        return body + "\n" + String.join("\n", signatures) + "\n" + signatureLine + "\n";
    }
}
