package org.mingchu.gateway.keep;

import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.GapCause;
import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.judge.SeqRange;
import org.mingchu.gateway.keep.cbor.Cbor;
import org.mingchu.gateway.keep.pack.Head;
import org.mingchu.gateway.keep.proof.Tree;
import org.mingchu.gateway.keep.store.Hour;
import org.mingchu.gateway.keep.store.NodeRow;
import org.mingchu.gateway.keep.store.Pos;
import org.mingchu.gateway.keep.store.Store;
import org.mingchu.sensors.Moment;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Chooses which hours of raw readings go when there is no room: those older than their period that
 * the platforms have, then those older that they have not, then younger ones in the same order.
 * What is held never goes, nor does anything but rounds. One thread.
 */
final class Thinning {
    /** How often is looked whether there is too much. */
    static final Duration EVERY = Duration.ofMinutes(1);

    /** Readings of the last two days stay whatever the budget says: an incident may just begin. */
    static final Duration YOUNGEST = Duration.ofDays(2);

    /** Hours dropped in one step, so that the watch over the kitchen never waits for it. */
    static final int STEP_HOURS = 24;

    /** Room inside the file that is made on a full disk: as much as the reserve gave. */
    static final long FREE_BYTES = Reserve.BYTES;

    /** Hours that cannot be dropped, because their head or leaves cannot be read. */
    private final Set<Long> unreadable = new HashSet<>();

    /**
     * One step: to be written in the commit that keeps its gap.
     *
     * @param gap what the record says of it
     * @param blocks positions of the blocks that go
     * @param nodes what is needed to prove the rest without them
     */
    record Step(Fact.Gap gap, List<Long> blocks, List<NodeRow> nodes) {}

    /** What the record is asked to give up. */
    record Question(
            Store store, Almanac almanac, Predicate<Hour> delivered, Moment now, Duration raw) {}

    /** The next step; empty when nothing may go. */
    Optional<Step> next(Question question) {
        Predicate<Hour> may =
                hour ->
                        hour.whole()
                                && !unreadable.contains(hour.pos())
                                && older(question, hour, YOUNGEST)
                                && !question.almanac.holds().meets(question.almanac.atMost(hour));
        Predicate<Hour> old = hour -> older(question, hour, question.raw);
        for (var choice :
                List.of(
                        may.and(old).and(question.delivered),
                        may.and(old),
                        may.and(question.delivered),
                        may)) {
            var run = run(question.almanac.hours(), choice);
            if (!run.isEmpty()) {
                return step(question, run);
            }
        }
        return Optional.empty();
    }

    private static boolean older(Question question, Hour hour, Duration age) {
        var now = question.now;
        if (now.boot().equals(hour.from().boot())) {
            return now.upNs() - hour.to().upNs() > age.toNanos();
        }
        return question.almanac.agoMs(hour, now) > age.toMillis();
    }

    /** The oldest hours that are chosen and stand side by side. */
    private static List<Hour> run(List<Hour> hours, Predicate<Hour> choice) {
        var run = new ArrayList<Hour>();
        for (var hour : hours) {
            if (run.size() == STEP_HOURS) {
                break;
            }
            var fits = run.isEmpty() || epochNo(run.getFirst()) == epochNo(hour);
            if (fits && choice.test(hour)) {
                run.add(hour);
            } else if (!run.isEmpty()) {
                break;
            }
        }
        return run;
    }

    private static int epochNo(Hour hour) {
        return Pos.epochNo(hour.pos());
    }

    private Optional<Step> step(Question question, List<Hour> chosen) {
        var seqs = new ArrayList<Long>();
        var blocks = new ArrayList<Long>();
        Optional<Moment> to = Optional.empty();
        for (var hour : chosen) {
            var head = head(question.store, hour);
            if (head.isEmpty()) {
                unreadable.add(hour.pos());
                break;
            }
            for (var i = 0; i < head.get().rounds(); i++) {
                seqs.add(head.get().seq(i));
            }
            blocks.add(hour.pos());
            to = Optional.of(head.get().at(head.get().rounds() - 1));
        }
        if (blocks.isEmpty()) {
            return Optional.empty();
        }
        var first = chosen.getFirst();
        var nodes = nodes(question, epochNo(first), seqs);
        if (nodes.isEmpty() && chosen.size() > 1) {
            return step(question, chosen.subList(0, 1));
        }
        if (nodes.isEmpty()) {
            unreadable.add(first.pos());
            return Optional.empty();
        }
        var gap =
                new Fact.Gap(
                        head(question.store, first).orElseThrow().epoch(),
                        Optional.of(Lane.READING),
                        new SeqRange(seqs.getFirst(), seqs.getLast()),
                        seqs.size(),
                        GapCause.THINNED,
                        Optional.of(first.from()),
                        to);
        return Optional.of(new Step(gap, blocks, nodes.get()));
    }

    private static Optional<Head> head(Store store, Hour hour) {
        try {
            return store.head(hour.pos()).map(Head::of);
        } catch (Cbor.Malformed | Cbor.Unknown e) {
            return Optional.empty();
        }
    }

    /** The largest perfect subtrees of what goes, cut where a tree was signed. */
    private static Optional<List<NodeRow>> nodes(Question question, int epochNo, List<Long> seqs) {
        var tree = new Tree(Evidence.hashes(question.store, epochNo));
        var nodes = new ArrayList<NodeRow>();
        for (var i = 0; i < seqs.size(); ) {
            var end = i + 1;
            while (end < seqs.size() && seqs.get(end) == seqs.get(end - 1) + 1) {
                end++;
            }
            var from = seqs.get(i) - 1;
            var to = seqs.get(end - 1);
            var cuts = new ArrayList<>(question.almanac.signedBetween(epochNo, from, to));
            cuts.add(to);
            for (var cut : cuts) {
                for (var node : Tree.cover(from, cut)) {
                    var hash = tree.hash(node);
                    if (hash.isEmpty()) {
                        return Optional.empty();
                    }
                    nodes.add(new NodeRow(epochNo, node.level(), node.index(), hash.get()));
                }
                from = cut;
            }
            i = end;
        }
        return Optional.of(nodes);
    }
}
