package org.mingchu.gateway;

import org.mingchu.config.Calibration;
import org.mingchu.config.Plan;
import org.mingchu.config.Platform;
import org.mingchu.config.SensorPlan;
import org.mingchu.config.Unit;
import org.mingchu.config.board.Finding.State;
import org.mingchu.gateway.doctor.Finding;
import org.mingchu.gateway.doctor.Status;
import org.mingchu.gateway.doctor.Wording;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Fact.Item;
import org.mingchu.gateway.judge.Fact.Result;
import org.mingchu.gateway.judge.Person;
import org.mingchu.gateway.show.paper.Block;
import org.mingchu.gateway.show.paper.Block.Mark;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.Reading;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A commissioning protocol: out of what is so, the document and its essential facts. Immutable. */
record Protocol(Known known, Person by, ProtocolWords words) {
    /** Where there is nothing to be said. */
    private static final String DASH = "-";

    /**
     * What is known of a gateway that has been installed.
     *
     * @param key the fingerprint of the device's key
     * @param board what the kernel shows of what the site needs
     * @param first the first value of each sensor that has one
     * @param latest the latest word of each sensor
     * @param tested the last self-test, and when
     * @param heard whether somebody heard the buzzer, and when
     * @param drilled the last drill
     */
    record Known(
            Plan plan,
            Fact.Started program,
            Moment now,
            Optional<String> key,
            List<org.mingchu.config.board.Finding> board,
            Map<String, At<Reading>> first,
            Map<String, Reading> latest,
            Optional<At<Fact.SelfTested>> tested,
            Optional<At<Boolean>> heard,
            Optional<Fact.Drilled> drilled,
            Map<String, String> links,
            Map<String, Delivered> delivered,
            List<Finding> findings) {}

    /** Something, and when it was. */
    record At<T>(T what, Moment at) {}

    /** How much of the record a platform has confirmed, in entries. */
    record Delivered(long alarms, long alarmsAll, long readings, long readingsAll) {}

    /** Collects the document and, beside it, what goes into the record. */
    private static final class Draft {
        private final List<Block> blocks = new ArrayList<>();
        private final List<Item> items = new ArrayList<>();
    }

    /** The document, and what goes into the record. */
    record Made(List<Block> blocks, List<Item> items, String foot) {
        Made {
            blocks = List.copyOf(blocks);
            items = List.copyOf(items);
        }
    }

    Made made() {
        var draft = new Draft();
        site(draft);
        device(draft);
        sensors(draft);
        sounds(draft);
        drill(draft);
        platforms(draft);
        papers(draft);
        open(draft);
        confirmed(draft);
        return new Made(
                draft.blocks,
                draft.items,
                words.say(
                        "foot",
                        Map.of(
                                "gateway", gateway(),
                                "at", time(known.now()),
                                "version", "Mingchu " + known.program().version())));
    }

    private String gateway() {
        var identity = known.plan().site().identity();
        return identity.area() + "/" + identity.site() + "/" + identity.gateway();
    }

    private String time(Moment at) {
        return new KitchenTime(known.plan().site().timeZone()).minutes(at.wallMs());
    }

    private void heading(Draft draft, String key) {
        draft.blocks.add(new Block.Heading(words.say(key)));
    }

    /** A fact of the document that goes into the record as well. */
    private void fact(Draft draft, Mark mark, String key, String value) {
        draft.blocks.add(new Block.Line(mark, words.say(key), value));
        draft.items.add(new Item(key, value));
    }

    private void site(Draft draft) {
        var site = known.plan().site();
        draft.blocks.add(new Block.Title(words.say("title"), site.name() + " · " + gateway()));
        heading(draft, "site");
        fact(draft, Mark.NONE, "site.name", site.name());
        fact(draft, Mark.NONE, "site.address", gateway());
        fact(draft, Mark.NONE, "site.zone", site.timeZone().getId());
    }

