package org.mingchu.gateway.keep.entry;

import org.mingchu.config.Attention;
import org.mingchu.config.Priority;
import org.mingchu.gateway.judge.AlarmChange;
import org.mingchu.gateway.judge.AlarmEvent;
import org.mingchu.gateway.judge.AlarmState;
import org.mingchu.gateway.keep.cbor.CborReader;
import org.mingchu.gateway.keep.cbor.CborWriter;

/** One step of an alarm's life, {@code alarm-event} of journal.cddl. */
final class AlarmCodec {
    private AlarmCodec() {}

    static void write(CborWriter out, AlarmEvent event) {
        out.mapStart();
        PartCodec.alarmId(out.key(0), event.id());
        out.key(1).text(event.subject());
        PartCodec.maybe(out, 2, event.unit(), CborWriter::text);
        out.key(3).text(event.rule());
        out.key(4).text(event.rulePack());
        out.key(5).text(event.rulePackVersion());
        out.key(6).truth(event.override());
        PartCodec.maybe(out, 7, event.basis(), CborWriter::text);
        out.key(8).text(event.priority().word());
        out.key(9).text(event.attention().word());
        out.key(10).text(event.change().word());
        out.key(11).text(event.state().word());
        PartCodec.number(out, 12, event.valueMilli());
        PartCodec.number(out, 13, event.limitMilli());
        PartCodec.maybe(out, 14, event.unitOfMeasure(), CborWriter::text);
        PartCodec.moment(out.key(15), event.since());
        PartCodec.range(out.key(16), event.evidence());
        PartCodec.maybe(out, 17, event.person(), PartCodec::person);
        PartCodec.maybe(out, 18, event.note(), CborWriter::text);
        PartCodec.maybe(out, 19, event.parent(), PartCodec::alarmId);
        PartCodec.number(out, 20, event.leftMs());
        out.mapEnd();
    }

    static AlarmEvent read(CborReader in) {
        in.mapStart();
        // The arguments stand in the order of the keys, and Java evaluates them in that order.
        var event =
                new AlarmEvent(
                        PartCodec.alarmId(in.need(0)),
                        in.need(1).text(),
                        PartCodec.maybe(in, 2, CborReader::text),
                        in.need(3).text(),
                        in.need(4).text(),
                        in.need(5).text(),
                        in.need(6).truth(),
                        PartCodec.maybe(in, 7, CborReader::text),
                        Codes.named(Priority.values(), Priority::word, in.need(8).text()),
                        Codes.named(Attention.values(), Attention::word, in.need(9).text()),
                        Codes.named(AlarmChange.values(), AlarmChange::word, in.need(10).text()),
                        Codes.named(AlarmState.values(), AlarmState::word, in.need(11).text()),
                        PartCodec.number(in, 12),
                        PartCodec.number(in, 13),
                        PartCodec.maybe(in, 14, CborReader::text),
                        PartCodec.moment(in.need(15)),
                        PartCodec.range(in.need(16)),
                        PartCodec.maybe(in, 17, PartCodec::person),
                        PartCodec.maybe(in, 18, CborReader::text),
                        PartCodec.maybe(in, 19, PartCodec::alarmId),
                        PartCodec.number(in, 20));
        in.mapEnd();
        return event;
    }
}
