package org.mingchu.gateway.keep.entry;

import org.mingchu.gateway.judge.AccessEvent;
import org.mingchu.gateway.judge.Doing;
import org.mingchu.gateway.judge.EndCause;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.GapCause;
import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.judge.LinkState;
import org.mingchu.gateway.judge.StorageState;
import org.mingchu.gateway.keep.cbor.Cbor;
import org.mingchu.gateway.keep.cbor.CborReader;
import org.mingchu.gateway.keep.cbor.CborWriter;
import org.mingchu.sensors.Moment;

import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

/** The bodies of entries, one per kind, as journal.cddl describes them. */
final class FactCodec {
    /** The highest kind of the first row. */
    private static final int KINDS = 38;

    /**
     * The places of probes, what is said of food and dishes, and of lives and ends have a row of
     * their own.
     */
    private static final int FOOD_KINDS = 39;

    private static final int FOOD_KINDS_MAX = 45;

    private static final int ROUND = 4;

    private FactCodec() {}

    /** Every kind this program knows. */
    static IntStream kinds() {
        return IntStream.concat(
                IntStream.rangeClosed(1, KINDS), IntStream.rangeClosed(FOOD_KINDS, FOOD_KINDS_MAX));
    }

    private static boolean knows(long kind) {
        return (kind >= 1 && kind <= KINDS) || (kind >= FOOD_KINDS && kind <= FOOD_KINDS_MAX);
    }

