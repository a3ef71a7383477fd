package org.mingchu.gateway.keep.entry;

import org.mingchu.gateway.judge.LinkState;
import org.mingchu.gateway.judge.Progress;
import org.mingchu.gateway.judge.State;
import org.mingchu.gateway.keep.cbor.CborReader;
import org.mingchu.gateway.keep.cbor.CborWriter;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** The judge's state as a snapshot, {@code state} of journal.cddl. No entry and no leaf. */
public final class StateCodec {
    /** Counts the shapes of a snapshot; one of another shape is rebuilt from entries. */
    public static final int FORMAT = 4;

    private StateCodec() {}

    /** The state with what must be the same for it to be used again. */
    public static byte[] seal(State state, String program, String planHash) {
        var out = new CborWriter().mapStart();
        out.key(0).integer(FORMAT).key(1).text(program).key(2).text(planHash);
        write(out.key(3), state);
        return out.mapEnd().toBytes();
    }

    /**
     * The sealed state, unless another format, program or plan sealed it.
     *
     * @throws Cbor.Malformed or {@link Cbor.Unknown} when it cannot be read
     */
    public static Optional<State> unseal(byte[] bytes, String program, String planHash) {
        var in = new CborReader(bytes);
        in.mapStart();
        if (in.need(0).integer() != FORMAT
                || !in.need(1).text().equals(program)
                || !in.need(2).text().equals(planHash)) {
            return Optional.empty();
        }
        var state = read(in.need(3));
        in.mapEnd();
        in.end();
        return Optional.of(state);
    }

    /** How far a platform has a lane, {@code progress} of journal.cddl. */
    public static byte[] progress(Progress progress) {
        var out = new CborWriter().array(2).integer(progress.floor());
        PartCodec.list(out, progress.above(), PartCodec::range);
        return out.toBytes();
    }

    public static Progress progress(byte[] bytes) {
        var in = new CborReader(bytes);
        var rest = in.array(2);
        var progress = new Progress(in.integer(), PartCodec.list(in, PartCodec::range));
        in.skip(rest);
        return progress;
    }

    private static void write(CborWriter out, State state) {
        out.mapStart();
        out.key(0).text(state.epoch());
        out.key(1).integer(state.seq());
        PartCodec.maybe(out, 2, state.at(), PartCodec::moment);
        byName(out.key(3), state.heard(), StateCodec::heard);
        watches(out.key(4), state.watching());
        byName(out.key(5), state.links(), StateCodec::link);
        byName(out.key(6), state.doubts(), StateCodec::doubt);
        PartCodec.maybe(out, 7, state.silencedUntil(), PartCodec::moment);
        byName(out.key(8), state.traces(), TraceCodec::trace);
        byName(out.key(9), state.acts(), ActCodec::act);
        byName(out.key(10), state.services(), ActCodec::service);
        ActCodec.shelves(out.key(11), state.shelves());
        FoodCodec.food(out.key(20), state.food());
        DutyCodec.duties(out.key(21), state.duties());
        out.mapEnd();
    }

    private static State read(CborReader in) {
        in.mapStart();
        var epoch = in.need(0).text();
        var seq = in.need(1).integer();
        var at = PartCodec.maybe(in, 2, PartCodec::moment);
        var heard = byName(in.need(3), StateCodec::heard);
        var watching = watches(in.need(4));
        var links = byName(in.need(5), StateCodec::link);
        var doubts = byName(in.need(6), StateCodec::doubt);
        var silencedUntil = PartCodec.maybe(in, 7, PartCodec::moment);
        var traces = byName(in.need(8), TraceCodec::trace);
        var acts = byName(in.need(9), ActCodec::act);
        var services = byName(in.need(10), ActCodec::service);
        var shelves = ActCodec.shelves(in.need(11));
        var food = FoodCodec.food(in.need(20));
        var duties = DutyCodec.duties(in.need(21));
        in.mapEnd();
        return new State(
                epoch,
                seq,
                at,
                heard,
                traces,
                watching,
                links,
                doubts,
                acts,
                services,
                shelves,
                food,
                duties,
                silencedUntil);
    }

    private static void heard(CborWriter out, State.Heard heard) {
        out.mapStart();
        PartCodec.reading(out.key(0), heard.latest());
        PartCodec.moment(out.key(1), heard.at());
        out.key(2).integer(heard.seq());
        PartCodec.maybe(out, 3, heard.lastGood(), PartCodec::reading);
        PartCodec.maybe(out, 4, heard.lastGoodAt(), PartCodec::moment);
        out.mapEnd();
    }

    private static State.Heard heard(CborReader in) {
        in.mapStart();
        var heard =
                new State.Heard(
                        PartCodec.reading(in.need(0)),
                        PartCodec.moment(in.need(1)),
                        in.need(2).integer(),
                        PartCodec.maybe(in, 3, PartCodec::reading),
                        PartCodec.maybe(in, 4, PartCodec::moment));
        in.mapEnd();
        return heard;
    }

