package org.mingchu.gateway.keep;

import org.mingchu.gateway.keep.proof.Checkpoint;
import org.mingchu.gateway.keep.proof.KeyRing;
import org.mingchu.gateway.keep.proof.NoteException;
import org.mingchu.gateway.keep.proof.SignedNote;
import org.mingchu.gateway.keep.proof.VerifierKey;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a note that a platform returned is worth. */
public enum Receipt {
    /** It is our tree at that size, our signature, and the platform's cosignature. */
    WITNESSED,
    /**
     * It is our tree and our signature, and somebody has signed it too; that it was the platform
     * cannot be told here: its key is not known, or entries that it covers cannot be read. Worth
     * keeping, and no witness.
     */
    KEPT,
    /** The platform has cosigned a tree of this epoch that is not ours: larger, or another. */
    AHEAD,
    /** Of another epoch or gateway, not signed by whom it should be, or no note at all. */
    UNKNOWN;

    /** What it is held against. */
    record Ours(Seal seal, String epoch, long lastSeq, Evidence tree) {}

    static Receipt of(String text, Ours ours, Optional<String> witness) {
        try {
            var note = SignedNote.parse(text);
            var checkpoint = Checkpoint.parse(note.text());
            if (!checkpoint.origin().equals(ours.seal().origin(ours.epoch()))
                    || !signedBy(note, ours.seal().verifier())
                    || witness.filter(key -> !signedBy(note, VerifierKey.parse(key))).isPresent()) {
                return UNKNOWN;
            }
            if (checkpoint.size() > ours.lastSeq()) {
                return AHEAD;
            }
            var root = ours.tree().root(checkpoint.size());
            if (root.filter(r -> !Arrays.equals(r, checkpoint.root())).isPresent()) {
                return AHEAD;
            }
            if (root.isPresent() && witness.isPresent()) {
                return WITNESSED;
            }
            // Our own note, echoed, is nobody's word but ours.
            return note.signatures().size() > 1 ? KEPT : UNKNOWN;
        } catch (NoteException e) {
            return UNKNOWN;
        }
    }

    private static boolean signedBy(SignedNote note, VerifierKey key) {
        return new KeyRing(List.of(key)).signer(note).isPresent();
    }
}
