package org.mingchu.simulator.check.export;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Check 5, and that epochs name each other: what needs all epochs of an export. One thread. */
final class LossChecks {
    private final List<EpochCheck> epochs;
    private final Consumer<Problem> problems;
    private final List<EntryRead.Gap> told = new ArrayList<>();

    LossChecks(List<EpochCheck> epochs, Consumer<Problem> problems) {
        this.epochs = epochs;
        this.problems = problems;
        for (var epoch : epochs) {
            epoch.sound().forEach(entry -> entry.gap().ifPresent(told::add));
        }
    }

    /**
     * Every epoch after the first names one before it; so does the first of an export that calls
     * itself whole, when there was one.
     */
    void chain(Manifest manifest) {
        Set<String> gapped = new HashSet<>();
        told.forEach(gap -> gapped.add(gap.epoch()));
        for (int i = 0; i < epochs.size(); i++) {
            var epoch = epochs.get(i);
            var first = epoch.entry(1);
            if (first.isEmpty()) {
                continue;
            }
            var file = epoch.epoch().id() + "/entries.cbor";
            var before = i == 0 ? Optional.<String>empty() : Optional.of(before(i));
            var previous = first.get().previous();
            if (!first.get().isEpochBegan()) {
                problems.accept(
                        Problem.at(epoch.epoch().id(), 1, 1, file, "not the birth of the epoch"));
            } else if (before.isEmpty()
                    && manifest.whole()
                    && previous.filter(of -> !gapped.contains(of)).isPresent()) {
                problems.accept(
                        Problem.at(
                                epoch.epoch().id(),
                                1,
                                1,
                                file,
                                "it names epoch %s, which is not contained"
                                        .formatted(previous.get())));
            } else if (before.isPresent()
                    && !previous.equals(before)
                    && previous.filter(gapped::contains).isEmpty()) {
                problems.accept(
                        Problem.at(
                                epoch.epoch().id(),
                                1,
                                1,
                                file,
                                "it does not follow epoch " + before.get()));
            }
        }
    }

    private String before(int i) {
        return epochs.get(i - 1).epoch().id();
    }

    /** What is gone and accounted for; the rest is told as missing. */
    List<EntryRead.Gap> gaps(EpochCheck check) {
        var epoch = check.epoch();
        var runs = new ArrayList<EntryRead.Gap>();
        for (long seq = epoch.from(); seq <= epoch.to(); seq++) {
            if (!check.tree().isPresent(seq)) {
                add(runs, epoch.id(), seq, cause(epoch.id(), seq));
            }
        }
        var accounted = new ArrayList<EntryRead.Gap>();
        for (var run : runs) {
            if (run.cause().equals(MISSING_UNTOLD)) {
                problems.accept(
                        Problem.at(
                                epoch.id(),
                                run.from(),
                                run.to(),
                                epoch.id() + "/entries.cbor",
                                "missing: no gap says that they are gone"));
            } else {
                accounted.add(run);
            }
        }
        counts(check);
        return List.copyOf(accounted);
    }

    /** Where gaps give a number, no more may be gone than all that overlap say together. */
    private void counts(EpochCheck check) {
        var id = check.epoch().id();
        var ofEpoch = told.stream().filter(gap -> gap.epoch().equals(id)).distinct().toList();
        var whole = ofEpoch.stream().filter(EntryRead.Gap::isWhole).toList();
        var numbered =
                ofEpoch.stream()
                        .filter(gap -> !gap.isWhole())
                        .sorted(Comparator.comparingLong(EntryRead.Gap::from))
                        .toList();
        for (int i = 0; i < numbered.size(); ) {
            var from = numbered.get(i).from();
            var to = numbered.get(i).to();
            long may = numbered.get(i).count();
            for (i++; i < numbered.size() && numbered.get(i).from() <= to; i++) {
                to = Math.max(to, numbered.get(i).to());
                may += numbered.get(i).count();
            }
            count(check, whole, new EntryRead.Gap(id, from, to, "", "", may));
        }
    }

    private void count(EpochCheck check, List<EntryRead.Gap> whole, EntryRead.Gap numbered) {
        var from = Math.max(numbered.from(), check.epoch().from());
        var to = Math.min(numbered.to(), check.epoch().to());
        long gone = 0;
        for (long seq = from; seq <= to; seq++) {
            var at = seq;
            if (!check.tree().isPresent(at) && whole.stream().noneMatch(gap -> gap.speaksOf(at))) {
                gone++;
            }
        }
        if (gone > numbered.count()) {
            problems.accept(
                    Problem.somewhere(
                            numbered.epoch(),
                            from,
                            to,
                            numbered.epoch() + "/entries.cbor",
                            "missing: %d are gone and the gaps say %d"
                                    .formatted(gone, numbered.count())));
        }
    }

    /** No cause of a gap; what nobody has told. */
    private static final String MISSING_UNTOLD = "\u0000";

    /** That something is not proven is excused by a loss that the record tells of, no thinning. */
    void unproven(EpochCheck check) {
        var epoch = check.epoch();
        if (!epoch.isWhole()
                && told.stream()
                        .noneMatch(gap ->
                                gap.epoch().equals(epoch.id()) && !gap.cause().equals("thinned"))) {
            var runs = epoch.withoutProof();
            var at = runs.isEmpty() ? epoch.size() : runs.getFirst().from();
            problems.accept(
                    Problem.somewhere(
                            epoch.id(),
                            at,
                            runs.isEmpty() ? at : runs.getFirst().to(),
                            Manifest.NAME,
                            "not proven, and no gap tells of a loss"));
        }
    }

    private String cause(String epoch, long seq) {
        return told.stream()
                .filter(gap -> gap.epoch().equals(epoch))
                .filter(gap -> gap.from() <= seq && seq <= gap.to())
                .map(EntryRead.Gap::cause)
                .findFirst()
                .orElse(MISSING_UNTOLD);
    }

    private static void add(List<EntryRead.Gap> runs, String epoch, long seq, String cause) {
        if (!runs.isEmpty()
                && runs.getLast().to() == seq - 1
                && runs.getLast().cause().equals(cause)) {
            var run = runs.removeLast();
            runs.add(new EntryRead.Gap(epoch, run.from(), seq, cause));
        } else {
            runs.add(new EntryRead.Gap(epoch, seq, seq, cause));
        }
    }
}
