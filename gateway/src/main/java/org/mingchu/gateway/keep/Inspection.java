package org.mingchu.gateway.keep;

import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Lane;
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

    /** Goes through the whole record once. */
    void whole(Entries entries) {
        step(entries);
        while (turn.filter(begun -> !begun.atStart()).isPresent()) {
            step(entries);
        }
    }

    /** Looks at the next {@link Scrub#STEP} entries. */
    void step(Entries entries) {
        var begun = turn.orElseGet(() -> begun(entries));
        turn = Optional.of(begun);
        var gaps = begun.step(entries);
        if (findings.trouble().isPresent()) {
            // What a store does not answer is not missing yet.
            begin();
            return;
        }
        for (var gap : gaps) {
            LOG.error(
                    "event=entries-missing epoch={} seq={}..{}",
                    gap.epoch(),
                    gap.range().from(),
                    gap.range().to());
            findings.add(gap);
        }
    }

    private Scrub begun(Entries entries) {
        var scrub = new Scrub();
        for (var id : entries.epochs()) {
            for (var page = entries.of(id, Lane.ALARM, 1, PAGE_ROWS);
                    !page.isEmpty();
                    page = entries.of(id, Lane.ALARM, page.getLast().seq() + 1, PAGE_ROWS)) {
                for (var entry : page) {
                    if (entry.fact() instanceof Fact.Gap gap) {
                        scrub.heard(gap);
                    }
                }
            }
        }
        findings.gaps().forEach(scrub::heard);
        return scrub;
    }
}
