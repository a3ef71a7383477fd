package org.mingchu.gateway.keep.entry;

import org.mingchu.gateway.judge.Effort;
import org.mingchu.gateway.judge.Habit;
import org.mingchu.gateway.judge.Trace;
import org.mingchu.gateway.judge.Warming;
import org.mingchu.gateway.keep.cbor.CborReader;
import org.mingchu.gateway.keep.cbor.CborWriter;

import java.util.List;

/** The course of a temperature, {@code trace} of journal.cddl. */
final class TraceCodec {
    private TraceCodec() {}

    static void trace(CborWriter out, Trace trace) {
        out.mapStart();
        PartCodec.maybe(out, 0, trace.now(), TraceCodec::now);
        PartCodec.list(out.key(1), trace.warmings(), TraceCodec::warming);
        PartCodec.maybe(out, 2, trace.habit(), TraceCodec::habit);
        out.mapEnd();
    }

    static Trace trace(CborReader in) {
        in.mapStart();
        var trace =
                new Trace(
                        PartCodec.maybe(in, 0, TraceCodec::now),
                        PartCodec.list(in.need(1), TraceCodec::warming),
                        PartCodec.maybe(in, 2, TraceCodec::habit));
        in.mapEnd();
        return trace;
    }

    static void warming(CborWriter out, Warming warming) {
        PartCodec.moment(out.array(5), warming.begun());
        out.integer(warming.lengthNs()).integer(warming.riseNs()).integer(warming.peakMilli());
        numbers(out, warming.curve());
    }

    static Warming warming(CborReader in) {
        var rest = in.array(5);
        var warming =
                new Warming(
                        PartCodec.moment(in),
                        in.integer(),
                        in.integer(),
                        in.integer(),
                        numbers(in));
        in.skip(rest);
        return warming;
    }

    private static void habit(CborWriter out, Habit habit) {
        numbers(out.array(8), habit.low());
        numbers(out, habit.high());
        out.integer(habit.longestNs());
        out.integer(habit.shortestGapNs()).integer(habit.longestGapNs());
        PartCodec.list(out, habit.minutesOfDay(), (o, minute) -> o.integer(minute));
        PartCodec.moment(out.integer(habit.alike()), habit.last());
    }

    private static Habit habit(CborReader in) {
        var rest = in.array(8);
        var habit =
                new Habit(
                        numbers(in),
                        numbers(in),
                        in.integer(),
                        in.integer(),
                        in.integer(),
                        PartCodec.list(in, i -> (int) i.integer()),
                        (int) in.integer(),
                        PartCodec.moment(in));
        in.skip(rest);
        return habit;
    }

    private static void now(CborWriter out, Trace.Now now) {
        out.mapStart();
        PartCodec.moment(out.key(0), now.at());
        out.key(1).integer(now.milli());
        PartCodec.moment(out.key(2), now.since());
        out.key(3).integer(now.watchedNs());
        out.key(4).integer(now.meanMicro());
        out.key(5).integer(now.productMicro());
        swing(out.key(6), now.swing());
        PartCodec.list(out.key(7), now.usual().rises(), TraceCodec::rise);
        numbers(out.key(8), now.recent());
        PartCodec.maybe(out, 9, now.swell(), TraceCodec::swell);
        PartCodec.maybe(out, 10, now.ended(), TraceCodec::warming);
        PartCodec.maybe(out, 11, now.excusedUntil(), PartCodec::moment);
        effort(out.key(12), now.effort());
        out.mapEnd();
    }

    private static Trace.Now now(CborReader in) {
        in.mapStart();
        // The arguments stand in the order of the keys, and Java evaluates them in that order.
        var now =
                new Trace.Now(
                        PartCodec.moment(in.need(0)),
                        in.need(1).integer(),
                        PartCodec.moment(in.need(2)),
                        in.need(3).integer(),
                        in.need(4).integer(),
                        in.need(5).integer(),
                        swing(in.need(6)),
                        Trace.Usual.of(PartCodec.list(in.need(7), TraceCodec::rise)),
                        numbers(in.need(8)),
                        PartCodec.maybe(in, 9, TraceCodec::swell),
                        PartCodec.maybe(in, 10, TraceCodec::warming),
                        PartCodec.maybe(in, 11, PartCodec::moment),
                        effort(in.need(12)));
        in.mapEnd();
        return now;
    }

    private static void swing(CborWriter out, Trace.Swing swing) {
        PartCodec.moment(
                out.array(6).truth(swing.rising()).integer(swing.turnMilli()), swing.turnedAt());
        PartCodec.moment(out.integer(swing.farMilli()), swing.farAt());
        PartCodec.moment(out, swing.steepAt());
    }

    private static Trace.Swing swing(CborReader in) {
        var rest = in.array(6);
        var swing =
                new Trace.Swing(
                        in.truth(),
                        in.integer(),
                        PartCodec.moment(in),
                        in.integer(),
                        PartCodec.moment(in),
                        PartCodec.moment(in));
        in.skip(rest);
        return swing;
    }

    private static void rise(CborWriter out, Trace.Rise rise) {
        out.array(3).integer(rise.ns()).integer(rise.fromMilli()).integer(rise.peakMilli());
    }

    private static Trace.Rise rise(CborReader in) {
        var rest = in.array(3);
        var rise = new Trace.Rise(in.integer(), in.integer(), in.integer());
        in.skip(rest);
        return rise;
    }

    private static void effort(CborWriter out, Effort effort) {
        out.mapStart();
        out.key(0).integer(effort.spanNs());
        out.key(1).integer(effort.calmNs());
        out.key(2).integer(effort.coolNs());
        out.key(3).integer(effort.warmth());
        out.key(4).integer(effort.quarters());
        PartCodec.maybe(out, 5, effort.best(), TraceCodec::day);
        PartCodec.list(out.key(6), effort.days(), TraceCodec::day);
        out.mapEnd();
    }

    private static Effort effort(CborReader in) {
        in.mapStart();
        var effort =
                new Effort(
                        in.need(0).integer(),
                        in.need(1).integer(),
                        in.need(2).integer(),
                        in.need(3).integer(),
                        (int) in.need(4).integer(),
                        PartCodec.maybe(in, 5, TraceCodec::day),
                        PartCodec.list(in.need(6), TraceCodec::day));
        in.mapEnd();
        return effort;
    }

    private static void day(CborWriter out, Effort.Day day) {
        out.array(2).integer(day.coolPermille()).integer(day.meanMilli());
    }

    private static Effort.Day day(CborReader in) {
        var rest = in.array(2);
        var day = new Effort.Day((int) in.integer(), in.integer());
        in.skip(rest);
        return day;
    }

    private static void swell(CborWriter out, Trace.Swell swell) {
        PartCodec.moment(out.array(6), swell.begun());
        PartCodec.moment(out.integer(swell.peakMilli()), swell.peakAt());
        numbers(out, swell.curve());
        out.integer(swell.doorNs()).integer(swell.strangeNs());
    }

    private static Trace.Swell swell(CborReader in) {
        var rest = in.array(6);
        var swell =
                new Trace.Swell(
                        PartCodec.moment(in),
                        in.integer(),
                        PartCodec.moment(in),
                        numbers(in),
                        in.integer(),
                        in.integer());
        in.skip(rest);
        return swell;
    }

    private static void numbers(CborWriter out, List<Long> numbers) {
        PartCodec.list(out, numbers, CborWriter::integer);
    }

    private static List<Long> numbers(CborReader in) {
        return PartCodec.list(in, CborReader::integer);
    }
}
