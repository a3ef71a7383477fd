package org.mingchu.gateway.keep;

import org.mingchu.gateway.judge.Fact;
import org.mingchu.sensors.Moment;

import java.time.Duration;
import java.util.Optional;

/**
 * Signs the tree of the open volume from time to time, and judges what comes back. One thread at a
 * time, under the journal's lock.
 */
final class Sealing {
    /** Time between two checkpoints. */
    static final Duration SEAL_EVERY = Duration.ofHours(1);

    private final Volume volume;
    private Optional<Seal> seal = Optional.empty();
    private Optional<Moment> sealedAt = Optional.empty();

    Sealing(Volume volume) {
        this.volume = volume;
    }

    void use(Seal with) {
        seal = Optional.of(with);
        soon();
    }

    void soon() {
        sealedAt = Optional.empty();
    }

    /** With what is signed; empty while nothing is. */
    Optional<Seal> seal() {
        return seal;
    }

    /** A checkpoint of all that is committed, when one is due. */
    Optional<Fact.Checkpointed> checkpoint(Moment now) {
        if (sealedAt.filter(at -> Upkeep.within(at, now, SEAL_EVERY)).isPresent()) {
            return Optional.empty();
        }
        return seal.flatMap(with -> volume.evidence().map(tree -> tree.checkpoint(with)))
                .map(note -> {
                    sealedAt = Optional.of(now);
                    return new Fact.Checkpointed(note.toString());
                });
    }

    /** What a note is worth that a platform returned as ours. */
    Receipt receipt(String note, Optional<String> witness) {
        return seal.flatMap(with -> volume.evidence().map(tree -> ours(with, tree)))
                .map(ours -> Receipt.of(note, ours, witness))
                .orElse(Receipt.UNKNOWN);
    }

    private Receipt.Ours ours(Seal with, Evidence tree) {
        return new Receipt.Ours(with, volume.epoch().id(), volume.lastSeq(), tree);
    }
}
