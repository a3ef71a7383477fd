package org.mingchu.gateway.keep.entry;

import org.mingchu.gateway.judge.AlarmId;
import org.mingchu.gateway.judge.Doing;
import org.mingchu.gateway.judge.State;
import org.mingchu.gateway.keep.cbor.CborReader;
import org.mingchu.gateway.keep.cbor.CborWriter;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What people's acts have changed, as a snapshot holds it. */
final class ActCodec {
    private ActCodec() {}

    static void act(CborWriter out, State.Act act) {
        out.mapStart();
        PartCodec.moment(out.key(0).text(act.doing().word()).key(1), act.begun());
        out.key(2).integer(act.forMs()).key(3).integer(act.untilMs()).key(4).text(act.reason());
        PartCodec.person(out.key(5), act.person());
        PartCodec.maybe(out, 6, act.ended(), PartCodec::moment);
        PartCodec.maybe(out, 7, act.inRangeSince(), PartCodec::moment);
        out.mapEnd();
    }

    static State.Act act(CborReader in) {
        in.mapStart();
        // The arguments stand in the order of the keys, and Java evaluates them in that order.
        var act =
                new State.Act(
                        Codes.named(Doing.values(), Doing::word, in.need(0).text()),
                        PartCodec.moment(in.need(1)),
                        in.need(2).integer(),
                        in.need(3).integer(),
                        in.need(4).text(),
                        PartCodec.person(in.need(5)),
                        PartCodec.maybe(in, 6, PartCodec::moment),
                        PartCodec.maybe(in, 7, PartCodec::moment));
        in.mapEnd();
        return act;
    }

    static void service(CborWriter out, State.Service service) {
        PartCodec.moment(out.array(4), service.since());
        PartCodec.person(out.integer(service.dueMs()).text(service.reason()), service.person());
    }

    static State.Service service(CborReader in) {
        var rest = in.array(4);
        var service =
                new State.Service(
                        PartCodec.moment(in), in.integer(), in.text(), PartCodec.person(in));
        in.skip(rest);
        return service;
    }

    /** In the order of their ids: an immutable map has none of its own. */
    static void shelves(CborWriter out, Map<AlarmId, State.Shelf> shelves) {
        var sorted =
                shelves.entrySet().stream()
                        .sorted(Comparator.comparing(entry -> entry.getKey().toString()))
                        .toList();
        PartCodec.list(
                out,
                List.copyOf(sorted),
                (o, entry) -> {
                    PartCodec.alarmId(o.array(4), entry.getKey());
                    PartCodec.moment(o, entry.getValue().since());
                    o.integer(entry.getValue().forMs()).truth(entry.getValue().once());
                });
    }

    static Map<AlarmId, State.Shelf> shelves(CborReader in) {
        var shelves = new HashMap<AlarmId, State.Shelf>();
        for (var left = in.array(); left > 0; left--) {
            var rest = in.array(4);
            shelves.put(
                    PartCodec.alarmId(in),
                    new State.Shelf(PartCodec.moment(in), in.integer(), in.truth()));
            in.skip(rest);
        }
        return shelves;
    }
}
