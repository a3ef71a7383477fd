package org.mingchu.gateway.keep;

import org.mingchu.gateway.judge.State;
import org.mingchu.gateway.keep.cbor.Cbor;
import org.mingchu.gateway.keep.entry.StateCodec;
import org.mingchu.gateway.keep.store.Batch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Optional;

/**
 * The last state of the judge, beside the entries it was made of: a start goes on from there. One
 * thread at a time, under the journal's lock.
 */
final class Snapshots {
    private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);

    private final Volume volume;
    private final Entries entries;
    private final Batch pending;

    Snapshots(Volume volume, Entries entries, Batch pending) {
        this.volume = volume;
        this.entries = entries;
        this.pending = pending;
    }

    /** The last one, if this program made it from this plan and this journal. */
    Optional<State> last(String planHash) {
        try {
            return entries.asked(() -> volume.store().snapshot(), Optional.<byte[]>empty())
                    .flatMap(bytes -> StateCodec.unseal(bytes, program(), planHash))
                    .filter(state -> isOurs(state));
        } catch (Cbor.Malformed | Cbor.Unknown e) {
            LOG.warn(
                    "journal.snapshot=unreadable file={} cause={}",
                    volume.store().name(),
                    e.getMessage());
            return Optional.empty();
        }
    }

    private boolean isOurs(State state) {
        return state.epoch().equals(volume.epoch().id())
                ? state.seq() <= volume.lastSeq()
                : volume.epochs().contains(state.epoch());
    }

    /** Kept with the next commit; the one before is replaced. */
    void save(State state, String planHash) {
        if (!state.epoch().equals(volume.epoch().id())
                || state.seq() > volume.lastSeq() + pending.rows().size()) {
            throw new IllegalArgumentException(
                    "a state of " + state.epoch() + "/" + state.seq() + " is ahead of the journal");
        }
        pending.snapshot(StateCodec.seal(state, program(), planHash));
    }

    /** The version in the jar's manifest; a program that runs from class folders has none. */
    private static String program() {
        return Optional.ofNullable(Snapshots.class.getPackage().getImplementationVersion())
                .orElse("unpacked");
    }
}
