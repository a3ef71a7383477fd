package org.mingchu.gateway.keep;

import org.mingchu.gateway.keep.proof.Span;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;

/**
 * Finds which entries lie in a time. The corrected clock follows the order of the record, so each
 * border is found by halving; where the clock has an error, the wider reading counts. One thread.
 */
final class ExportRange {
    private final Pages pages;
    private final Chronology chronology;

    ExportRange(Pages pages, Chronology chronology) {
        this.pages = pages;
        this.chronology = chronology;
    }

    /** The part of each epoch that is asked for; epochs without any are left out. */
    List<Span> of(List<Span> whole, Export.Asked asked) {
        var found = new ArrayList<Span>();
        for (var span : whole) {
            var from =
                    asked.fromMs()
                            .map(ms -> first(span, seq -> latestMs(span, seq) >= ms))
                            .orElse(span.from());
            var to =
                    asked.toMs()
                            .map(ms -> first(span, seq -> earliestMs(span, seq) > ms) - 1)
                            .orElse(span.to());
            if (from <= to) {
                found.add(new Span(span.epoch(), from, to, span.size()));
            }
        }
        return found;
    }

    /** From when to when there are entries, for a message. */
    String reach(List<Span> whole) {
        if (whole.isEmpty()) {
            return "is empty";
        }
        var first = whole.getFirst();
        var last = whole.getLast();
        return "reaches from "
                + Instant.ofEpochMilli(earliestMs(first, first.from()))
                + " to "
                + Instant.ofEpochMilli(latestMs(last, last.to()));
    }

    /** The first seq of which it is so, as of all after it; one past the last if of none. */
    private static long first(Span span, LongPredicate so) {
        var low = span.from();
        var high = span.to() + 1;
        while (low < high) {
            var middle = low + (high - low) / 2;
            if (so.test(middle)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private long latestMs(Span span, long seq) {
        return pages.from(span.epoch(), seq)
                .map(entry -> chronology.corrected(entry.at()))
                .map(at -> at.bounded() ? at.wallMs() + at.errorMs() : at.wallMs())
                .orElse(Long.MAX_VALUE);
    }

    private long earliestMs(Span span, long seq) {
        return pages.from(span.epoch(), seq)
                .map(entry -> chronology.corrected(entry.at()))
                .map(at -> at.bounded() ? at.wallMs() - at.errorMs() : at.notBeforeMs())
                .orElse(Long.MAX_VALUE);
    }
}
