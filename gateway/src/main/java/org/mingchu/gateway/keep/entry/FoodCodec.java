package org.mingchu.gateway.keep.entry;

import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Food;
import org.mingchu.gateway.judge.FoodClock;
import org.mingchu.gateway.judge.State;
import org.mingchu.gateway.keep.cbor.Cbor;
import org.mingchu.gateway.keep.cbor.CborReader;
import org.mingchu.gateway.keep.cbor.CborWriter;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The clocks over food and dishes, {@code food} of journal.cddl. */
final class FoodCodec {
    private static final int COUNT = 0;
    private static final int COOL = 1;
    private static final int RUN = 2;
    private static final int STILL = 3;

    private FoodCodec() {}

    static void food(CborWriter out, Food food) {
        var clocks =
                food.clocks().entrySet().stream()
                        .sorted(
                                Comparator.comparing((Map.Entry<State.Key, FoodClock> e) ->
                                                e.getKey().subject())
                                        .thenComparing(e -> e.getKey().rule()))
                        .toList();
        out.mapStart();
        PartCodec.list(
                out.key(0),
                List.copyOf(clocks),
                (o, e) ->
                        clock(
                                o.array(3).text(e.getKey().subject()).text(e.getKey().rule()),
                                e.getValue()));
        PartCodec.list(
                out.key(1),
                List.copyOf(new TreeMap<>(food.batches()).entrySet()),
                (o, e) -> batch(o.array(5).text(e.getKey()), e.getValue()));
        out.mapEnd();
    }

    static Food food(CborReader in) {
        in.mapStart();
        var clocks = new HashMap<State.Key, FoodClock>();
        var batches = new HashMap<String, Food.Batch>();
        in.need(0);
        for (var left = in.array(); left > 0; left--) {
            var rest = in.array(3);
            var key = new State.Key(in.text(), in.text());
            clocks.put(key, clock(in));
            in.skip(rest);
        }
        in.need(1);
        for (var left = in.array(); left > 0; left--) {
            var rest = in.array(5);
            batches.put(in.text(), batch(in));
            in.skip(rest);
        }
        in.mapEnd();
        return new Food(clocks, batches);
    }

    private static void batch(CborWriter out, Food.Batch batch) {
        PartCodec.moment(out.text(batch.subject()), batch.begun());
        PartCodec.person(out, batch.person());
        PartCodec.list(
                out,
                List.copyOf(new TreeMap<>(batch.clocks()).entrySet()),
                (o, e) -> clock(o.array(2).text(e.getKey()), e.getValue()));
    }

    private static Food.Batch batch(CborReader in) {
        var subject = in.text();
        var begun = PartCodec.moment(in);
        var person = PartCodec.person(in);
        var clocks = new HashMap<String, FoodClock>();
        for (var left = in.array(); left > 0; left--) {
            var rest = in.array(2);
            clocks.put(in.text(), clock(in));
            in.skip(rest);
        }
        return new Food.Batch(subject, begun, person, clocks);
    }

    private static void clock(CborWriter out, FoodClock clock) {
        out.mapStart();
        switch (clock) {
            case FoodClock.Count c -> count(out.key(0).integer(COUNT), c);
            case FoodClock.Cool c -> cool(out.key(0).integer(COOL), c);
            case FoodClock.Run r -> run(out.key(0).integer(RUN), r);
            case FoodClock.Still(var recent, var leapedAt) -> {
                PartCodec.list(out.key(0).integer(STILL).key(1), recent, FoodCodec::taken);
                PartCodec.maybe(out, 2, leapedAt, PartCodec::moment);
            }
        }
        out.mapEnd();
    }

    private static FoodClock clock(CborReader in) {
        in.mapStart();
        var kind = in.need(0).integer();
        // The arguments stand in the order of the keys, and Java evaluates them in that order.
        var clock =
                switch ((int) kind) {
                    case COUNT -> count(in);
                    case COOL -> cool(in);
                    case RUN -> run(in);
                    case STILL ->
                            new FoodClock.Still(
                                    PartCodec.list(in.need(1), FoodCodec::taken),
                                    PartCodec.maybe(in, 2, PartCodec::moment));
                    default -> throw new Cbor.Unknown("food clock " + kind);
                };
        in.mapEnd();
        return clock;
    }

    private static void count(CborWriter out, FoodClock.Count count) {
        PartCodec.moment(out.key(1), count.at());
        out.key(2).truth(count.counting()).key(3).integer(count.ownNs());
        unseen(out.key(4).integer(count.coldNs()).key(5), count.unseen());
        PartCodec.list(
                out.key(6), count.spans(), (o, s) -> o.array(2).integer(s.endNs()).integer(s.ns()));
        PartCodec.list(out.key(7), count.holes(), FoodCodec::hole);
    }

    private static void hole(CborWriter out, FoodClock.Hole hole) {
        PartCodec.moment(out.array(4), hole.from());
        out.integer(hole.fromNs()).integer(hole.ns()).truth(hole.counting());
    }

    private static FoodClock.Hole hole(CborReader in) {
        var rest = in.array(4);
        var hole = new FoodClock.Hole(PartCodec.moment(in), in.integer(), in.integer(), in.truth());
        in.skip(rest);
        return hole;
    }

    private static FoodClock count(CborReader in) {
        return new FoodClock.Count(
                PartCodec.moment(in.need(1)),
                in.need(2).truth(),
                in.need(3).integer(),
                in.need(4).integer(),
                unseen(in.need(5)),
                PartCodec.list(in.need(6), FoodCodec::span),
                PartCodec.maybe(in, 7, i -> PartCodec.list(i, FoodCodec::hole)).orElse(List.of()));
    }

