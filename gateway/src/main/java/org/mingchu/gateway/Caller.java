package org.mingchu.gateway;

import org.mingchu.config.Priority;
import org.mingchu.gateway.judge.AlarmEvent;
import org.mingchu.gateway.judge.State;
import org.mingchu.gateway.keep.Window;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How one rule at one subject called within a window: what came before it is taken in only so far
 * as it still stood. One thread.
 */
final class Caller {
    /**
     * An alarm that comes back so soon is the same trouble. Control rooms say three changes in a
     * minute; a cold store moves in tens of minutes.
     */
    static final Duration CHATTERS_WITHIN = Duration.ofMinutes(60);

    /** Longer than this an alarm stands stale (ISA-18.2). */
    static final Duration STALE_AFTER = Duration.ofHours(24);

    private final State.Key key;
    private final Window window;
    private final List<Long> answeredAfterMs = new ArrayList<>();
    private final List<Long> stoodMs = new ArrayList<>();
    private Priority priority;
    private boolean measured;
    private int raised;
    private int reAlarmed;
    private int chattered;
    private int consequences;
    private Optional<Long> standingSinceMs = Optional.empty();
    private Optional<Long> unansweredSinceMs = Optional.empty();
    private Optional<Long> returnedMs = Optional.empty();

    Caller(State.Key key, Priority priority, Window window) {
        this.key = key;
        this.priority = priority;
        this.window = window;
    }

    /** Takes in one step; they come in order, and none is later than the window. */
    void step(long ms, AlarmEvent event) {
        switch (event.change()) {
            case RAISED -> {
                // One that still stands has ended unheard: with the epoch, or put aside.
                standingSinceMs = Optional.empty();
                unansweredSinceMs = Optional.empty();
                raised += within(ms) ? 1 : 0;
                call(ms, event);
            }
            case RE_ALARMED -> {
                reAlarmed += within(ms) ? 1 : 0;
                call(ms, event);
            }
            case ACKNOWLEDGED -> {
                note(answeredAfterMs, unansweredSinceMs, ms);
                unansweredSinceMs = Optional.empty();
            }
            case RETURNED -> {
                ended(ms);
                returnedMs = Optional.of(ms);
            }
            case CLEARED, RESET -> ended(ms);
            case SHELVED, SUPPRESSED, OUT_OF_SERVICE -> {
                ended(ms);
                unansweredSinceMs = Optional.empty();
            }
            case UNSHELVED, UNSUPPRESSED, IN_SERVICE, ESCALATED -> {}
        }
    }

    private void call(long ms, AlarmEvent event) {
        priority = event.priority();
        measured = event.limitMilli().isPresent();
        if (within(ms)) {
            var soonMs = CHATTERS_WITHIN.toMillis();
            chattered += returnedMs.filter(gone -> ms - gone <= soonMs).isPresent() ? 1 : 0;
            consequences += event.parent().isPresent() ? 1 : 0;
        }
        returnedMs = Optional.empty();
        standingSinceMs = standingSinceMs.or(() -> Optional.of(ms));
        unansweredSinceMs = unansweredSinceMs.or(() -> Optional.of(ms));
    }

    private void ended(long ms) {
        note(stoodMs, standingSinceMs, ms);
        standingSinceMs = Optional.empty();
    }

    private void note(List<Long> lengths, Optional<Long> sinceMs, long ms) {
        if (within(ms)) {
            sinceMs.ifPresent(since -> lengths.add(ms - since));
        }
    }

    private boolean within(long ms) {
        return ms >= window.fromMs();
    }

    /** All of it; an alarm that still stands counts up to the end of the window. */
    BadActor sum() {
        var stood = new ArrayList<>(stoodMs);
        standingSinceMs.ifPresent(since -> stood.add(window.toMs() - since));
        var staleMs = STALE_AFTER.toMillis();
        return new BadActor(
                key,
                priority,
                measured,
                raised,
                reAlarmed,
                chattered,
                consequences,
                (int) stood.stream().filter(length -> length > staleMs).count(),
                median(answeredAfterMs),
                median(stood),
                standingSinceMs,
                unansweredSinceMs);
    }

    /** Of an even number the shorter one of the middle. */
    private static OptionalLong median(List<Long> lengths) {
        return lengths.stream()
                .sorted()
                .skip(Math.max(0, (lengths.size() - 1) / 2))
                .mapToLong(Long::longValue)
                .findFirst();
    }
}
