package org.mingchu.gateway.tell;

import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.judge.LinkState;
import org.mingchu.gateway.judge.Progress;
import org.mingchu.gateway.judge.SeqRange;

import java.util.List;

/** What the courier tells the house. Called by the courier's thread; must not block. */
public interface Notices {
    /** The link changed; one line why. */
    void link(LinkState state, String reason);

    /**
     * The platform itself says that it has entries of the alarm lane, or refuses some; each entry
     * is told once in a life of the program.
     *
     * @param epoch whose entries they are; perhaps no longer the current one
     */
    void delivered(String epoch, List<SeqRange> ranges, List<Fact.Rejection> rejected);

    /**
     * How far the platform has a lane now; at most once a second or each 100 entries.
     *
     * @param epoch whose lane it is; perhaps no longer the current one
     */
    void progress(String epoch, Lane lane, Progress progress);

    /**
     * An entry of a drill's alarm has come so far; told each time, also of what is sent again.
     *
     * @param epoch whose entry it is; perhaps no longer the current one
     */
    default void drill(String epoch, long seq, OnTheWay way) {}

    /**
     * The platform has returned a checkpoint of ours with its cosignature. Nothing is verified yet
     * but that it looks like a checkpoint of this gateway, of any epoch.
     *
     * @param note a C2SP signed note of at most 4,096 bytes
     */
    void receipt(String note);

    /**
     * The platform has entries of this epoch that our journal does not have, or another tree: our
     * state folder was restored from an old copy. What we say under the same numbers it drops as
     * repeated, so nothing more is told under this epoch; the connection is left, and made again
     * when {@link Outbox#epoch()} has changed. Told once for an epoch.
     *
     * <p>Unless it was noticed before the first publish of the connection, acknowledgements of the
     * entries kept since the restore may have meant the lost ones.
     *
     * @param lastSeq the highest entry the platform is known to have
     */
    void ahead(String epoch, long lastSeq);
}
