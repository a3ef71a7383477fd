package org.mingchu.gateway;

import org.mingchu.config.Plan;
import org.mingchu.config.Platform;
import org.mingchu.gateway.doctor.Finding;
import org.mingchu.gateway.doctor.Status;
import org.mingchu.gateway.judge.AlarmChange;
import org.mingchu.gateway.judge.AlarmId;
import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Fact.Hop;
import org.mingchu.gateway.judge.Fact.Result;
import org.mingchu.gateway.judge.Person;
import org.mingchu.gateway.tell.OnTheWay;
import org.mingchu.sensors.Moment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** One drill: which hops it has made, and which it will not make any more. One thread at a time. */
final class DrillCourse {
    /** A hop that may still come. */
    static final String WAITING = "waiting";

    private static final String PASS = "pass";

    private final Plan plan;
    private final Person person;
    private final Moment asked;
    private final long afterSeq;
    private final Map<String, Hop> made = new LinkedHashMap<>();
    private long lookedAt;
    private Optional<AlarmId> alarm = Optional.empty();
    private boolean ended;
    private Optional<Fact.Ran> ran = Optional.empty();

    /**
     * @param afterSeq the last entry before it
     */
    DrillCourse(Plan plan, Person person, Moment asked, long afterSeq) {
        this.plan = plan;
        this.person = person;
        this.asked = asked;
        this.afterSeq = afterSeq;
        this.lookedAt = afterSeq;
        make("asked", "", asked.upNs());
    }

    Person person() {
        return person;
    }

    Moment asked() {
        return asked;
    }

    long afterSeq() {
        return afterSeq;
    }

    long lookedAt() {
        return lookedAt;
    }

    void looked(long seq) {
        lookedAt = seq;
    }

    Optional<AlarmId> alarm() {
        return alarm;
    }

    /** Whether its alarm is over. */
    boolean ended() {
        return ended;
    }

    boolean over() {
        return ran.isPresent();
    }

    boolean passed() {
        return ran.filter(Fact.Ran::passed).isPresent();
    }

    /** Its course; only when it is over. */
    Fact.Ran ran() {
        return ran.orElseThrow();
    }

    /** Whether whoever knows so many hops knows all. */
    boolean isOld(int known) {
        return !over() && made.size() <= known;
    }

    /** One step of its alarm, which is committed by {@code now}. */
    void step(Entry entry, Moment now) {
        if (!(entry.fact() instanceof Fact.Alarm(var event)) || !event.drill()) {
            return;
        }
        if (event.change() == AlarmChange.RAISED && alarm.isEmpty()) {
            alarm = Optional.of(event.id());
            make("judged", "", entry.at().upNs());
            make("kept", "", now.upNs());
        }
        if (!alarm.equals(Optional.of(event.id()))) {
            return;
        }
        if (event.change() == AlarmChange.ACKNOWLEDGED) {
            make("person", "", entry.at().upNs());
        }
        ended |= event.change() == AlarmChange.CLEARED;
    }

    /** What has happened on lamps and page by now. */
    void seen(DrillDesk.Ways ways) {
        ways.lamp().ifPresent(ns -> make("lamp", "", ns));
        ways.buzzer().ifPresent(ns -> make("buzzer", "", ns));
        ways.page().ifPresent(ns -> make("page", "", ns));
    }

    void onTheWay(String platform, OnTheWay way, Moment now) {
        switch (way) {
            case SENT -> make("sent", platform, now.upNs());
            case BROKERED -> make("broker", platform, now.upNs());
            case ACKNOWLEDGED -> make("platform", platform, now.upNs());
            case REJECTED ->
                    made.putIfAbsent(
                            key("platform", platform),
                            new Hop(
                                    "platform",
                                    platform,
                                    Result.FAIL,
                                    OptionalLong.empty(),
                                    "rejected"));
        }
    }

    private void make(String hop, String of, long upNs) {
        var afterMs = Math.max(0, TimeUnit.NANOSECONDS.toMillis(upNs - asked.upNs()));
        made.putIfAbsent(
                key(hop, of), new Hop(hop, of, Result.PASS, OptionalLong.of(afterMs), PASS));
    }

    private static String key(String hop, String of) {
        return hop + "/" + of;
    }

