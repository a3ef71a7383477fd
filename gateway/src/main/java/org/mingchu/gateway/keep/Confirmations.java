package org.mingchu.gateway.keep;

import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.judge.Progress;
import org.mingchu.gateway.keep.entry.StateCodec;
import org.mingchu.gateway.keep.store.Batch;

import java.util.Optional;

/**
 * How far the platforms have each lane of each epoch; what is saved counts at once, whether it is
 * written yet or not. One thread at a time, under the journal's lock.
 */
final class Confirmations {
    private final Volume volume;
    private final Entries entries;
    private final Batch pending;

    Confirmations(Volume volume, Entries entries, Batch pending) {
        this.volume = volume;
        this.entries = entries;
        this.pending = pending;
    }

    /** Of the current epoch. */
    Progress of(String platform, Lane lane) {
        return of(volume.epoch().no(), platform, lane);
    }

    Progress of(int epochNo, String platform, Lane lane) {
        var slot = new Batch.Slot(epochNo, platform, lane);
        return Optional.ofNullable(pending.progress().get(slot))
                .or(() ->
                        entries.asked(
                                () -> volume.store().progress(slot), Optional.<byte[]>empty()))
                .map(StateCodec::progress)
                .orElse(Progress.NONE);
    }

    /** Of the current epoch, written with the next commit. */
    void save(String platform, Lane lane, Progress progress) {
        var slot = new Batch.Slot(volume.epoch().no(), platform, lane);
        pending.progress().put(slot, StateCodec.progress(progress));
    }
}
