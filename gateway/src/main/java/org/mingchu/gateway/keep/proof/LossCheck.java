package org.mingchu.gateway.keep.proof;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Whether each entry that is gone is accounted for, check 5 of export.md. Pure. */
final class LossCheck {
    private LossCheck() {}

    /** The runs that are accounted for; the others are findings. */
    static List<Report.Gone> check(
            EpochCheck.Result epoch, List<EntryHead.Gap> allGaps, Findings findings) {
        var gaps =
                allGaps.stream()
                        .filter(gap -> gap.epoch().equals(epoch.span().epoch()))
                        .sorted(Comparator.comparingLong(EntryHead.Gap::from))
                        .toList();
        var accounted = new ArrayList<Report.Gone>();
        var at = 0;
        for (var run : epoch.gone()) {
            // Gaps that end before this run cannot matter to a later one either.
            while (at < gaps.size() && gaps.get(at).to() < run.from()) {
                at++;
            }
            account(epoch.span(), run, gaps.subList(at, gaps.size()), accounted, findings);
        }
        exceeded(epoch, gaps, findings);
        return accounted;
    }

    /** A gap that says how many are gone of its range accounts for no more than these. */
    private static void exceeded(
            EpochCheck.Result epoch, List<EntryHead.Gap> gaps, Findings findings) {
        var book = new GapBook();
        gaps.forEach(
                gap -> book.add(new Problem.Seqs(gap.from(), gap.to()), gap.count(), gap.lane()));
        book.excess(epoch.gone())
                .forEach((part, more) ->
                        findings.add(
                                Problem.somewhereIn(
                                        epoch.span().epoch(),
                                        Math.max(part.from(), epoch.span().from()),
                                        Math.min(part.to(), epoch.span().to()),
                                        epoch.span().epoch() + ExportFile.LEAVES,
                                        "missing: %d more are gone than the gap records say"
                                                .formatted(more))));
    }

    private static void account(
            Span span,
            Problem.Seqs run,
            List<EntryHead.Gap> gaps,
            List<Report.Gone> accounted,
            Findings findings) {
        var next = run.from();
        for (var gap : gaps) {
            if (next > run.to() || gap.from() > run.to()) {
                break;
            }
            if (gap.from() > next) {
                missing(span, next, gap.from() - 1, findings);
                next = gap.from();
            }
            if (gap.to() >= next) {
                var to = Math.min(gap.to(), run.to());
                accounted.add(new Report.Gone(new Problem.Seqs(next, to), gap.cause()));
                next = to + 1;
            }
        }
        if (next <= run.to()) {
            missing(span, next, run.to(), findings);
        }
    }

    private static void missing(Span span, long from, long to, Findings findings) {
        findings.add(
                Problem.at(
                        span.epoch(),
                        from,
                        to,
                        span.epoch() + ExportFile.LEAVES,
                        "missing: no gap record accounts for it"));
    }
}