    /** Whether every platform that acknowledges has said that it has it, or does not take it. */
    boolean everywhere() {
        return plan.site().platforms().stream()
                .filter(Platform::acknowledges)
                .allMatch(one -> made.containsKey(key("platform", one.id())));
    }

    /** What has not happened will not happen any more. */
    void end(DrillDesk.Ways ways) {
        ran = Optional.of(new Fact.Ran(alarm, asked, hops(Optional.of(ways))));
    }

    /** Every hop in the order of the way, as far as it has come. */
    private List<Hop> hops(Optional<DrillDesk.Ways> atTheEnd) {
        var hops = new ArrayList<Hop>();
        for (var hop : List.of("asked", "judged", "kept", "lamp", "buzzer", "page")) {
            hops.add(hop(hop, "", atTheEnd));
        }
        for (var platform : plan.site().platforms()) {
            for (var hop : List.of("sent", "broker", "platform")) {
                hops.add(hop(hop, platform.id(), atTheEnd));
            }
        }
        hops.add(hop("person", "", atTheEnd));
        return hops;
    }

    private Hop hop(String hop, String of, Optional<DrillDesk.Ways> atTheEnd) {
        var known = Optional.ofNullable(made.get(key(hop, of)));
        return known.orElseGet(() -> {
            if (isNotFitted(hop, of)) {
                return new Hop(hop, of, Result.SKIPPED, OptionalLong.empty(), "not-fitted");
            }
            return atTheEnd.map(ways -> missed(hop, of, ways))
                    .orElseGet(
                            () -> new Hop(hop, of, Result.SKIPPED, OptionalLong.empty(), WAITING));
        });
    }

    private boolean isNotFitted(String hop, String of) {
        return switch (hop) {
            case "lamp" -> plan.site().annunciator().red().isEmpty();
            case "buzzer" -> plan.site().annunciator().buzzer().isEmpty();
            case "platform" ->
                    plan.site().platforms().stream()
                            .anyMatch(one -> one.id().equals(of) && !one.acknowledges());
            default -> false;
        };
    }

    private Hop missed(String hop, String of, DrillDesk.Ways ways) {
        var why =
                switch (hop) {
                    case "lamp" -> ways.missing().contains("red") ? "missing" : "not-driven";
                    case "buzzer" -> ways.missing().contains("buzzer") ? "missing" : "not-driven";
                    case "page" -> "nobody";
                    case "sent" -> ways.served(of) ? "no-link" : "unserved";
                    case "broker" -> made.containsKey(key("sent", of)) ? "silent" : "not-sent";
                    case "platform" -> made.containsKey(key("broker", of)) ? "silent" : "not-sent";
                    case "person" -> "nobody";
                    default -> "not-kept";
                };
        return new Hop(hop, of, Result.FAIL, OptionalLong.empty(), why);
    }

    /** The hops as they stand, to be said in words. */
    List<Finding> findings() {
        return ran.map(Fact.Ran::hops).orElseGet(() -> hops(Optional.empty())).stream()
                .map(DrillCourse::finding)
                .toList();
    }

    /** What has happened since so many hops, in that order; when it is over, also what has not. */
    List<Finding> news(int known) {
        var news = new ArrayList<>(made.values().stream().skip(known).toList());
        ran.ifPresent(all ->
                all.hops().stream()
                        .filter(hop -> hop.result() != Result.PASS)
                        .filter(hop -> !news.contains(hop))
                        .forEach(news::add));
        return news.stream().map(DrillCourse::finding).toList();
    }

    /** The hops as they stand. */
    List<Hop> hops() {
        return ran.map(Fact.Ran::hops).orElseGet(() -> hops(Optional.empty()));
    }

    /** A hop, to be said in words. */
    static Finding finding(Hop hop) {
        var status =
                switch (hop.result()) {
                    case PASS -> Status.OK;
                    case FAIL -> Status.FAIL;
                    case SKIPPED -> Status.SKIPPED;
                };
        var words =
                hop.afterMs().isPresent()
                        ? Map.of("after", DrillJson.after(hop.afterMs().getAsLong()))
                        : Map.<String, String>of();
        return new Finding("drill." + hop.hop(), hop.of(), status, hop.why(), words);
    }
}
