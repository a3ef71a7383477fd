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
     */
    void delivered(List<SeqRange> ranges, List<Fact.Rejection> rejected);

    /** How far the platform has a lane now; at most once a second or each 100 entries. */
    void progress(Lane lane, Progress progress);
}
