package org.mingchu.gateway.keep;

import org.mingchu.gateway.keep.Corrected.Basis;
import org.mingchu.sensors.Moment;

import java.time.Duration;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** What the record knows of the wall clock in one boot. One thread. */
final class BootTime {
    /** What a Pi's crystal drifts at most, in parts per million. */
    static final long DRIFT_PPM = 50;

    /** Anchors that lie closer are worth one: what lies between them is at most half as far off. */
    static final long APART_MS = Duration.ofHours(6).toMillis();

    private static final long PPM = 1_000_000;

    /** A moment at which the wall clock was known to be right within a bound. */
    private record Anchor(long wallMs, long errorMs) {}

    /**
     * The wall clock's own word, without a bound.
     *
     * @param originMs wall clock at boot
     */
    record Word(long originMs, Basis basis) {}

    private final TreeMap<Long, Anchor> anchors = new TreeMap<>();
    private Optional<Word> trusted = Optional.empty();
    private long unsetOriginMs;
    private boolean syncLost;
    private long firstUpMs = Long.MAX_VALUE;
    private long lastUpMs;

    /** Its first entry is not earlier; for a boot without anchors {@link Chronology} sets it. */
    long notBeforeMs;

    /** Its last entry is not later; likewise. */
    long notAfterMs = Chronology.NEVER_MS;

    /** Whether a boot before it has anchors; likewise. */
    boolean follows;

    static long upMs(Moment moment) {
        return TimeUnit.NANOSECONDS.toMillis(moment.upNs());
    }

    /** How far the time since boot may be off after so long, rounding included. */
    static long driftMs(long apartMs) {
        return apartMs == 0 ? 0 : Math.abs(apartMs) * DRIFT_PPM / PPM + 1;
    }

    /** Takes one moment in; those of one boot come in their order. */
    void saw(Moment at) {
        var upMs = upMs(at);
        firstUpMs = Math.min(firstUpMs, upMs);
        lastUpMs = Math.max(lastUpMs, upMs);
        var originMs = at.wallMs() - upMs;
        unsetOriginMs = originMs;
        switch (at.clock()) {
            case SYNCED -> {
                if (at.errorMs() == Moment.ERROR_UNKNOWN_MS) {
                    trusted = Optional.of(new Word(originMs, Basis.ANCHOR));
                } else {
                    anchor(upMs, new Anchor(at.wallMs(), at.errorMs()));
                }
            }
            case RTC -> {
                if (trusted.filter(word -> word.basis() == Basis.ANCHOR).isEmpty()) {
                    trusted = Optional.of(ofBattery(at));
                }
            }
            case HOLDOVER, UNSYNCED -> syncLost = true;
        }
    }

    private void anchor(long upMs, Anchor found) {
        var last = anchors.lastEntry();
        if (last != null) {
            if (upMs < last.getKey()) {
                return; // an entry of another epoch, kept again
            }
            var apartMs = upMs - last.getKey();
            var driftMs = driftMs(apartMs);
            var foundSpan = Span.around(found.wallMs, found.errorMs);
            if (at(last.getKey(), last.getValue(), upMs).and(foundSpan).isEmpty()) {
                var offMs = found.wallMs - last.getValue().wallMs - apartMs;
                shift(offMs, found.errorMs + last.getValue().errorMs + driftMs);
            } else if (found.errorMs > last.getValue().errorMs + driftMs) {
                return; // the last one, counted on, is still the better
            } else if (replaces(upMs, last.getKey())) {
                anchors.remove(last.getKey());
            }
        }
        anchors.put(upMs, found);
        syncLost = false;
    }

    private boolean replaces(long upMs, long lastMs) {
        var before = anchors.lowerKey(lastMs);
        return !syncLost && before != null && upMs - before < APART_MS;
    }

    /**
     * A synced clock was set further than it could have been wrong. As receivers of {@code
     * record/clock} do: the later word counts, and what was said before is as far off as that.
     */
    private void shift(long offMs, long doubtMs) {
        anchors.replaceAll((_, a) -> new Anchor(a.wallMs + offMs, a.errorMs + doubtMs));
    }

    boolean anchored() {
        return !anchors.isEmpty();
    }

    /** What the anchors on both sides allow; only of an anchored boot. */
    Span at(long upMs) {
        var before = anchors.floorEntry(upMs);
        var after = anchors.ceilingEntry(upMs);
        if (before == null || after == null) {
            var only = before == null ? after : before;
            return at(only.getKey(), only.getValue(), upMs);
        }
        var early = at(before.getKey(), before.getValue(), upMs);
        var late = at(after.getKey(), after.getValue(), upMs);
        return early.and(late).orElse(early.errorMs() < late.errorMs() ? early : late);
    }

    private static Span at(long anchorUpMs, Anchor anchor, long upMs) {
        var apartMs = upMs - anchorUpMs;
        return Span.around(anchor.wallMs + apartMs, anchor.errorMs + driftMs(apartMs));
    }

    /**
     * What a clock said that something had set, yet without a bound; the moment's own if it can.
     */
    Optional<Word> wordOn(Moment moment) {
        return switch (moment.clock()) {
            case SYNCED -> Optional.of(new Word(moment.wallMs() - upMs(moment), Basis.CLOCK));
            case RTC -> trusted.or(() -> Optional.of(ofBattery(moment)));
            case HOLDOVER, UNSYNCED -> trusted;
        };
    }

    private static Word ofBattery(Moment moment) {
        return new Word(moment.wallMs() - upMs(moment), Basis.RTC);
    }

    /** The wall clock at boot as the clock that nobody set says now. */
    long unsetOriginMs() {
        return unsetOriginMs;
    }

    /** What the anchors allow for the first entry. */
    Span first() {
        return at(firstUpMs);
    }

    /** What the anchors allow for the last entry. */
    Span last() {
        return at(lastUpMs);
    }

    /** How long it is known to have lasted, at least. */
    long lastedMs() {
        var ms = lastUpMs - firstUpMs;
        return ms - driftMs(ms);
    }

    /** At least so long after the first entry. */
    long sinceFirstMs(long upMs) {
        var ms = Math.max(0, upMs - firstUpMs);
        return ms - driftMs(ms);
    }

    /** At least so long before the last entry. */
    long untilLastMs(long upMs) {
        var ms = Math.max(0, lastUpMs - upMs);
        return ms - driftMs(ms);
    }
}
