package org.mingchu.gateway.keep;

import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Lane;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What happened beside the readings: alarms, what people did to units, defrosts, disinfection
 * cycles. It reads the record once and then only what is new, a page under the lock at a time, and
 * remembers the latest {@value #MAX}. One thread.
 */
public final class Diary {
    /** Remembered, in number: about 2 MB; a kitchen of eight units has some 300 a month. */
    static final int MAX = 4_000;

    /** Looked at of each lane when it begins, in number: a year of checkpoints and alarms. */
    private static final int LOOKED_MAX = 20_000;

    private static final int PAGE = 256;

    private final Journal journal;
    private final Map<LaneOf, Long> next = new HashMap<>();
    private final ArrayDeque<Entry> entries = new ArrayDeque<>();

    public Diary(Journal journal) {
        this.journal = journal;
    }

    private record LaneOf(String epoch, Lane lane) {}

    /**
     * Something that happened.
     *
     * @param ms when it was kept by all that is known of the clock now, milliseconds since 1970
     */
    public record Happened(long ms, Entry entry) {}

    /** All that is remembered, in the journal's order. */
    public List<Happened> upToNow() {
        catchUp();
        return journal.asked((_, almanac) ->
                entries.stream()
                        .map(entry ->
                                new Happened(
                                        almanac.chronology().corrected(entry.at()).wallMs(), entry))
                        .toList());
    }

    private void catchUp() {
        for (var epoch : journal.epochs()) {
            // Both lanes or none: what was read before a read failed is read again.
            var fresh = new ArrayList<Entry>();
            var reached = new HashMap<LaneOf, Long>();
            for (var lane : List.of(Lane.ALARM, Lane.NONE)) {
                var of = new LaneOf(epoch, lane);
                reached.put(of, read(of, fresh));
            }
            fresh.sort(Comparator.comparingLong(Entry::seq));
            entries.addAll(fresh);
            next.putAll(reached);
        }
        while (entries.size() > MAX) {
            entries.removeFirst();
        }
    }

    /** Where it goes on the next time. */
    private long read(LaneOf of, List<Entry> into) {
        var known = next.get(of);
        long from =
                known != null
                        ? known
                        : journal.lastBefore(
                                of.epoch, of.lane, journal.lastSeq(of.epoch) + 1, LOOKED_MAX);
        var page = journal.read(of.epoch, of.lane, from, PAGE);
        while (!page.isEmpty()) {
            page.stream().filter(entry -> tells(entry.fact())).forEach(into::add);
            from = page.getLast().seq() + 1;
            page = journal.read(of.epoch, of.lane, from, PAGE);
        }
        return from;
    }

    /** What was kept again in a later epoch is there as what it was. */
    private static boolean tells(Fact fact) {
        return fact instanceof Fact.Alarm
                || fact instanceof Fact.Done
                || fact instanceof Fact.Checked
                || fact instanceof Fact.HandRead
                || fact instanceof Fact.Serviced
                || fact instanceof Fact.Warmed
                || fact instanceof Fact.Cycled;
    }
}