    private void device(Draft draft) {
        var plan = known.plan();
        heading(draft, "device");
        if (known.program().simulated()) {
            draft.blocks.add(
                    new Block.Line(
                            Mark.BAD, words.say("device.kind"), words.say("device.simulated")));
        }
        fact(draft, Mark.NONE, "device.version", known.program().version());
        fact(
                draft,
                known.key().isPresent() ? Mark.GOOD : Mark.BAD,
                "device.key",
                known.key().orElseGet(() -> words.say("device.key.none")));
        known.key()
                .ifPresent(key ->
                        fact(
                                draft,
                                Mark.NONE,
                                "device.label",
                                words.say("device.label.value", Map.of("id", labelId(key)))));
        fact(draft, Mark.NONE, "device.rules", plan.pack().id() + " " + plan.pack().version());
        fact(draft, Mark.NONE, "device.rules.hash", plan.pack().sha256());
        fact(draft, Mark.NONE, "device.site.hash", plan.siteSha256());
        board(draft);
        var clock = known.now().clock().word();
        fact(
                draft,
                clock.equals("synced")
                        ? Mark.GOOD
                        : clock.equals("unsynced") ? Mark.BAD : Mark.OPEN,
                "clock",
                words.say(
                        "clock." + clock, Map.of("error", String.valueOf(known.now().errorMs()))));
    }

    /** The label's digits follow from the key; which key it is tells nobody the digits. */
    private static String labelId(String fingerprint) {
        var plain = fingerprint.replaceAll("[^0-9a-f]", "");
        return plain.substring(0, Math.min(8, plain.length()));
    }

    private void board(Draft draft) {
        var all = known.board();
        var missing = all.stream().filter(one -> one.state() == State.MISSING).toList();
        var unseen = all.stream().filter(one -> one.state() == State.NOT_SEEN).count();
        var with =
                Map.of(
                        "n", String.valueOf(all.size()),
                        "unseen", String.valueOf(unseen),
                        "missing", String.valueOf(missing.size()),
                        "what",
                                missing.stream()
                                        .map(org.mingchu.config.board.Finding::what)
                                        .collect(Collectors.joining(", ")));
        if (!missing.isEmpty()) {
            fact(draft, Mark.BAD, "board", words.say("board.missing", with));
        } else {
            fact(
                    draft,
                    unseen > 0 ? Mark.OPEN : Mark.GOOD,
                    "board",
                    words.say(unseen > 0 ? "board.unseen" : "board.good", with));
        }
    }

    private void sensors(Draft draft) {
        heading(draft, "sensors");
        var units = known.plan().site().units();
        if (units.stream().allMatch(unit -> unit.sensors().isEmpty())) {
            draft.blocks.add(new Block.Text(words.say("sensors.none")));
            return;
        }
        draft.blocks.add(new Block.Columns(List.of(words.say("sensors.head").split("\\|", -1))));
        for (var unit : units) {
            unit.sensors().forEach(sensor -> sensor(draft, unit, sensor));
        }
    }

    private void sensor(Draft draft, Unit unit, SensorPlan sensor) {
        var place = unit.place().map(where -> unit.name() + ", " + where).orElse(unit.name());
        var first =
                Optional.ofNullable(known.first().get(sensor.id()))
                        .map(one -> Shown.value(one.what()) + ", " + time(one.at()))
                        .orElse(DASH);
        var now = Optional.ofNullable(known.latest().get(sensor.id())).map(this::now).orElse(DASH);
        var cells =
                List.of(
                        sensor.id(),
                        place,
                        sensor.source().written(),
                        first,
                        now,
                        calibration(sensor.calibration()));
        draft.blocks.add(new Block.Row(cells));
        draft.items.add(new Item("sensor." + sensor.id(), String.join("; ", cells.subList(1, 6))));
    }

    private String now(Reading reading) {
        return reading instanceof Reading.Silent silent
                ? words.say("sensors.silent", Map.of("why", silent.fault().word()))
                : Shown.value(reading);
    }

