package org.mingchu.gateway.keep.entry;

import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.keep.cbor.CborReader;
import org.mingchu.gateway.keep.cbor.CborWriter;

/** How a drill went, and what a commissioning protocol says, in entries. */
final class DrillCodec {
    private DrillCodec() {}

    static void ran(CborWriter out, Fact.Ran ran) {
        out.mapStart();
        PartCodec.maybe(out, 0, ran.alarm(), PartCodec::alarmId);
        PartCodec.moment(out.key(1), ran.asked());
        PartCodec.list(out.key(2), ran.hops(), DrillCodec::hop);
        out.mapEnd();
    }

    static Fact.Ran ran(CborReader in) {
        in.mapStart();
        var ran =
                new Fact.Ran(
                        PartCodec.maybe(in, 0, PartCodec::alarmId),
                        PartCodec.moment(in.need(1)),
                        PartCodec.list(in.need(2), DrillCodec::hop));
        in.mapEnd();
        return ran;
    }

    private static void hop(CborWriter out, Fact.Hop hop) {
        out.mapStart();
        out.key(0).text(hop.hop()).key(1).text(hop.of()).key(2).text(hop.result().word());
        PartCodec.number(out, 3, hop.afterMs());
        out.key(4).text(hop.why());
        out.mapEnd();
    }

    private static Fact.Hop hop(CborReader in) {
        in.mapStart();
        var hop =
                new Fact.Hop(
                        in.need(0).text(),
                        in.need(1).text(),
                        Codes.named(Fact.Result.values(), Fact.Result::word, in.need(2).text()),
                        PartCodec.number(in, 3),
                        in.need(4).text());
        in.mapEnd();
        return hop;
    }

    static void item(CborWriter out, Fact.Item item) {
        out.array(2).text(item.name()).text(item.value());
    }

    static Fact.Item item(CborReader in) {
        var rest = in.array(2);
        var item = new Fact.Item(in.text(), in.text());
        in.skip(rest);
        return item;
    }
}