    /** The number of the fact's kind; for ever, never re-used. */
    public static int kind(Fact fact) {
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
            case Fact.Gap _ -> 11;
            case Fact.CarriedAlarm _ -> 12;
            case Fact.CarriedCheckpoint _ -> 13;
            case Fact.Rekeyed(var original) ->
                    switch (original.fact().lane()) {
                        case READING -> 14;
                        case ALARM -> 15;
                        case NONE ->
                                throw new IllegalArgumentException(
                                        "what is never published is not kept twice");
                    };
            case Fact.Checkpointed _ -> 16;
            case Fact.Receipted _ -> 17;
            case Fact.HoldPlaced _ -> 18;
            case Fact.HoldReleased _ -> 19;
            case Fact.Corrected _ -> 20;
            case Fact.Storage _ -> 21;
            case Fact.Warmed _ -> 22;
            case Fact.Done _ -> 23;
            case Fact.Shelved _ -> 24;
            case Fact.Unshelved _ -> 25;
            case Fact.Serviced _ -> 26;
            case Fact.Checked _ -> 27;
            case Fact.Reset _ -> 28;
            case Fact.Access _ -> 29;
            case Fact.Relearned _ -> 30;
            case Fact.Remedied _ -> 31;
            case Fact.Verified _ -> 32;
            case Fact.Reviewed _ -> 33;
            case Fact.BuzzerTested _ -> 34;
            case Fact.HandRead _ -> 35;
            case Fact.SelfTested _ -> 36;
            case Fact.Drilled _ -> 37;
            case Fact.Commissioned _ -> 38;
            case Fact.PlacePictured _ -> 39;
            case Fact.BatchBegan _ -> 40;
            case Fact.BatchEnded _ -> 41;
            case Fact.BatchJudged _ -> 42;
            case Fact.Cycled _ -> 43;
            case Fact.Restarted _ -> 44;
            case Fact.Stopping _ -> 45;
        };
    }

    public static void write(CborWriter out, Fact fact) {
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
            case Fact.Gap f -> gap(out, f);
            case Fact.CarriedAlarm f -> {
                epoch(out.key(0), f.epoch()).key(1).integer(f.seq());
                AlarmCodec.write(out.key(2), f.event());
            }
            case Fact.CarriedCheckpoint f ->
                    epoch(out.key(0), f.epoch()).key(1).integer(f.seq()).key(2).text(f.note());
            case Fact.Rekeyed f ->
                    out.key(0).bytes(EntryCodec.encode(new CborWriter(), f.original()));
            case Fact.Checkpointed f -> out.key(0).text(f.note());
            case Fact.Receipted f -> out.key(0).text(f.platform()).key(1).text(f.note());
            case Fact.HoldPlaced f -> {
                out.key(0).text(f.id()).key(1).integer(f.fromMs()).key(2).integer(f.toMs());
                PartCodec.person(out.key(3).text(f.reason()).key(4), f.person());
            }
            case Fact.HoldReleased f ->
                    PartCodec.person(
                            out.key(0).text(f.id()).key(1).text(f.reason()).key(2), f.person());
            case Fact.Corrected f -> {
                epoch(out.key(0), f.epoch()).key(1).integer(f.seq()).key(2).text(f.text());
                PartCodec.person(out.key(3), f.person());
            }
            case Fact.Storage f -> out.key(0).text(f.state().word()).key(1).text(f.detail());
            case Fact.Warmed f ->
                    TraceCodec.warming(out.key(0).text(f.subject()).key(1), f.warming());
            case Fact.Done f -> {
                out.key(0).text(f.unit()).key(1).text(f.doing().word());
                out.key(2).integer(f.forMs()).key(3).integer(f.untilMs()).key(4).text(f.reason());
                PartCodec.maybe(out, 5, f.movedTo(), CborWriter::text);
                PartCodec.person(out.key(6), f.person());
            }
            case Fact.Shelved f -> {
                PartCodec.alarmId(out.key(0), f.alarm());
                out.key(1).integer(f.forMs()).key(2).truth(f.once()).key(3).text(f.reason());
                PartCodec.person(out.key(4), f.person());
            }
            case Fact.Unshelved f -> {
                PartCodec.alarmId(out.key(0), f.alarm());
                PartCodec.person(out.key(1), f.person());
            }
            case Fact.Serviced f -> {
                out.key(0).text(f.subject()).key(1).truth(f.out()).key(2).integer(f.dueMs());
                PartCodec.person(out.key(3).text(f.reason()).key(4), f.person());
            }
            case Fact.Reset f -> {
                PartCodec.alarmId(out.key(0), f.alarm());
                PartCodec.person(out.key(1), f.person());
                out.key(2).text(f.note());
            }
            case Fact.Access f ->
                    PartCodec.maybe(
                            out.key(0).text(f.event().word()), 1, f.person(), CborWriter::text);
            case Fact.Remedied f -> {
                PartCodec.alarmId(out.key(0), f.alarm());
                DutyCodec.remedy(out.key(1), f.remedy());
                PartCodec.person(out.key(2), f.person());
            }
            case Fact.Verified f -> {
                PartCodec.alarmId(out.key(0), f.alarm());
                PartCodec.person(out.key(1).text(f.note()).key(2), f.person());
            }
            case Fact.Reviewed f ->
                    PartCodec.person(
                            out.key(0).integer(f.cases()).key(1).truth(f.fine()).key(2),
                            f.person());
            case Fact.BuzzerTested f ->
                    PartCodec.maybe(out.key(0).truth(f.heard()), 1, f.person(), PartCodec::person);
            case Fact.HandRead f ->
                    PartCodec.person(
                            out.key(0).text(f.unit()).key(1).integer(f.milli()).key(2), f.person());
            case Fact.Restarted f -> out.key(0).text(f.cause().word()).key(1).text(f.detail());
            case Fact.Stopping f ->
                    out.key(0)
                            .text(f.stop().word())
                            .key(1)
                            .text(f.cause().word())
                            .key(2)
                            .text(f.detail());
            case Fact.SelfTested f -> {
                PartCodec.list(out.key(0), f.steps(), DutyCodec::step);
                PartCodec.person(out.key(1), f.person());
            }
            case Fact.Drilled f -> {
                PartCodec.maybe(out, 0, f.ran(), DrillCodec::ran);
                PartCodec.person(out.key(1), f.person());
            }
            case Fact.Commissioned f -> {
                out.key(0).bytes(HexFormat.of().parseHex(f.sha256())).key(1).text(f.language());
                PartCodec.list(out.key(2), f.items(), DrillCodec::item);
                PartCodec.person(out.key(3), f.person());
            }
            case Fact.PlacePictured f ->
                    PartCodec.person(
                            out.key(0)
                                    .text(f.sensor())
                                    .key(1)
                                    .text(f.sha256())
                                    .key(2)
                                    .integer(f.bytes())
                                    .key(3),
                            f.person());
            case Fact.BatchBegan f -> {
                PartCodec.person(
                        out.key(0).text(f.batch()).key(1).text(f.where()).key(2), f.person());
                if (f.agoMs() > 0) {
                    out.key(3).integer(f.agoMs());
                }
                if (!f.earlier().isEmpty()) {
                    PartCodec.list(out.key(4), f.earlier(), FoodCodec::earlier);
                }
            }
            case Fact.BatchEnded f ->
                    PartCodec.person(out.key(0).text(f.batch()).key(1), f.person());
            case Fact.BatchJudged f -> {
                out.key(0).text(f.batch()).key(1).text(f.subject());
                PartCodec.moment(out.key(2), f.begun());
                PartCodec.list(out.key(3), f.findings(), FoodCodec::finding);
            }
            case Fact.Cycled f ->
                    FoodCodec.cycle(
                            out.key(0).text(f.subject()).key(1).text(f.rule()).key(2), f.cycle());
            case Fact.Relearned f ->
                    PartCodec.person(
                            out.key(0).text(f.camera()).key(1).text(f.reason()).key(2), f.person());
            case Fact.Checked f ->
                    PartCodec.person(
                            out.key(0)
                                    .text(f.unit())
                                    .key(1)
                                    .truth(f.fit())
                                    .key(2)
                                    .text(f.note())
                                    .key(3),
                            f.person());
        }
        out.mapEnd();
    }

    /** The same, but of a round only what one subject says. */
    static Fact readRound(CborReader in, long kind, byte[] subject) {
        if (kind != ROUND) {
            return read(in, kind, false);
        }
        in.mapStart();
        var round = new Fact.Round(PartCodec.readingsOf(in.need(0), subject));
        in.mapEnd();
        return round;
    }

    public static Fact read(CborReader in, long kind, boolean mayHoldAnother) {
        if (!knows(kind)) {
            throw new Cbor.Unknown("kind " + kind);
        }
        in.mapStart();
        var fact =
                switch ((int) kind) {
                    case 1 -> epochBegan(in);
                    case 2 -> new Fact.Started(in.need(0).text(), in.need(1).truth());
                    case 3 -> planChanged(in);
                    case ROUND -> new Fact.Round(PartCodec.list(in.need(0), PartCodec::reading));
                    case 5 -> new Fact.Alarm(AlarmCodec.read(in.need(0)));
                    case 6 -> acknowledged(in);
                    case 7 -> new Fact.Silenced(in.need(0).integer());
                    case 8 -> link(in);
                    case 9 -> delivered(in);
                    case 10 -> clockSet(in);
                    case 11 -> gap(in);
                    case 12 ->
                            new Fact.CarriedAlarm(
                                    EntryCodec.epoch(in.need(0)),
                                    in.need(1).integer(),
                                    AlarmCodec.read(in.need(2)));
                    case 13 ->
                            new Fact.CarriedCheckpoint(
                                    EntryCodec.epoch(in.need(0)),
                                    in.need(1).integer(),
                                    in.need(2).text());
                    case 14, 15 -> rekeyed(in, mayHoldAnother);
                    case 16 -> new Fact.Checkpointed(in.need(0).text());
                    case 17 -> new Fact.Receipted(in.need(0).text(), in.need(1).text());
                    case 18 -> holdPlaced(in);
                    case 19 ->
                            new Fact.HoldReleased(
                                    in.need(0).text(),
                                    in.need(1).text(),
                                    PartCodec.person(in.need(2)));
                    case 20 -> corrected(in);
                    case 21 ->
                            new Fact.Storage(
                                    Codes.named(
                                            StorageState.values(),
                                            StorageState::word,
                                            in.need(0).text()),
                                    in.need(1).text());
                    case 22 -> new Fact.Warmed(in.need(0).text(), TraceCodec.warming(in.need(1)));
                    case 23 -> done(in);
                    case 24 ->
                            new Fact.Shelved(
                                    PartCodec.alarmId(in.need(0)),
                                    in.need(1).integer(),
                                    in.need(2).truth(),
                                    in.need(3).text(),
                                    PartCodec.person(in.need(4)));
                    case 25 ->
                            new Fact.Unshelved(
                                    PartCodec.alarmId(in.need(0)), PartCodec.person(in.need(1)));
                    case 26 ->
                            new Fact.Serviced(
                                    in.need(0).text(),
                                    in.need(1).truth(),
                                    in.need(2).integer(),
                                    in.need(3).text(),
                                    PartCodec.person(in.need(4)));
                    case 27 ->
                            new Fact.Checked(
                                    in.need(0).text(),
                                    in.need(1).truth(),
                                    in.need(2).text(),
                                    PartCodec.person(in.need(3)));
                    case 28 ->
                            new Fact.Reset(
                                    PartCodec.alarmId(in.need(0)),
                                    PartCodec.person(in.need(1)),
                                    in.need(2).text());
                    case 29 ->
                            new Fact.Access(
                                    Codes.named(
                                            AccessEvent.values(),
                                            AccessEvent::word,
                                            in.need(0).text()),
                                    PartCodec.maybe(in, 1, CborReader::text));
                    case 30 ->
                            new Fact.Relearned(
                                    in.need(0).text(),
                                    in.need(1).text(),
                                    PartCodec.person(in.need(2)));
                    case 31 ->
                            new Fact.Remedied(
                                    PartCodec.alarmId(in.need(0)),
                                    DutyCodec.remedy(in.need(1)),
                                    PartCodec.person(in.need(2)));
                    case 32 ->
                            new Fact.Verified(
                                    PartCodec.alarmId(in.need(0)),
                                    in.need(1).text(),
                                    PartCodec.person(in.need(2)));
                    case 33 ->
                            new Fact.Reviewed(
                                    in.need(0).integer(),
                                    in.need(1).truth(),
                                    PartCodec.person(in.need(2)));
                    case 34 ->
                            new Fact.BuzzerTested(
                                    in.need(0).truth(), PartCodec.maybe(in, 1, PartCodec::person));
                    case 35 ->
                            new Fact.HandRead(
                                    in.need(0).text(),
                                    in.need(1).integer(),
                                    PartCodec.person(in.need(2)));
                    case 36 ->
                            new Fact.SelfTested(
                                    PartCodec.list(in.need(0), DutyCodec::step),
                                    PartCodec.person(in.need(1)));
                    case 37 ->
                            new Fact.Drilled(
                                    PartCodec.maybe(in, 0, DrillCodec::ran),
                                    PartCodec.person(in.need(1)));
                    case 38 ->
                            new Fact.Commissioned(
                                    HexFormat.of().formatHex(in.need(0).bytes()),
                                    in.need(1).text(),
                                    PartCodec.list(in.need(2), DrillCodec::item),
                                    PartCodec.person(in.need(3)));
                    case 39 ->
                            new Fact.PlacePictured(
                                    in.need(0).text(),
                                    in.need(1).text(),
                                    in.need(2).integer(),
                                    PartCodec.person(in.need(3)));
                    case 40 ->
                            new Fact.BatchBegan(
                                    in.need(0).text(),
                                    in.need(1).text(),
                                    PartCodec.person(in.need(2)),
                                    PartCodec.number(in, 3).orElse(0),
                                    PartCodec.maybe(
                                                    in,
                                                    4,
                                                    i -> PartCodec.list(i, FoodCodec::earlier))
                                            .orElse(List.of()));
                    case 41 -> new Fact.BatchEnded(in.need(0).text(), PartCodec.person(in.need(1)));
                    case 42 ->
                            new Fact.BatchJudged(
                                    in.need(0).text(),
                                    in.need(1).text(),
                                    PartCodec.moment(in.need(2)),
                                    PartCodec.list(in.need(3), FoodCodec::finding));
                    case 43 ->
                            new Fact.Cycled(
                                    in.need(0).text(),
                                    in.need(1).text(),
                                    FoodCodec.cycle(in.need(2)));
                    case 44 -> new Fact.Restarted(endCause(in.need(0)), in.need(1).text());
                    case 45 ->
                            new Fact.Stopping(
                                    Codes.named(
                                            Fact.Stop.values(), Fact.Stop::word, in.need(0).text()),
                                    endCause(in.need(1)),
                                    in.need(2).text());
                    default -> throw new AssertionError("kind " + kind);
                };
        in.mapEnd();
        if (kind(fact) != kind) {
            throw new Cbor.Malformed("kind " + kind + " holds what is of kind " + kind(fact));
        }
        return fact;
    }

    private static EndCause endCause(CborReader in) {
        return Codes.named(EndCause.values(), EndCause::word, in.text());
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

    private static CborWriter epoch(CborWriter out, String epoch) {
        return out.bytes(HexFormat.of().parseHex(epoch));
    }

    private static void gap(CborWriter out, Fact.Gap gap) {
        epoch(out.key(0), gap.epoch());
        PartCodec.maybe(out, 1, gap.lost(), (o, lane) -> o.integer(Codes.of(lane)));
        PartCodec.range(out.key(2), gap.range());
        out.key(3).integer(gap.count()).key(4).text(gap.cause().word());
        PartCodec.maybe(out, 5, gap.from(), PartCodec::moment);
        PartCodec.maybe(out, 6, gap.to(), PartCodec::moment);
    }

    private static Fact gap(CborReader in) {
        return new Fact.Gap(
                EntryCodec.epoch(in.need(0)),
                PartCodec.maybe(in, 1, i -> Codes.numbered(Lane.values(), Codes::of, i.integer())),
                PartCodec.range(in.need(2)),
                in.need(3).integer(),
                Codes.named(GapCause.values(), GapCause::word, in.need(4).text()),
                PartCodec.maybe(in, 5, PartCodec::moment),
                PartCodec.maybe(in, 6, PartCodec::moment));
    }

    private static Fact rekeyed(CborReader in, boolean mayHoldAnother) {
        if (!mayHoldAnother) {
            throw new Cbor.Malformed("an entry kept again within one kept again");
        }
        return new Fact.Rekeyed(EntryCodec.decode(in.need(0).bytes(), false));
    }

    private static Fact holdPlaced(CborReader in) {
        return new Fact.HoldPlaced(
                in.need(0).text(),
                in.need(1).integer(),
                in.need(2).integer(),
                in.need(3).text(),
                PartCodec.person(in.need(4)));
    }

    private static Fact done(CborReader in) {
        return new Fact.Done(
                in.need(0).text(),
                Codes.named(Doing.values(), Doing::word, in.need(1).text()),
                in.need(2).integer(),
                in.need(3).integer(),
                in.need(4).text(),
                PartCodec.maybe(in, 5, CborReader::text),
                PartCodec.person(in.need(6)));
    }

    private static Fact corrected(CborReader in) {
        return new Fact.Corrected(
                EntryCodec.epoch(in.need(0)),
                in.need(1).integer(),
                in.need(2).text(),
                PartCodec.person(in.need(3)));
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
    public static void error(CborWriter out, int key, long errorMs) {
        if (errorMs != Moment.ERROR_UNKNOWN_MS) {
            out.key(key).integer(errorMs);
        }
    }

    public static long error(CborReader in, int key) {
        return in.at(key) ? in.integer() : Moment.ERROR_UNKNOWN_MS;
    }
}