    private String calibration(Calibration calibration) {
        var said = new ArrayList<String>();
        if (calibration.offsetMilli() != 0) {
            said.add(
                    words.say(
                            "sensors.calibration",
                            Map.of("offset", Shown.number(calibration.offsetMilli()))));
        }
        calibration
                .certificate()
                .ifPresent(number ->
                        said.add(words.say("sensors.certificate", Map.of("number", number))));
        calibration
                .due()
                .ifPresent(date ->
                        said.add(words.say("sensors.due", Map.of("date", date.toString()))));
        return said.isEmpty() ? DASH : String.join(", ", said);
    }

    private void sounds(Draft draft) {
        heading(draft, "sounds");
        step(draft, "sounds.lamps", "test.lamps");
        step(draft, "sounds.buzzer", "test.buzzer");
        known.heard()
                .ifPresentOrElse(
                        heard ->
                                fact(
                                        draft,
                                        heard.what() ? Mark.GOOD : Mark.BAD,
                                        "sounds.heard",
                                        words.say(
                                                heard.what()
                                                        ? "sounds.heard.yes"
                                                        : "sounds.heard.no",
                                                Map.of("at", time(heard.at())))),
                        () ->
                                fact(
                                        draft,
                                        Mark.OPEN,
                                        "sounds.heard",
                                        words.say("sounds.heard.never")));
    }

    private void step(Draft draft, String key, String check) {
        var step =
                known.tested().stream()
                        .flatMap(test -> test.what().steps().stream())
                        .filter(one -> one.check().equals(check))
                        .findFirst();
        if (step.isEmpty()) {
            fact(draft, Mark.OPEN, key, words.say("sounds.untested"));
            return;
        }
        var test = known.tested().orElseThrow();
        fact(
                draft,
                mark(step.get().result()),
                key,
                words.say(
                        "sounds.tested",
                        Map.of(
                                "result", result(step.get().result()),
                                "at", time(test.at()),
                                "by", test.what().person().id())));
    }

    private static Mark mark(Result result) {
        return switch (result) {
            case PASS -> Mark.GOOD;
            case FAIL -> Mark.BAD;
            case SKIPPED -> Mark.OPEN;
        };
    }

    private String result(Result result) {
        return words.say("result." + result.word());
    }

    private void drill(Draft draft) {
        heading(draft, "drill");
        if (known.drilled().isEmpty()) {
            fact(draft, Mark.OPEN, "drill.result", words.say("drill.none"));
            return;
        }
        var drilled = known.drilled().get();
        var ran = drilled.ran().orElseThrow();
        var failed = ran.hops().stream().filter(hop -> hop.result() == Result.FAIL).count();
        var how =
                failed == 0
                        ? words.say("drill.passed")
                        : words.say("drill.failed", Map.of("n", String.valueOf(failed)));
        var when =
                words.say(
                        "drill.when", Map.of("at", time(ran.asked()), "by", drilled.person().id()));
        fact(draft, failed == 0 ? Mark.GOOD : Mark.BAD, "drill.result", how + ", " + when);
        var wording = Wording.in(words.language());
        for (var hop : ran.hops()) {
            var said =
                    hop.afterMs().isPresent()
                            ? DrillJson.after(hop.afterMs().getAsLong())
                            : wording.cause(DrillCourse.finding(hop));
            if (hop.result() != Result.SKIPPED) {
                draft.blocks.add(
                        new Block.Hop(
                                wording.title(DrillCourse.finding(hop)), hop.afterMs(), said));
            }
            draft.items.add(new Item(("drill." + hop.hop() + " " + hop.of()).strip(), said));
        }
        draft.blocks.add(new Block.Text(words.say("drill.log")));
    }

    private void platforms(Draft draft) {
        heading(draft, "platforms");
        var platforms = known.plan().site().platforms();
        if (platforms.isEmpty()) {
            draft.blocks.add(new Block.Text(words.say("platforms.none")));
            return;
        }
        draft.blocks.add(new Block.Columns(List.of(words.say("platforms.head").split("\\|", -1))));
        platforms.forEach(platform -> platform(draft, platform));
    }

