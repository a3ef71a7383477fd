package org.mingchu.gateway.keep;

import org.mingchu.gateway.judge.AlarmEvent;
import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Person;
import org.mingchu.gateway.keep.proof.Span;
import org.mingchu.sensors.Flag;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.Reading;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The tables of an export, for people: one line for each reading, alarm step and act. Times are
 * corrected, with their error and what the record itself says beside them. Persons stand in it by
 * their id alone. One thread.
 */
final class ExportTables {
    private static final List<String> PLACE = List.of("epoch 纪元", "seq 序号");

    private static final List<String> TIME =
            List.of("time 时间", "error ms 误差毫秒", "basis 依据", "time as recorded 原记录时间", "clock 时钟状态");

    private static final List<String> READINGS =
            List.of(
                    "subject 对象",
                    "quantity 量",
                    "value 数值",
                    "raw 原始值",
                    "unit 单位",
                    "age ms 读数年龄毫秒",
                    "flags 标记",
                    "fault 故障",
                    "detail 说明",
                    "taken, where late 补传数据的测得时间");

    private static final List<String> ALARMS =
            List.of(
                    "alarm 报警",
                    "subject 对象",
                    "unit 设备",
                    "rule 规则",
                    "rule pack 规则包",
                    "priority 级别",
                    "change 变化",
                    "state 状态",
                    "value 数值",
                    "limit 限值",
                    "unit of measure 单位",
                    "evidence from 证据起",
                    "evidence to 证据止",
                    "person 人员",
                    "note 备注");

    private static final List<String> ACTS =
            List.of(
                    "act 行为",
                    "of 对象",
                    "person 人员",
                    "role 角色",
                    "strength 身份强度",
                    "text 内容",
                    "from 起",
                    "to 止");

    private final Pages pages;
    private final Chronology chronology;
    private final List<Span> spans;
    private final ZoneId zone;

    ExportTables(Pages pages, Chronology chronology, List<Span> spans, ZoneId zone) {
        this.pages = pages;
        this.chronology = chronology;
        this.spans = spans;
        this.zone = zone;
    }

    void readings(OutputStream out) throws IOException {
        var csv = new Csv(out);
        csv.header(PLACE, TIME, READINGS);
        for (var span : spans) {
            pages.rows(
                    span.epoch(),
                    span.from(),
                    span.to(),
                    row -> {
                        var entry = Pages.decoded(row).map(this::said);
                        if (entry.isPresent()
                                && entry.get().fact() instanceof Fact.Round(var readings)) {
                            round(csv, entry.get(), readings);
                        }
                    });
        }
    }

    /** What was kept again under another number is shown as what it was, unless it is there. */
    private Entry said(Entry entry) {
        return entry.fact() instanceof Fact.Rekeyed(var original)
                        && pages.epochs().noneMatch(original.epoch()::equals)
                ? original
                : entry;
    }

    private void round(Csv csv, Entry entry, List<Reading> readings) throws IOException {
        csv.prefix(() -> {
            csv.text(entry.epoch()).number(entry.seq());
            time(csv, entry.at());
        });
        var cameMs = chronology.corrected(entry.at()).wallMs();
        for (var reading : readings) {
            csv.begin().text(reading.subject());
            switch (reading) {
                case Reading.Measured m ->
                        csv.text(m.quantity().word())
                                .decimal(m.milli())
                                .decimal(m.rawMilli())
                                .text(m.quantity().senmlUnit())
                                .number(TimeUnit.NANOSECONDS.toMillis(m.ageNs()))
                                .text(flags(m))
                                .empty(2);
                case Reading.Seen seen ->
                        csv.text("camera")
                                .text(seen.verdict().word())
                                .empty(2)
                                .number(TimeUnit.NANOSECONDS.toMillis(seen.ageNs()))
                                .empty(3);
                case Reading.Silent silent ->
                        csv.empty(6).text(silent.fault().word()).free(silent.detail());
            }
            if (reading.behindNs() > 0) {
                csv.text(local(cameMs - Walk.behindMs(reading)));
            } else {
                csv.empty(1); // a month has four million lines
            }
            csv.end();
        }
    }

    static String flags(Reading.Measured measured) {
        return measured.flags().isEmpty()
                ? ""
                : measured.flags().stream()
                        .map(Flag::word)
                        .sorted()
                        .collect(Collectors.joining(" "));
    }

    void alarms(OutputStream out) throws IOException {
        var csv = new Csv(out);
        csv.header(PLACE, TIME, ALARMS);
        others(entry -> {
            if (entry.fact() instanceof Fact.Alarm(var event)) {
                alarm(csv, entry, event);
            }
        });
    }

