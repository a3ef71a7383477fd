package org.mingchu.gateway.keep;

import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.keep.store.JournalException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The turn of the {@link Scrub} through the open volume: begun when it is first needed, with all
 * loss the record tells of, and kept up with what is said later. One thread at a time, under the
 * journal's lock.
 */
final class Inspection {
    private static final Logger LOG = LoggerFactory.getLogger(Inspection.class);

    /** Losses that wait to be told; what is more is found again by the next reading. */
    private static final int WAITING_MAX = 1_000;

    private final Findings findings;
    private Optional<Scrub> turn = Optional.empty();

    /** What reading has shown and nobody was told of yet. */
    private final Map<Fact.Gap, String> waiting = new LinkedHashMap<>();

    Inspection(Findings findings) {
        this.findings = findings;
    }

    /** Another store, or another epoch: the next step begins anew. */
    void begin() {
        turn = Optional.empty();
        waiting.clear();
    }

    /** Loss that reading has shown, and why; told by {@link #settle}, unless it was before. */
    void found(Fact.Gap gap, String why) {
        if (waiting.size() < WAITING_MAX) {
            waiting.putIfAbsent(gap, why);
        }
    }

    /** Reading has shown that the file itself is damaged: it is put aside at the next wake. */
    void broken(JournalException why) {
        findings.troubled(why);
    }

    /** Tells what was found since, each loss once in the life of the record. */
    void settle(Entries entries) {
        if (waiting.isEmpty()) {
            return;
        }
        var begun = turn.orElseGet(this::begun);
        turn = Optional.of(begun);
        while (!begun.learn(entries)) {
            // Damage is rare, and what the record says of it already must be known to the end.
        }
        for (var found : List.copyOf(waiting.entrySet())) {
            if (!begun.isSaid(found.getKey())) {
                say("entries-damaged", found.getKey(), found.getValue());
                begun.heard(found.getKey());
            }
        }
        waiting.clear();
    }

    private void say(String event, Fact.Gap gap, String why) {
        LOG.error(
                "event={} epoch={} seq={}..{} count={} cause=\"{}\"",
                event,
                gap.epoch(),
                gap.range().from(),
                gap.range().to(),
                gap.count(),
                why);
        findings.lost(gap);
    }

    /** Loss that the record itself tells of. */
    void heard(Fact.Gap gap) {
        turn.ifPresent(begun -> begun.heard(gap));
    }

    /** Whether the last step reached the end, or the store does not answer any more. */
    boolean isDone() {
        return turn.map(Scrub::atStart).orElse(true);
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
        var look = begun.look(entries);
        entries.tellLostBlocks();
        settle(entries);
        var missing = begun.missing(look, entries);
        if (findings.trouble().isPresent()) {
            // What a store does not answer is not missing yet.
            begin();
            return true;
        }
        for (var gap : missing) {
            say("entries-missing", gap, "they are not there");
        }
        return true;
    }

    private Scrub begun() {
        var scrub = new Scrub();
        findings.gaps().forEach(scrub::heard);
        return scrub;
    }
}