    private static FoodClock.Span span(CborReader in) {
        var rest = in.array(2);
        var span = new FoodClock.Span(in.integer(), in.integer());
        in.skip(rest);
        return span;
    }

    private static void cool(CborWriter out, FoodClock.Cool cool) {
        PartCodec.moment(out.key(1), cool.at());
        out.key(2).integer(cool.ownNs()).key(3).integer(cool.leg()).key(4).integer(cool.legNs());
        unseen(out.key(5).truth(cool.failed()).key(6).truth(cool.late()).key(7), cool.unseen());
        PartCodec.list(
                out.key(8), cool.curve(), (o, p) -> o.array(2).integer(p.ns()).integer(p.milli()));
    }

    private static FoodClock cool(CborReader in) {
        return new FoodClock.Cool(
                PartCodec.moment(in.need(1)),
                in.need(2).integer(),
                in.need(3).integer(),
                in.need(4).integer(),
                in.need(5).truth(),
                in.need(6).truth(),
                unseen(in.need(7)),
                PartCodec.list(in.need(8), FoodCodec::point));
    }

    private static FoodClock.Point point(CborReader in) {
        var rest = in.array(2);
        var point = new FoodClock.Point(in.integer(), in.integer());
        in.skip(rest);
        return point;
    }

    private static void run(CborWriter out, FoodClock.Run run) {
        PartCodec.maybe(out, 1, run.going(), FoodCodec::going);
        PartCodec.maybe(out, 2, run.ended(), FoodCodec::cycle);
        PartCodec.maybe(out, 3, run.passedAt(), PartCodec::moment);
        out.key(4).truth(run.failed());
    }

    private static FoodClock run(CborReader in) {
        return new FoodClock.Run(
                PartCodec.maybe(in, 1, FoodCodec::going),
                PartCodec.maybe(in, 2, FoodCodec::cycle),
                PartCodec.maybe(in, 3, PartCodec::moment),
                in.need(4).truth());
    }

    private static void going(CborWriter out, FoodClock.Going going) {
        out.mapStart();
        PartCodec.moment(out.key(0), going.begun());
        PartCodec.moment(out.key(1), going.at());
        PartCodec.maybe(out, 2, going.hold(), FoodCodec::hold);
        PartCodec.maybe(out, 3, going.best(), FoodCodec::hold);
        unseen(out.key(4).integer(going.maxMilli()).key(5), going.unseen());
        out.mapEnd();
    }

    private static FoodClock.Going going(CborReader in) {
        in.mapStart();
        var going =
                new FoodClock.Going(
                        PartCodec.moment(in.need(0)),
                        PartCodec.moment(in.need(1)),
                        PartCodec.maybe(in, 2, FoodCodec::hold),
                        PartCodec.maybe(in, 3, FoodCodec::hold),
                        in.need(4).integer(),
                        unseen(in.need(5)));
        in.mapEnd();
        return going;
    }

    private static void hold(CborWriter out, FoodClock.Hold hold) {
        out.array(2).integer(hold.ns()).integer(hold.minMilli());
    }

    private static FoodClock.Hold hold(CborReader in) {
        var rest = in.array(2);
        var hold = new FoodClock.Hold(in.integer(), in.integer());
        in.skip(rest);
        return hold;
    }

    static void cycle(CborWriter out, FoodClock.Cycle cycle) {
        PartCodec.moment(out.array(7), cycle.begun());
        out.integer(cycle.lengthNs()).integer(cycle.heldNs());
        unseen(out.integer(cycle.minMilli()).integer(cycle.maxMilli()), cycle.unseen());
        out.truth(cycle.passed());
    }

    static FoodClock.Cycle cycle(CborReader in) {
        var rest = in.array(7);
        var cycle =
                new FoodClock.Cycle(
                        PartCodec.moment(in),
                        in.integer(),
                        in.integer(),
                        in.integer(),
                        in.integer(),
                        unseen(in),
                        in.truth());
        in.skip(rest);
        return cycle;
    }

    private static void taken(CborWriter out, FoodClock.Taken taken) {
        PartCodec.moment(out.array(2), taken.at());
        out.integer(taken.milli());
    }

    private static FoodClock.Taken taken(CborReader in) {
        var rest = in.array(2);
        var taken = new FoodClock.Taken(PartCodec.moment(in), in.integer());
        in.skip(rest);
        return taken;
    }

    private static void unseen(CborWriter out, FoodClock.Unseen unseen) {
        out.array(2).integer(unseen.ns()).integer(unseen.lost());
    }

    private static FoodClock.Unseen unseen(CborReader in) {
        var rest = in.array(2);
        var unseen = new FoodClock.Unseen(in.integer(), in.integer());
        in.skip(rest);
        return unseen;
    }

    static void earlier(CborWriter out, Fact.Earlier earlier) {
        out.array(3).integer(earlier.agoMs()).integer(earlier.milli()).truth(earlier.proven());
    }

    static Fact.Earlier earlier(CborReader in) {
        var rest = in.array(3);
        var earlier = new Fact.Earlier(in.integer(), in.integer(), in.truth());
        in.skip(rest);
        return earlier;
    }

    static void finding(CborWriter out, Fact.Finding finding) {
        out.array(4).text(finding.rule()).text(finding.outcome().word()).integer(finding.ns());
        unseen(out, finding.unseen());
    }

    static Fact.Finding finding(CborReader in) {
        var rest = in.array(4);
        var finding =
                new Fact.Finding(
                        in.text(),
                        Codes.named(Fact.Outcome.values(), Fact.Outcome::word, in.text()),
                        in.integer(),
                        unseen(in));
        in.skip(rest);
        return finding;
    }
}