    private void alarm(Csv csv, Entry entry, AlarmEvent event) throws IOException {
        place(csv, entry);
        csv.text(event.id().value().toString())
                .text(event.subject())
                .text(event.unit().orElse(""))
                .text(event.rule())
                .text(event.rulePack() + " " + event.rulePackVersion())
                .text(event.priority().name())
                .text(event.change().word())
                .text(event.state().word());
        decimal(csv, event.valueMilli());
        decimal(csv, event.limitMilli());
        csv.text(event.unitOfMeasure().orElse(""))
                .number(event.evidence().from())
                .number(event.evidence().to())
                .text(event.person().map(Person::id).orElse(""))
                .free(event.note().orElse(""))
                .end();
    }

    private static void decimal(Csv csv, OptionalLong milli) {
        if (milli.isPresent()) {
            csv.decimal(milli.getAsLong());
        } else {
            csv.empty(1);
        }
    }

    void acts(OutputStream out) throws IOException {
        var csv = new Csv(out);
        csv.header(PLACE, TIME, ACTS);
        others(entry -> {
            var act = act(entry);
            if (act.isPresent()) {
                act(csv, entry, act.get());
            }
        });
    }

    private void act(Csv csv, Entry entry, Act act) throws IOException {
        place(csv, entry);
        csv.text(act.word())
                .text(act.of())
                .text(act.person().map(Person::id).orElse(""))
                .text(act.person().map(p -> p.role().word()).orElse(""))
                .text(act.person().map(p -> p.strength().word()).orElse(""))
                .free(act.text())
                .text(act.fromMs().map(this::local).orElse(""))
                .text(act.toMs().map(this::local).orElse(""))
                .end();
    }

    private record Act(
            String word,
            String of,
            Optional<Person> person,
            String text,
            Optional<Long> fromMs,
            Optional<Long> toMs) {
        Act(String word, String of, Person person, String text) {
            this(word, of, Optional.of(person), text, Optional.empty(), Optional.empty());
        }
    }

    private Optional<Act> act(Entry entry) {
        return switch (entry.fact()) {
            case Fact.Acknowledged a ->
                    Optional.of(
                            new Act(
                                    "acknowledged",
                                    a.alarm().value().toString(),
                                    a.person(),
                                    a.note().orElse("")));
            case Fact.Silenced(var forMs) ->
                    Optional.of(
                            new Act(
                                    "silenced",
                                    "",
                                    Optional.empty(),
                                    forMs + " ms",
                                    Optional.empty(),
                                    Optional.empty()));
            case Fact.HoldPlaced h ->
                    Optional.of(
                            new Act(
                                    "hold placed",
                                    h.id(),
                                    Optional.of(h.person()),
                                    h.reason(),
                                    Optional.of(h.fromMs()),
                                    Optional.of(h.toMs())));
            case Fact.HoldReleased h ->
                    Optional.of(new Act("hold released", h.id(), h.person(), h.reason()));
            case Fact.BatchBegan b ->
                    Optional.of(
                            new Act(
                                    "batch began",
                                    b.batch(),
                                    Optional.of(b.person()),
                                    b.where(),
                                    Optional.of(
                                            chronology.corrected(entry.at()).wallMs() - b.agoMs()),
                                    Optional.empty()));
            case Fact.BatchEnded b ->
                    Optional.of(new Act("batch ended", b.batch(), b.person(), ""));
            case Fact.Corrected c ->
                    Optional.of(
                            new Act("corrected", c.epoch() + "/" + c.seq(), c.person(), c.text()));
            default -> Optional.empty();
        };
    }

    private void others(Pages.EntrySink sink) throws IOException {
        for (var span : spans) {
            if (span.length() > 0) {
                pages.withoutRounds(
                        span.epoch(),
                        span.to(),
                        entry -> {
                            if (entry.seq() >= span.from()) {
                                sink.entry(said(entry));
                            }
                        });
            }
        }
    }

    private void place(Csv csv, Entry entry) {
        csv.prefix(() -> {
            csv.text(entry.epoch()).number(entry.seq());
            time(csv, entry.at());
        });
        csv.begin();
    }

    private void time(Csv csv, Moment moment) {
        var at = chronology.corrected(moment);
        csv.text(local(at.wallMs()));
        if (at.bounded()) {
            csv.number(at.errorMs());
        } else {
            csv.empty(1);
        }
        csv.text(at.basis().word()).text(local(moment.wallMs())).text(moment.clock().word());
    }

    private String local(long ms) {
        return Instant.ofEpochMilli(ms).atZone(zone).toOffsetDateTime().toString();
    }
}
