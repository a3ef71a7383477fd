package org.mingchu.gateway.keep.proof;

import java.util.List;
import java.util.stream.Stream;

/**
 * How far the tree of an exported epoch can still be computed. After a loss on the card some hashes
 * may be gone for good; what they leave unproven is declared, not passed over. Immutable.
 *
 * @param proven the largest size whose root can be computed; no seq above it is proven
 * @param unproven runs of seqs below it whose leaves count for no root
 */
public record Extent(long proven, List<Problem.Seqs> unproven) {
    public Extent {
        unproven = List.copyOf(unproven);
        var last = 0L;
        for (var run : unproven) {
            if (run.from() <= last || run.to() < run.from() || run.to() > proven) {
                throw new IllegalArgumentException("unproven runs out of order: " + unproven);
            }
            last = run.to();
        }
    }

    /** Everything is proven. */
    static Extent whole(Span span) {
        return new Extent(span.size(), List.of());
    }

    boolean isWhole(Span span) {
        return proven == span.size() && unproven.isEmpty();
    }

    /** Whether a seq's leaf counts for roots. */
    boolean counts(long seq) {
        return seq <= proven
                && unproven.stream().noneMatch(run -> run.from() <= seq && seq <= run.to());
    }

    /** All runs of the span that are unproven, what is above the proven size last. */
    List<Problem.Seqs> within(Span span) {
        var tail = new Problem.Seqs(Math.max(proven + 1, span.from()), span.to());
        return Stream.concat(unproven.stream(), Stream.of(tail))
                .filter(run -> run.from() <= run.to())
                .toList();
    }
}
