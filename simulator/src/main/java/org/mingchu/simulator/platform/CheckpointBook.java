package org.mingchu.simulator.platform;

import org.mingchu.simulator.note.VerifierKey;

import tools.jackson.databind.JsonNode;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * What the platform has cosigned of one gateway, by origin. It never cosigns two roots for one
 * size, nor a size below one it has cosigned. It sees published entries only, so it cannot tell
 * whether a larger tree contains the smaller one. One thread.
 */
final class CheckpointBook {
    private final Cosigner cosigner;
    private final Map<String, NavigableMap<Long, Witnessed>> cosigned = new HashMap<>();

    CheckpointBook(Cosigner cosigner) {
        this.cosigner = cosigner;
    }

    private record Witnessed(String root, String note) {}

    /**
     * What the platform does about a checkpoint.
     *
     * @param note what goes back: the checkpoint cosigned, or the latest that was cosigned before
     * @param problem what is wrong with it
     */
    record Answer(Optional<String> note, Optional<String> problem) {
        static final Answer NONE = new Answer(Optional.empty(), Optional.empty());

        static Answer wrong(String problem) {
            return new Answer(Optional.empty(), Optional.of(problem));
        }
    }

    /** How the gateway names the journal of an epoch. */
    static String origin(String gateway, String epoch) {
        return "mingchu/" + gateway + "/" + epoch;
    }

    /** A {@code record/checkpoint} has come; without a key from meta it says nothing yet. */
    Answer take(SeenEntry entry, JsonNode body, Optional<VerifierKey> device, long nowMs) {
        if (device.isEmpty()) {
            return Answer.NONE;
        }
        var checkpoint =
                Checkpoint.of(body.path("note").asString(""))
                        .filter(c -> c.origin().equals(body.path("origin").asString("")))
                        .filter(c -> c.origin().equals(origin(entry.gateway(), entry.firstEpoch())))
                        .filter(c -> c.size() == body.path("size").asLong())
                        .filter(c -> c.root().equals(body.path("root").asString("")));
        if (checkpoint.isEmpty()) {
            return Answer.wrong("the note is not the checkpoint that the body tells");
        }
        return checkpoint.get().isSignedBy(device.get())
                ? take(checkpoint.get(), nowMs)
                : Answer.wrong("the checkpoint is not signed by the key of meta");
    }

    private Answer take(Checkpoint checkpoint, long nowMs) {
        var trees = cosigned.computeIfAbsent(checkpoint.origin(), _ -> new TreeMap<>());
        var same = trees.get(checkpoint.size());
        if (same != null && !same.root().equals(checkpoint.root())) {
            return new Answer(
                    Optional.of(trees.lastEntry().getValue().note()),
                    Optional.of("another root of size " + checkpoint.size()));
        }
        if (!trees.isEmpty() && trees.lastKey() > checkpoint.size()) {
            return new Answer(Optional.of(trees.lastEntry().getValue().note()), Optional.empty());
        }
        var note = cosigner.cosign(checkpoint, nowMs / 1000);
        trees.put(checkpoint.size(), new Witnessed(checkpoint.root(), note));
        return new Answer(Optional.of(note), Optional.empty());
    }

    /** The largest size cosigned under an origin. */
    OptionalLong largest(String origin) {
        var trees = cosigned.getOrDefault(origin, new TreeMap<>());
        return trees.isEmpty() ? OptionalLong.empty() : OptionalLong.of(trees.lastKey());
    }
}
