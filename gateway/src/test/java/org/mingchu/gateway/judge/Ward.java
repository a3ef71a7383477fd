package org.mingchu.gateway.judge;

import org.mingchu.config.Checked;
import org.mingchu.config.Plan;
import org.mingchu.config.PlanReader;
import org.mingchu.config.Quantity;
import org.mingchu.config.RulePack;
import org.mingchu.config.UnitKind;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.Reading;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One cabinet under the rules that are installed, sampled and judged in virtual time, as the house
 * does it. Minute 0 is a local midnight. One thread.
 */
final class Ward {
    /** The installed rules. */
    static final RulePack PACK = pack();

    /** 2026-03-02, a Monday, 00:00 in Shanghai. */
    static final long MONDAY_MS = 1_772_380_800_000L;

    /**
     * An alarm that was raised.
     *
     * @param minute when
     * @param doorMin how long the door stood open in the 40 minutes before
     */
    record Rang(double minute, String rule, double doorMin) {}

    final Cabinet cabinet;
    final List<Rang> rang = new ArrayList<>();
    final List<Warming> warmed = new ArrayList<>();

    private final Judge judge;
    private final long periodS;
    private final Random chance = new Random(7);

    /** So many samples in a hundred never come. */
    int missingPercent;

    /** Samples come so many seconds late at most. */
    int lateSecondsMax;

    /** Whether the cabinet has a contact at its door. */
    final boolean contact;

    ClockState clock = ClockState.SYNCED;

    /** Whether the entries are kept, to rebuild the state from them. */
    boolean keeps;

    private final List<Entry> journal = new ArrayList<>();

    State state;
    private String boot = "boot-1";
    private long bootedS = -3600;
    private long seq;
    private long nowS;

    Ward(UnitKind kind, Cabinet cabinet) {
        this(kind, cabinet, Duration.ofMinutes(1), false);
    }

    Ward(UnitKind kind, Cabinet cabinet, Duration period, boolean contact) {
        this.cabinet = cabinet;
        this.contact = contact;
        periodS = period.toSeconds();
        judge = new Judge(plan(kind, period, contact));
        state = judge.begin(Kitchen.EPOCH);
    }

    private static Plan plan(UnitKind kind, Duration period, boolean contact) {
        var air = Plans.sensor("air", Quantity.TEMPERATURE, Optional.of(period));
        var door = Plans.sensor("door", Quantity.DOOR, Optional.of(period));
        var unit = contact ? Plans.unit("u", kind, air, door) : Plans.unit("u", kind, air);
        return Plans.plan(PACK, List.of(unit), 0);
    }

    private static RulePack pack() {
        return switch (PlanReader.read(
                Path.of("src", "test", "resources", "film", "site.toml"),
                Path.of("src", "main", "etc", "rules"))) {
            case Checked.Good<Plan>(var plan, _) -> plan.pack();
            case Checked.Bad<Plan>(var problems) -> throw new AssertionError(problems.toString());
        };
    }

    /** The program starts anew on the running machine. */
    void restart() {
        keep(new Fact.Started("0.1.0", false));
    }

    /** The power is cut for a moment: another boot. */
    void boot() {
        boot = "boot-" + (nowS + 2);
        bootedS = nowS - 20;
        restart();
    }

    Ward days(double days) {
        return minutes(days * 1440);
    }

    Ward minutes(double minutes) {
        var endS = nowS + Math.round(minutes * 60);
        while (nowS < endS) {
            var sample = nowS / periodS + 1;
            cabinet.advanceTo(sample * periodS);
            var late = lateSecondsMax > 0 ? chance.nextInt(lateSecondsMax + 1) : 0;
            deadlines(sample * periodS + late);
            nowS = sample * periodS;
            if (missingPercent == 0 || chance.nextInt(100) >= missingPercent) {
                keep(new Fact.Round(readings()), moment((nowS + late) * 1_000_000_000L));
            }
        }
        return this;
    }

    private void deadlines(long untilS) {
        var next = judge.nextDeadlineUpNs(state);
        while (next.isPresent() && next.getAsLong() < (untilS - bootedS) * 1_000_000_000L) {
            var now = moment(next.getAsLong() + bootedS * 1_000_000_000L);
            var decisions = judge.advance(state, now).decisions();
            if (decisions.isEmpty()) {
                return;
            }
            recall(decisions, now);
            next = judge.nextDeadlineUpNs(state);
        }
    }

    private List<Reading> readings() {
        var milli = cabinet.shownMilli();
        var air = new Reading.Measured("air", Quantity.TEMPERATURE, milli, milli, 0, Set.of());
        var open = cabinet.doorOpen() ? 1 : 0;
        var door = new Reading.Measured("door", Quantity.DOOR, open, open, 0, Set.of());
        return contact ? List.of(door, air) : List.of(air);
    }

    private Moment moment(long ns) {
        return new Moment(
                boot, ns - bootedS * 1_000_000_000L, MONDAY_MS + ns / 1_000_000, clock, 5);
    }

    private void keep(Fact fact) {
        keep(fact, moment(nowS * 1_000_000_000L));
    }

    private void keep(Fact fact, Moment now) {
        var verdict = judge.apply(state, entry(fact, now));
        state = verdict.state();
        recall(verdict.decisions(), now);
    }

    private Entry entry(Fact fact, Moment now) {
        seq++;
        var entry = new Entry(Kitchen.EPOCH, seq, now, fact);
        if (keeps) {
            journal.add(entry);
        }
        return entry;
    }

    /** The state as the entries alone give it. */
    State rebuilt() {
        var rebuilt = judge.begin(Kitchen.EPOCH);
        for (var entry : journal) {
            rebuilt = judge.recall(rebuilt, entry);
        }
        return rebuilt;
    }

    private void recall(List<Fact> decisions, Moment now) {
        for (var decision : decisions) {
            state = judge.recall(state, entry(decision, now));
            switch (decision) {
                case Fact.Alarm(var event) -> heard(event, now);
                case Fact.Warmed(_, var warming) -> warmed.add(warming);
                default -> throw new AssertionError("the judge decides no " + decision);
            }
        }
    }

    private void heard(AlarmEvent event, Moment now) {
        if (event.change() == AlarmChange.RAISED || event.change() == AlarmChange.RE_ALARMED) {
            rang.add(
                    new Rang(
                            now.upNs() / 60e9 + bootedS / 60.0,
                            event.rule(),
                            cabinet.openLatelyMin()));
        }
    }

    double now() {
        return nowS / 60.0;
    }

    Trace trace() {
        return state.traces().getOrDefault("air", Trace.NOTHING);
    }

    /** What rang from a day on, except for the digest. */
    List<Rang> since(double day) {
        return rang.stream()
                .filter(r -> r.minute() >= day * 1440 && !r.rule().equals("freezer-quality"))
                .toList();
    }

    /** Which rules rang from a day on, and how often. */
    Map<String, Long> counted(double day) {
        return since(day).stream()
                .collect(Collectors.groupingBy(Rang::rule, Collectors.counting()));
    }
}
