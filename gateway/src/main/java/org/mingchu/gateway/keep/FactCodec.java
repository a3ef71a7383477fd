package org.mingchu.gateway.keep;

import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.LinkState;
import org.mingchu.sensors.Moment;

/** The bodies of entries, one per kind, as journal.cddl describes them. */
final class FactCodec {
    /** The highest kind this program knows. */
    static final int KINDS = 10;

    private FactCodec() {}

    /** The number of the fact's kind; for ever, never re-used. */
    static int kind(Fact fact) {
        return switch (fact) {
            case Fact.EpochBegan _ -> 1;
            case Fact.Started _ -> 2;
            case Fact.PlanChanged _ -> 3;
            case Fact.Round _ -> 4;
            case Fact.Alarm _ -> 5;
            case Fact.Acknowledged _ -> 6;
            case Fact.Silenced _ -> 7;
            case Fact.Link _ -> 8;
            case Fact.Delivered _ -> 9;
            case Fact.ClockSet _ -> 10;
        };
    }

    static void write(CborWriter out, Fact fact) {
        out.mapStart();
        switch (fact) {
            case Fact.EpochBegan f -> {
                PartCodec.maybe(out, 0, f.previous(), CborWriter::text);
                out.key(1).text(f.cause());
            }
            case Fact.Started f -> out.key(0).text(f.version()).key(1).truth(f.simulated());
            case Fact.PlanChanged f ->
                    out.key(0)
                            .text(f.siteSha256())
                            .key(1)
                            .text(f.rulePack())
                            .key(2)
                            .text(f.rulePackVersion())
                            .key(3)
                            .text(f.rulePackSha256());
            case Fact.Round f -> PartCodec.list(out.key(0), f.readings(), PartCodec::reading);
            case Fact.Alarm f -> AlarmCodec.write(out.key(0), f.event());
            case Fact.Acknowledged f -> {
                PartCodec.alarmId(out.key(0), f.alarm());
                PartCodec.person(out.key(1), f.person());
                PartCodec.maybe(out, 2, f.note(), CborWriter::text);
            }
            case Fact.Silenced f -> out.key(0).integer(f.forMs());
            case Fact.Link f ->
                    out.key(0)
                            .text(f.platform())
                            .key(1)
                            .text(f.state().word())
                            .key(2)
                            .text(f.reason());
            case Fact.Delivered f -> {
                out.key(0).text(f.platform());
                PartCodec.list(out.key(1), f.ranges(), PartCodec::range);
                PartCodec.list(out.key(2), f.rejected(), FactCodec::rejection);
            }
            case Fact.ClockSet f ->
                    error(
                            out.key(0).integer(Codes.of(f.state())).key(1).integer(f.offsetMs()),
                            2,
                            f.errorMs());
        }
        out.mapEnd();
    }

    static Fact read(CborReader in, long kind) {
        if (kind < 1 || kind > KINDS) {
            throw new Cbor.Unknown("kind " + kind);
        }
        in.mapStart();
        var fact =
                switch ((int) kind) {
                    case 1 -> epochBegan(in);
                    case 2 -> new Fact.Started(in.need(0).text(), in.need(1).truth());
                    case 3 -> planChanged(in);
                    case 4 -> new Fact.Round(PartCodec.list(in.need(0), PartCodec::reading));
                    case 5 -> new Fact.Alarm(AlarmCodec.read(in.need(0)));
                    case 6 -> acknowledged(in);
                    case 7 -> new Fact.Silenced(in.need(0).integer());
                    case 8 -> link(in);
                    case 9 -> delivered(in);
                    case 10 -> clockSet(in);
                    default -> throw new AssertionError("kind " + kind);
                };
        in.mapEnd();
        return fact;
    }

    private static Fact epochBegan(CborReader in) {
        return new Fact.EpochBegan(PartCodec.maybe(in, 0, CborReader::text), in.need(1).text());
    }

    private static Fact planChanged(CborReader in) {
        return new Fact.PlanChanged(
                in.need(0).text(), in.need(1).text(), in.need(2).text(), in.need(3).text());
    }

    private static Fact acknowledged(CborReader in) {
        return new Fact.Acknowledged(
                PartCodec.alarmId(in.need(0)),
                PartCodec.person(in.need(1)),
                PartCodec.maybe(in, 2, CborReader::text));
    }

    private static Fact link(CborReader in) {
        return new Fact.Link(
                in.need(0).text(),
                Codes.named(LinkState.values(), LinkState::word, in.need(1).text()),
                in.need(2).text());
    }

    private static Fact delivered(CborReader in) {
        return new Fact.Delivered(
                in.need(0).text(),
                PartCodec.list(in.need(1), PartCodec::range),
                PartCodec.list(in.need(2), FactCodec::rejection));
    }

    private static Fact clockSet(CborReader in) {
        return new Fact.ClockSet(PartCodec.clock(in.need(0)), in.need(1).integer(), error(in, 2));
    }

    private static void rejection(CborWriter out, Fact.Rejection rejection) {
        out.array(2).integer(rejection.seq()).text(rejection.reason());
    }

    private static Fact.Rejection rejection(CborReader in) {
        var rest = in.array(2);
        var rejection = new Fact.Rejection(in.integer(), in.text());
        in.skip(rest);
        return rejection;
    }

    /** An error bound in milliseconds; no key when nobody knows one. */
    static void error(CborWriter out, int key, long errorMs) {
        if (errorMs != Moment.ERROR_UNKNOWN_MS) {
            out.key(key).integer(errorMs);
        }
    }

    static long error(CborReader in, int key) {
        return in.at(key) ? in.integer() : Moment.ERROR_UNKNOWN_MS;
    }
}
