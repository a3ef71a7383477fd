package org.mingchu.gateway.keep;

import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.keep.Corrected.Basis;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads old moments right. Each entry whose clock was synced is an anchor: within its boot the time
 * since boot counts from there, to both sides, with the anchor's error and {@value
 * BootTime#DRIFT_PPM} ppm of the distance; between two anchors only what both allow is left. A boot
 * that never saw a clock lies between its neighbours, in the journal's order.
 *
 * <p>For people and evidence only: durations and delays come from the time since boot and never
 * from here. No correction changes an entry. Entries whose clock was synced are corrected only when
 * a later anchor of the same boot contradicts them.
 *
 * <p>Memory: an anchor per six hours and per loss of sync, about 100 bytes each; thousands of boots
 * are fine. One thread.
 */
public final class Chronology {
    /** An upper bound that nothing gives. */
    static final long NEVER_MS = Long.MAX_VALUE;

    /**
     * 2026-01-01T00:00:00Z: no journal is older than the first program that kept one, milliseconds
     * since 1970.
     */
    public static final long FIRST_PROGRAM_MS = 1_767_225_600_000L;

    private final long earliestMs;
    private final List<BootTime> boots = new ArrayList<>();
    private final Map<String, BootTime> byId = new HashMap<>();
    private boolean settled;

    /**
     * @param earliestMs no entry is older, milliseconds since 1970: when the first program that
     *     keeps such journals was made, not when this one was
     */
    public Chronology(long earliestMs) {
        this.earliestMs = earliestMs;
    }

    /**
     * Takes an entry into account. They come in the journal's order, epoch after epoch. Without the
     * rounds of readings it works as well: sync edges and one anchor per six hours are entries of
     * their own, only the bounds are a little wider. A round of a boot without a clock that was not
     * taken in may then be read later than the boot after it, within its bound; the last round of
     * such a boot is enough to mend that.
     */
    public void add(Entry entry) {
        if (entry.fact() instanceof Fact.Rekeyed(var original)) {
            saw(original.at(), indexBefore(entry.at()));
        }
        saw(entry.at(), boots.size());
    }

    /** Where a boot belongs that is only known from what was kept again later. */
    private int indexBefore(Moment at) {
        var later = byId.get(at.boot());
        return later == null ? boots.size() : boots.indexOf(later);
    }

    private void saw(Moment at, int indexIfNew) {
        var boot = byId.get(at.boot());
        if (boot == null) {
            boot = new BootTime();
            byId.put(at.boot(), boot);
            boots.add(indexIfNew, boot);
        }
        boot.saw(at);
        settled = false;
    }

    /** The moment by all that is known now; a later anchor may make it better. */
    public Corrected corrected(Moment moment) {
        var boot = byId.get(moment.boot());
        if (boot != null && boot.anchored()) {
            return byAnchors(moment, boot.at(BootTime.upMs(moment)));
        }
        var own = own(moment);
        if (own.isPresent()) {
            return byClock(moment, own.get().errorMs(), ownBasis(moment));
        }
        if (boot == null) {
            return new Corrected(
                    Math.max(moment.wallMs(), earliestMs),
                    Moment.ERROR_UNKNOWN_MS,
                    earliestMs,
                    Basis.UNKNOWN);
        }
        settle();
        return byNeighbours(moment, boot);
    }

    /** What the moment itself claims, where it claims anything. */
    private static Optional<Span> own(Moment moment) {
        return switch (moment.clock()) {
            case SYNCED, HOLDOVER ->
                    moment.errorMs() == Moment.ERROR_UNKNOWN_MS
                            ? Optional.empty()
                            : Optional.of(Span.around(moment.wallMs(), moment.errorMs()));
            case RTC, UNSYNCED -> Optional.empty();
        };
    }

    private static Basis ownBasis(Moment moment) {
        return moment.clock() == ClockState.SYNCED ? Basis.CLOCK : Basis.ANCHOR;
    }

    private static Corrected byAnchors(Moment moment, Span allowed) {
        var both = own(moment).flatMap(allowed::and);
        if (both.isPresent() && moment.clock() == ClockState.SYNCED) {
            var errorMs = Math.min(moment.errorMs(), allowed.farthestMs(moment.wallMs()));
            return byClock(moment, errorMs, Basis.CLOCK);
        }
        var span = both.orElse(allowed);
        return new Corrected(span.middleMs(), span.errorMs(), span.fromMs(), Basis.ANCHOR);
    }

    private static Corrected byClock(Moment moment, long errorMs, Basis basis) {
        return new Corrected(moment.wallMs(), errorMs, moment.wallMs() - errorMs, basis);
    }

    private Corrected byNeighbours(Moment moment, BootTime boot) {
        var upMs = BootTime.upMs(moment);
        var fromMs = boot.notBeforeMs + boot.sinceFirstMs(upMs);
        var word = boot.wordOn(moment);
        if (boot.notAfterMs == NEVER_MS) {
            var wallMs = word.map(BootTime.Word::originMs).orElse(boot.unsetOriginMs()) + upMs;
            var basis =
                    word.map(BootTime.Word::basis)
                            .orElse(boot.follows ? Basis.AFTER : Basis.UNKNOWN);
            return new Corrected(Math.max(wallMs, fromMs), Moment.ERROR_UNKNOWN_MS, fromMs, basis);
        }
        var toMs = boot.notAfterMs - boot.untilLastMs(upMs);
        if (toMs < fromMs) {
            return new Corrected(toMs, Moment.ERROR_UNKNOWN_MS, earliestMs, Basis.UNKNOWN);
        }
        var span = new Span(fromMs, toMs);
        var wallMs = word.map(w -> span.nearestTo(w.originMs() + upMs)).orElse(span.middleMs());
        var basis = word.map(BootTime.Word::basis).orElse(Basis.BETWEEN);
        return new Corrected(wallMs, span.farthestMs(wallMs), fromMs, basis);
    }

    /** Hands the bounds that anchors give on to the boots without; the nearest boot counts most. */
    private void settle() {
        if (!settled) {
            forwards();
            backwards();
            settled = true;
        }
    }

    private void forwards() {
        var notBeforeMs = earliestMs;
        var follows = false;
        for (var boot : boots) {
            boot.notBeforeMs = notBeforeMs;
            boot.follows = follows;
            if (boot.anchored()) {
                var end = boot.last();
                var contradicts = end.toMs() < notBeforeMs;
                notBeforeMs = contradicts ? end.fromMs() : Math.max(end.fromMs(), notBeforeMs);
                follows = true;
            } else {
                notBeforeMs += boot.lastedMs();
            }
        }
    }

    private void backwards() {
        var notAfterMs = NEVER_MS;
        for (var boot : boots.reversed()) {
            boot.notAfterMs = notAfterMs;
            if (boot.anchored()) {
                var first = boot.first();
                var contradicts = first.fromMs() > notAfterMs;
                notAfterMs = contradicts ? first.toMs() : Math.min(first.toMs(), notAfterMs);
            } else if (notAfterMs != NEVER_MS) {
                notAfterMs -= boot.lastedMs();
            }
        }
    }
}
