package org.mingchu.gateway.keep.store;

import org.mingchu.gateway.judge.SeqRange;
import org.mingchu.sensors.Moment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What was found of one epoch. One thread. */
public final class SalvagedEpoch {
    static final Comparator<SalvagedEpoch> BY_NUMBER =
            Comparator.comparingLong((SalvagedEpoch e) -> e.number().orElse(Long.MAX_VALUE))
                    .thenComparing(SalvagedEpoch::id);

    /** Numbers counted; more than one is a contradiction already. */
    private static final int MAX_NUMBERS = 16;

    private final String id;
    private final SeqIndex index = new SeqIndex();
    private final Map<Long, Long> numbers = new HashMap<>();
    private Optional<EntryHead> first = Optional.empty();
    private Optional<EntryHead> last = Optional.empty();

    SalvagedEpoch(String id) {
        this.id = id;
    }

    void take(EntryHead head, long spot) {
        var before = index.get(head.seq());
        if (before != 0 && Spot.standing(before).compareTo(Spot.standing(spot)) <= 0) {
            return;
        }
        index.put(head.seq(), spot);
        if (head.at().isPresent()) {
            if (first.isEmpty() || head.seq() <= first.get().seq()) {
                first = Optional.of(head);
            }
            if (last.isEmpty() || head.seq() >= last.get().seq()) {
                last = Optional.of(head);
            }
        }
    }

    void numbered(long number) {
        if (numbers.size() < MAX_NUMBERS || numbers.containsKey(number)) {
            numbers.merge(number, 1L, Long::sum);
        }
    }

    SeqIndex index() {
        return index;
    }

    /** 16 hexadecimal digits. */
    public String id() {
        return id;
    }

    /** Its number in the database, as most of its rows say. */
    public OptionalLong number() {
        return numbers.entrySet().stream()
                .max(
                        Map.Entry.<Long, Long>comparingByValue()
                                .thenComparing(Map.Entry.comparingByKey()))
                .map(e -> OptionalLong.of(e.getKey()))
                .orElse(OptionalLong.empty());
    }

    /** Sound entries. */
    public long count() {
        return index.count();
    }

    /** The unbroken ranges of what was found, ascending. */
    public List<SeqRange> found() {
        return index.ranges();
    }

    /**
     * The ranges from 1 to the highest seq found that were not found. What came behind the highest
     * one cannot be known from here.
     */
    public List<SeqRange> missing() {
        var missing = new ArrayList<SeqRange>();
        var next = 1L;
        for (var range : index.ranges()) {
            if (range.from() > next) {
                missing.add(new SeqRange(next, range.from() - 1));
            }
            next = range.to() + 1;
        }
        return missing;
    }

    /** The moment of the lowest entry whose moment is known. */
    public Optional<Moment> first() {
        return first.flatMap(EntryHead::at);
    }

    /** The moment of the highest entry whose moment is known. */
    public Optional<Moment> last() {
        return last.flatMap(EntryHead::at);
    }
}