    private void platform(Draft draft, Platform platform) {
        var delivered = known.delivered().getOrDefault(platform.id(), new Delivered(0, 0, 0, 0));
        var wording = Wording.in(words.language());
        var certificate =
                known.findings().stream()
                        .filter(one -> CERTIFICATES.contains(one.id()))
                        .filter(one -> one.of().equals(platform.id()))
                        .filter(one -> one.status() != Status.SKIPPED)
                        .map(wording::cause)
                        .collect(Collectors.joining("; "));
        var cells =
                List.of(
                        platform.id(),
                        platform.url().getHost(),
                        known.links().getOrDefault(platform.id(), DASH),
                        count(delivered.alarms(), delivered.alarmsAll()),
                        count(delivered.readings(), delivered.readingsAll()),
                        certificate.isEmpty() ? DASH : certificate);
        draft.blocks.add(new Block.Row(cells));
        draft.items.add(
                new Item("platform." + platform.id(), String.join("; ", cells.subList(1, 6))));
    }

    private static final List<String> CERTIFICATES =
            List.of("platform.tls", "platform.certificate");

    private String count(long acked, long all) {
        return words.say(
                "platforms.count",
                Map.of("acked", String.valueOf(acked), "all", String.valueOf(all)));
    }

    private void papers(Draft draft) {
        heading(draft, "papers");
        var papers = known.plan().site().wall().certificates();
        if (papers.isEmpty()) {
            draft.blocks.add(new Block.Text(words.say("papers.none")));
        }
        var today =
                Instant.ofEpochMilli(known.now().wallMs())
                        .atZone(known.plan().site().timeZone())
                        .toLocalDate();
        for (var paper : papers) {
            var expired = paper.validTo().isBefore(today);
            var until =
                    words.say(
                            expired ? "papers.expired" : "papers.until",
                            Map.of("date", paper.validTo().toString()));
            var value = paper.number().map(number -> number + ", " + until).orElse(until);
            draft.blocks.add(new Block.Line(expired ? Mark.BAD : Mark.GOOD, paper.name(), value));
            draft.items.add(new Item("paper." + paper.id(), value));
        }
    }

    private void open(Draft draft) {
        heading(draft, "open");
        fact(
                draft,
                count(Status.FAIL) > 0 ? Mark.BAD : count(Status.WARN) > 0 ? Mark.OPEN : Mark.GOOD,
                "open.summary",
                words.say(
                        "open.summary.value",
                        Map.of(
                                "failed", String.valueOf(count(Status.FAIL)),
                                "warned", String.valueOf(count(Status.WARN)),
                                "fine", String.valueOf(count(Status.OK)),
                                "skipped", String.valueOf(count(Status.SKIPPED)))));
        var wording = Wording.in(words.language());
        var wrong =
                known.findings().stream()
                        .filter(one -> one.status() == Status.FAIL || one.status() == Status.WARN)
                        .toList();
        for (var one : wrong) {
            var cause = wording.cause(one);
            draft.blocks.add(
                    new Block.Line(
                            one.status() == Status.FAIL ? Mark.BAD : Mark.OPEN,
                            wording.title(one),
                            wording.remedy(one).map(todo -> cause + " → " + todo).orElse(cause)));
            draft.items.add(new Item(("check." + one.id() + " " + one.of()).strip(), cause));
        }
        if (wrong.isEmpty()) {
            draft.blocks.add(new Block.Text(words.say("open.none")));
        }
    }

    private long count(Status status) {
        return known.findings().stream().filter(one -> one.status() == status).count();
    }

    private void confirmed(Draft draft) {
        heading(draft, "made");
        draft.blocks.add(
                new Block.Text(
                        words.say(
                                "made.text",
                                Map.of(
                                        "by", by.id(),
                                        "role", words.say("role." + by.role().word()),
                                        "at", time(known.now())))));
        for (var who : List.of("sign.installer", "sign.kitchen", "sign.officer")) {
            draft.blocks.add(new Block.Signature(words.say(who)));
        }
    }
}
