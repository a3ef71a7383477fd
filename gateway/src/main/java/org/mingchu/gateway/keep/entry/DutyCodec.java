package org.mingchu.gateway.keep.entry;

import org.mingchu.config.Priority;
import org.mingchu.gateway.judge.AlarmId;
import org.mingchu.gateway.judge.Duties;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Remedy;
import org.mingchu.gateway.keep.cbor.CborReader;
import org.mingchu.gateway.keep.cbor.CborWriter;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What people have done about alarms, in entries and in a snapshot. */
final class DutyCodec {
    private DutyCodec() {}

    static void remedy(CborWriter out, Remedy remedy) {
        out.mapStart();
        out.key(0).text(remedy.cause().word()).key(1).text(remedy.action().word());
        out.key(2).text(remedy.fate().word());
        PartCodec.number(out, 3, remedy.grams());
        PartCodec.maybe(out, 4, remedy.movedTo(), CborWriter::text);
        out.key(5).text(remedy.note());
        PartCodec.number(out, 6, remedy.againMilli());
        out.mapEnd();
    }

    static Remedy remedy(CborReader in) {
        in.mapStart();
        // The arguments stand in the order of the keys, and Java evaluates them in that order.
        var remedy =
                new Remedy(
                        Codes.named(Remedy.Cause.values(), Remedy.Cause::word, in.need(0).text()),
                        Codes.named(Remedy.Action.values(), Remedy.Action::word, in.need(1).text()),
                        Codes.named(Remedy.Fate.values(), Remedy.Fate::word, in.need(2).text()),
                        PartCodec.number(in, 3),
                        PartCodec.maybe(in, 4, CborReader::text),
                        in.need(5).text(),
                        PartCodec.number(in, 6));
        in.mapEnd();
        return remedy;
    }

    static void duties(CborWriter out, Duties duties) {
        out.mapStart();
        cases(out.key(0), duties.cases());
        PartCodec.maybe(out, 1, duties.reviewed(), PartCodec::moment);
        PartCodec.maybe(out, 2, duties.tested(), DutyCodec::test);
        byHand(out.key(3), duties.byHand());
        out.mapEnd();
    }

    static Duties duties(CborReader in) {
        in.mapStart();
        var duties =
                new Duties(
                        cases(in.need(0)),
                        PartCodec.maybe(in, 1, PartCodec::moment),
                        PartCodec.maybe(in, 2, DutyCodec::test),
                        byHand(in.need(3)));
        in.mapEnd();
        return duties;
    }

    /** In the order of their ids: an immutable map has none of its own. */
    private static void cases(CborWriter out, Map<AlarmId, Duties.Case> cases) {
        var sorted =
                cases.entrySet().stream()
                        .sorted(Comparator.comparing(entry -> entry.getKey().toString()))
                        .toList();
        PartCodec.list(
                out,
                List.copyOf(sorted),
                (o, entry) -> {
                    PartCodec.alarmId(o.array(2), entry.getKey());
                    one(o, entry.getValue());
                });
    }

    private static Map<AlarmId, Duties.Case> cases(CborReader in) {
        var cases = new HashMap<AlarmId, Duties.Case>();
        for (var left = in.array(); left > 0; left--) {
            var rest = in.array(2);
            cases.put(PartCodec.alarmId(in), one(in));
            in.skip(rest);
        }
        return cases;
    }

    private static void one(CborWriter out, Duties.Case one) {
        out.mapStart();
        out.key(0).text(one.subject());
        PartCodec.maybe(out, 1, one.unit(), CborWriter::text);
        out.key(2).text(one.rule()).key(3).text(one.priority().word());
        PartCodec.moment(out.key(4), one.since());
        PartCodec.maybe(out, 5, one.gone(), PartCodec::moment);
        PartCodec.maybe(out, 6, one.done(), DutyCodec::done);
        out.key(7).truth(one.verified()).key(8).truth(one.told());
        out.mapEnd();
    }

    private static Duties.Case one(CborReader in) {
        in.mapStart();
        var one =
                new Duties.Case(
                        in.need(0).text(),
                        PartCodec.maybe(in, 1, CborReader::text),
                        in.need(2).text(),
                        Codes.named(Priority.values(), Priority::word, in.need(3).text()),
                        PartCodec.moment(in.need(4)),
                        PartCodec.maybe(in, 5, PartCodec::moment),
                        PartCodec.maybe(in, 6, DutyCodec::done),
                        in.need(7).truth(),
                        in.need(8).truth());
        in.mapEnd();
        return one;
    }

    private static void done(CborWriter out, Duties.Done done) {
        remedy(out.array(3), done.remedy());
        PartCodec.person(out, done.person());
        PartCodec.moment(out, done.at());
    }

    private static Duties.Done done(CborReader in) {
        var rest = in.array(3);
        var done = new Duties.Done(remedy(in), PartCodec.person(in), PartCodec.moment(in));
        in.skip(rest);
        return done;
    }

    private static void byHand(CborWriter out, Map<String, Duties.ByHand> byHand) {
        PartCodec.list(
                out,
                List.copyOf(new TreeMap<>(byHand).entrySet()),
                (o, entry) -> {
                    o.array(4).text(entry.getKey()).integer(entry.getValue().milli());
                    PartCodec.person(o, entry.getValue().person());
                    PartCodec.moment(o, entry.getValue().at());
                });
    }

    private static Map<String, Duties.ByHand> byHand(CborReader in) {
        var byHand = new HashMap<String, Duties.ByHand>();
        for (var left = in.array(); left > 0; left--) {
            var rest = in.array(4);
            var unit = in.text();
            byHand.put(
                    unit,
                    new Duties.ByHand(in.integer(), PartCodec.person(in), PartCodec.moment(in)));
            in.skip(rest);
        }
        return byHand;
    }

    static void step(CborWriter out, Fact.Step step) {
        out.array(4).text(step.check()).text(step.of()).text(step.result().word()).text(step.why());
    }

    static Fact.Step step(CborReader in) {
        var rest = in.array(4);
        var step =
                new Fact.Step(
                        in.text(),
                        in.text(),
                        Codes.named(Fact.Result.values(), Fact.Result::word, in.text()),
                        in.text());
        in.skip(rest);
        return step;
    }

    private static void test(CborWriter out, Duties.BuzzerTest test) {
        PartCodec.moment(out.array(2).truth(test.heard()), test.at());
    }

    private static Duties.BuzzerTest test(CborReader in) {
        var rest = in.array(2);
        var test = new Duties.BuzzerTest(in.truth(), PartCodec.moment(in));
        in.skip(rest);
        return test;
    }
}
