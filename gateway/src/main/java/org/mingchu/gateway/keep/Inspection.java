package org.mingchu.gateway.keep;

import org.mingchu.gateway.judge.Fact;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Optional;

/**
 * The turn of the {@link Scrub} through the open volume: begun when it is first needed, with all
 * loss the record tells of, and kept up with what is said later. One thread at a time, under the
 * journal's lock.
 */
final class Inspection {
    private static final Logger LOG = LoggerFactory.getLogger(Inspection.class);

    /** Alarms fetched at once while looking for what the record says of its gaps. */
    private static final int PAGE_ROWS = 256;

    private final Findings findings;
    private Optional<Scrub> turn = Optional.empty();

    Inspection(Findings findings) {
        this.findings = findings;
    }

    /** Another store, or another epoch: the next step begins anew. */
    void begin() {
        turn = Optional.empty();
    }

    /** Loss that reading has shown. */
    void found(Fact.Gap gap) {
        findings.add(gap);
        heard(gap);
    }

    /** Loss that the record itself tells of. */
    void heard(Fact.Gap gap) {
        turn.ifPresent(begun -> begun.heard(gap));
    }

    /** Whether the last step reached the end. */
    boolean isDone() {
        return turn.orElseThrow().atStart();
    }

    /**
     * Looks at the next {@link Scrub#STEP} entries; before the first of them the record is asked, a
     * part at a time, what it knows is gone.
     *
     * @return whether it has looked at any
     */
    boolean step(Entries entries) {
        var begun = turn.orElseGet(this::begun);
        turn = Optional.of(begun);
        if (!begun.learn(entries)) {
            return false;
        }
        for (var gap : begun.step(entries)) {
            LOG.error(
                    "event=entries-missing epoch={} seq={}..{}",
                    gap.epoch(),
                    gap.range().from(),
                    gap.range().to());
            findings.add(gap);
        }
        return true;
    }

    private Scrub begun() {
        var scrub = new Scrub();
        findings.gaps().forEach(scrub::heard);
        return scrub;
    }
}
