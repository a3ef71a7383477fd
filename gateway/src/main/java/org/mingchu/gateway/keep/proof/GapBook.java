package org.mingchu.gateway.keep.proof;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What gap records say of one epoch. A gap whose count is the length of its range speaks of each
 * seq in it, any other only of so many: when more are gone there, one of them was taken by somebody
 * else. Said twice counts once. Memory is one line for each gap. One thread.
 */
public final class GapBook {
    private final TreeMap<Long, Long> wholes = new TreeMap<>();
    private final TreeMap<Long, Part> parts = new TreeMap<>();
    private final Set<List<Object>> heard = new HashSet<>();

    /**
     * A range of which only some are gone; parts that overlap are one.
     *
     * @param count how many may be gone, besides those that a whole gap speaks of
     */
    public record Part(long from, long to, long count) {}

    /**
     * Takes a gap in.
     *
     * @param lane of which entries it speaks; empty for any
     */
    public void add(Problem.Seqs range, long count, String lane) {
        var key = List.<Object>of(range, count, lane);
        if (range.from() > range.to() || !heard.add(key)) {
            return;
        }
        if (count > range.to() - range.from()) {
            addWhole(range.from(), range.to());
        } else {
            addPart(range.from(), range.to(), Math.max(0, count));
        }
    }

    private void addWhole(long from, long to) {
        var first = from;
        var last = to;
        for (var near = wholes.floorEntry(to + 1);
                near != null && near.getValue() >= from - 1;
                near = wholes.floorEntry(to + 1)) {
            first = Math.min(first, near.getKey());
            last = Math.max(last, near.getValue());
            wholes.remove(near.getKey());
        }
        wholes.put(first, last);
    }

    private void addPart(long from, long to, long count) {
        var joined = new Part(from, to, count);
        for (var near = parts.floorEntry(to);
                near != null && near.getValue().to >= from;
                near = parts.floorEntry(to)) {
            var other = near.getValue();
            joined =
                    new Part(
                            Math.min(joined.from, other.from),
                            Math.max(joined.to, other.to),
                            joined.count + other.count);
            parts.remove(near.getKey());
        }
        parts.put(joined.from, joined);
    }

    /** Whether a gap speaks of exactly this seq. */
    public boolean isWhole(long seq) {
        var near = wholes.floorEntry(seq);
        return near != null && near.getValue() >= seq;
    }

    /** The part that a seq lies in. */
    public Optional<Part> part(long seq) {
        return Optional.ofNullable(parts.floorEntry(seq))
                .map(Map.Entry::getValue)
                .filter(part -> part.to >= seq);
    }

    /** The parts, ascending. */
    public Collection<Part> parts() {
        return List.copyOf(parts.values());
    }

    /** Of seqs that are gone, the runs that no gap speaks of. */
    public List<Problem.Seqs> unsaid(long from, long to) {
        var runs = new ArrayList<Problem.Seqs>();
        var start = from;
        for (var seq = from; seq <= to; ) {
            var spoken = spokenTo(seq);
            if (spoken < seq) {
                seq++;
                continue;
            }
            run(start, seq - 1, runs);
            seq = spoken + 1;
            start = seq;
        }
        run(start, to, runs);
        return runs;
    }

    /**
     * Up to where gaps speak without a break from here on; less than {@code seq} when none does.
     */
    private long spokenTo(long seq) {
        var whole = wholes.floorEntry(seq);
        var to = whole == null ? 0 : whole.getValue();
        return Math.max(to, part(seq).map(Part::to).orElse(0L));
    }

    private static void run(long from, long to, List<Problem.Seqs> runs) {
        if (from <= to) {
            runs.add(new Problem.Seqs(from, to));
        }
    }

    /** Of seqs that are gone, how many a part must answer for. */
    public long owed(Part part, long from, long to) {
        var first = Math.max(from, part.from);
        var last = Math.min(to, part.to);
        var owed = Math.max(0, last - first + 1);
        for (var whole = wholes.floorEntry(last);
                owed > 0 && whole != null && whole.getValue() >= first;
                whole = wholes.lowerEntry(whole.getKey())) {
            owed -= Math.min(last, whole.getValue()) - Math.max(first, whole.getKey()) + 1;
        }
        return owed;
    }

    /** Parts in whose range more is gone than they say, with how much more. */
    public Map<Part, Long> excess(Collection<Problem.Seqs> gone) {
        var owed = new TreeMap<Long, Long>();
        for (var run : gone) {
            for (var part = first(run.from());
                    part.filter(p -> p.from <= run.to()).isPresent();
                    part = after(part.get())) {
                var known = part.get();
                owed.merge(known.from, owed(known, run.from(), run.to()), Long::sum);
            }
        }
        var excess = new LinkedHashMap<Part, Long>();
        owed.forEach((from, count) -> {
            var part = part(from).orElseThrow();
            if (count > part.count) {
                excess.put(part, count - part.count);
            }
        });
        return excess;
    }

    private Optional<Part> first(long seq) {
        return part(seq)
                .or(() -> Optional.ofNullable(parts.higherEntry(seq)).map(Map.Entry::getValue));
    }

    private Optional<Part> after(Part part) {
        return Optional.ofNullable(parts.higherEntry(part.from)).map(Map.Entry::getValue);
    }
}
