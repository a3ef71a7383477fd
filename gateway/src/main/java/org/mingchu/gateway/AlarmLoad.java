package org.mingchu.gateway;

import org.mingchu.gateway.judge.AlarmEvent;
import org.mingchu.gateway.judge.State;
import org.mingchu.gateway.keep.Window;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The alarm load of a window (ISA-18.2, EEMUA 191): a few alarms, the bad actors, make most of it.
 * A call is an alarm that is raised or sounds again. One thread.
 */
final class AlarmLoad {
    /** As many as ISA-18.2 lists: they make most of the load. */
    static final int WORST = 10;

    private static final long WHOLE_BASIS_POINTS = 10_000;
    private static final long DAY_MS = Duration.ofDays(1).toMillis();

    private static final Comparator<BadActor> WORST_FIRST =
            Comparator.comparingInt(BadActor::calls)
                    .thenComparingInt(BadActor::stale)
                    .reversed()
                    .thenComparing(actor -> actor.key().subject())
                    .thenComparing(actor -> actor.key().rule());

    private final Window window;
    private final KitchenTime time;
    private final Map<State.Key, Caller> callers = new HashMap<>();
    private final SortedMap<LocalDate, Integer> days = new TreeMap<>();

    /**
     * @param time whose days are counted
     */
    AlarmLoad(Window window, KitchenTime time) {
        this.window = window;
        this.time = time;
    }

    /**
     * One of the worst.
     *
     * @param share of all calls, hundredths of a per cent
     * @param cumulated that and the shares of those before it
     */
    record Rank(int place, BadActor actor, long share, long cumulated) {}

    /** Takes in one step, in the order of the record. */
    void take(long ms, AlarmEvent event) {
        if (ms >= window.toMs() || event.drill()) {
            return;
        }
        var key = new State.Key(event.subject(), event.rule());
        callers.computeIfAbsent(key, _ -> new Caller(key, event.priority(), window))
                .step(ms, event);
        if (ms >= window.fromMs() && event.change().calls()) {
            days.merge(time.day(ms), 1, Integer::sum);
        }
    }

    /** All that called or stood stale, the worst first. */
    List<BadActor> actors() {
        return callers.values().stream()
                .map(Caller::sum)
                .filter(actor -> actor.calls() > 0 || actor.stale() > 0)
                .sorted(WORST_FIRST)
                .toList();
    }

    /** The worst ten, and behind them all others that stood stale: those are quiet, not well. */
    List<Rank> worst() {
        var actors = actors();
        var all = actors.stream().mapToLong(BadActor::calls).sum();
        var ranks = new ArrayList<Rank>();
        var sum = 0L;
        var place = 0;
        for (var actor : actors) {
            sum += actor.calls();
            place++;
            if (place <= WORST || actor.stale() > 0) {
                ranks.add(new Rank(place, actor, share(actor.calls(), all), share(sum, all)));
            }
        }
        return ranks;
    }

    private static long share(long calls, long all) {
        return all == 0 ? 0 : rounded(calls * WHOLE_BASIS_POINTS, all);
    }

    /** Calls on each day of the kitchen that had some. */
    SortedMap<LocalDate, Integer> days() {
        return new TreeMap<>(days);
    }

    /**
     * Calls a day on average, with one decimal; of less than a day as if it were one.
     *
     * @param recordFromMs when the record begins, milliseconds since 1970
     */
    BigDecimal perDay(long recordFromMs) {
        var lengthMs = window.toMs() - Math.max(window.fromMs(), recordFromMs);
        var calls = days.values().stream().mapToLong(Integer::longValue).sum();
        return BigDecimal.valueOf(rounded(calls * 10 * DAY_MS, Math.max(DAY_MS, lengthMs)), 1);
    }

    private static long rounded(long dividend, long divisor) {
        return (dividend + divisor / 2) / divisor;
    }
}