    private static void watches(CborWriter out, Map<State.Key, State.Watching> watches) {
        var sorted = new TreeMap<String, TreeMap<String, State.Watching>>();
        watches.forEach((key, watching) ->
                sorted.computeIfAbsent(key.subject(), _ -> new TreeMap<>())
                        .put(key.rule(), watching));
        byName(out, sorted, (o, rules) -> byName(o, rules, StateCodec::watching));
    }

    private static Map<State.Key, State.Watching> watches(CborReader in) {
        var watches = new HashMap<State.Key, State.Watching>();
        byName(in, i -> byName(i, StateCodec::watching))
                .forEach((subject, rules) ->
                        rules.forEach((rule, watching) ->
                                watches.put(new State.Key(subject, rule), watching)));
        return watches;
    }

    private static void watching(CborWriter out, State.Watching watching) {
        out.mapStart();
        PartCodec.maybe(out, 0, watching.pending(), StateCodec::pending);
        PartCodec.maybe(out, 1, watching.open(), StateCodec::open);
        PartCodec.maybe(out, 2, watching.returning(), StateCodec::pending);
        PartCodec.maybe(out, 3, watching.settling(), StateCodec::settling);
        out.mapEnd();
    }

    private static State.Watching watching(CborReader in) {
        in.mapStart();
        var watching =
                new State.Watching(
                        PartCodec.maybe(in, 0, StateCodec::pending),
                        PartCodec.maybe(in, 1, StateCodec::open),
                        PartCodec.maybe(in, 2, StateCodec::pending),
                        PartCodec.maybe(in, 3, StateCodec::settling));
        in.mapEnd();
        return watching;
    }

    private static void pending(CborWriter out, State.Pending pending) {
        out.array(5);
        PartCodec.moment(out, pending.since());
        PartCodec.moment(out, pending.begun());
        out.integer(pending.firstSeq()).integer(pending.lastSeq()).integer(pending.provenNs());
    }

    private static State.Pending pending(CborReader in) {
        var rest = in.array(5);
        var pending =
                new State.Pending(
                        PartCodec.moment(in),
                        PartCodec.moment(in),
                        in.integer(),
                        in.integer(),
                        in.integer());
        in.skip(rest);
        return pending;
    }

    private static void open(CborWriter out, State.Open open) {
        AlarmCodec.write(out.array(4), open.last());
        PartCodec.moment(out, open.raisedAt());
        PartCodec.moment(out, open.changedAt());
        PartCodec.moment(out, open.calledAt());
    }

    private static State.Open open(CborReader in) {
        var rest = in.array(4);
        var open =
                new State.Open(
                        AlarmCodec.read(in),
                        PartCodec.moment(in),
                        PartCodec.moment(in),
                        PartCodec.moment(in));
        in.skip(rest);
        return open;
    }

    private static void settling(CborWriter out, State.Settling settling) {
        AlarmCodec.write(out.array(2), settling.last());
        PartCodec.moment(out, settling.since());
    }

    private static State.Settling settling(CborReader in) {
        var rest = in.array(2);
        var settling = new State.Settling(AlarmCodec.read(in), PartCodec.moment(in));
        in.skip(rest);
        return settling;
    }

    private static void link(CborWriter out, State.LinkView link) {
        PartCodec.moment(out.array(3).text(link.state().word()).text(link.reason()), link.since());
    }

    private static State.LinkView link(CborReader in) {
        var rest = in.array(3);
        var link =
                new State.LinkView(
                        Codes.named(LinkState.values(), LinkState::word, in.text()),
                        in.text(),
                        PartCodec.moment(in));
        in.skip(rest);
        return link;
    }

    private static void doubt(CborWriter out, State.Doubt doubt) {
        out.mapStart();
        PartCodec.moment(out.key(0), doubt.from());
        PartCodec.maybe(out, 1, doubt.inRangeSince(), PartCodec::moment);
        PartCodec.moment(out.key(2), doubt.back());
        PartCodec.number(out, 3, doubt.beforeMilli());
        PartCodec.number(out, 4, doubt.afterMilli());
        out.key(5).truth(doubt.check());
        out.mapEnd();
    }

    private static State.Doubt doubt(CborReader in) {
        in.mapStart();
        var from = PartCodec.moment(in.need(0));
        var since = PartCodec.maybe(in, 1, PartCodec::moment);
        var doubt =
                new State.Doubt(
                        from,
                        PartCodec.moment(in.need(2)),
                        PartCodec.number(in, 3),
                        PartCodec.number(in, 4),
                        in.need(5).truth(),
                        since);
        in.mapEnd();
        return doubt;
    }

    /** A map as a list of pairs, sorted by name: an immutable map has no order of its own. */
    private static <T> void byName(
            CborWriter out, Map<String, T> map, BiConsumer<CborWriter, T> each) {
        var sorted = List.copyOf(new TreeMap<>(map).entrySet());
        PartCodec.list(
                out,
                sorted,
                (o, pair) -> each.accept(o.array(2).text(pair.getKey()), pair.getValue()));
    }

    private static <T> Map<String, T> byName(CborReader in, Function<CborReader, T> each) {
        var map = new HashMap<String, T>();
        var size = in.array();
        for (var i = 0; i < size; i++) {
            var rest = in.array(2);
            map.put(in.text(), each.apply(in));
            in.skip(rest);
        }
        return map;
    }
}
