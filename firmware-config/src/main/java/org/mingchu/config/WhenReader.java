package org.mingchu.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what must be so for a rule to count as broken: exactly one condition. */
final class WhenReader {
    private static final String EXPECTED =
            "exactly one of { above, deadband }, { below, deadband }, { product_above, deadband },"
                    + " { not_cooling, within }, { defrost_overdue }, { drift, running },"
                    + " { left_open }, { stuck },"
                    + " { danger_from, danger_to, cumulative }, { cooling_from, first_to, first_in,"
                    + " then_to, then_in }, { cycle, at, time, idle_below },"
                    + " { no_cycle_before_meal }, { leap, within },"
                    + " { swapped_apart, known_for },"
                    + " { silent_periods }, { faulty_periods }, { door = \"open\" },"
                    + " { contact = \"on\" }, { camera = \"lost\" or [verdicts] },"
                    + " { uplink = \"lost\" }, { storage = \"lost\" }, { storage = \"low\" },"
                    + " { clock = \"unsure\" }, { buzzer = \"unheard\" },"
                    + " { drill = \"asked\" }";

    private static final Form<Integer> PERIODS = Form.whole(1, 100, " sampling periods");
    private static final Form<String> OPEN = Form.oneOf(List.of("open"), word -> word);
    private static final Form<String> ON = Form.oneOf(List.of("on"), word -> word);
    private static final Form<String> LOST = Form.oneOf(List.of("lost"), word -> word);
    private static final Form<String> UNSURE = Form.oneOf(List.of("unsure"), word -> word);
    private static final Form<String> UNHEARD = Form.oneOf(List.of("unheard"), word -> word);
    private static final Form<String> ASKED = Form.oneOf(List.of("asked"), word -> word);
    private static final Form<Condition> STORAGE =
            Form.oneOf(
                    List.of(new Condition.StorageLost(), new Condition.StorageLow()),
                    WhenReader::storageWord);

    /** A defrost is overdue at once below 100 %, and never beyond 1000 %. */
    private static final Form<Integer> PERCENT = Form.whole(101, 1000, " percent");

    /** Less than half a kelvin a week is the season, more than ten no drift. */
    private static final Form<Long> DRIFT = Milli.between(500, 10_000, "in kelvin");

    /** A tenth more running may be a warm week; ten times more no machine can. */
    private static final Form<Integer> RUNNING = Form.whole(10, 1000, " percent");

    /** A probe that has not trembled for less than ten minutes may only be well insulated. */
    private static final Form<Duration> STUCK =
            Times.duration(Duration.ofMinutes(10), Duration.ofDays(2));

    /** Below a minute it is any door, beyond an hour the limit has an alarm. */
    private static final Form<Duration> LEFT_OPEN =
            Times.duration(Duration.ofMinutes(1), Duration.ofHours(1));

    /** Beyond a day nobody can tell. */
    private static final Form<Duration> WITHIN =
            Times.duration(Duration.ofMinutes(1), Duration.ofHours(24));

    /** Twenty kelvin would keep a returned alarm standing for good. */
    private static final Form<Long> DEADBAND = Milli.between(0, 20_000, "in the limit's unit");

    private WhenReader() {}

    /** Empty if it is not right; the problem has then been named. */
    static Optional<Condition> read(Table rule, Scope scope, Optional<Quantity> measures) {
        var table = rule.needTable("when", "when = " + EXPECTED);
        var limit = Limits.of(measures.orElse(Quantity.TEMPERATURE), scope);
        var above = table.may("above", limit);
        var below = table.may("below", limit);
        var deadband = deadband(table);
        var conditions = new ArrayList<Optional<? extends Condition>>();
        conditions.add(
                above.map(l -> TimeReader.counted(table, new Condition.Above(l, deadband), limit)));
        conditions.add(
                below.map(l -> TimeReader.counted(table, new Condition.Below(l, deadband), limit)));
        conditions.add(TimeReader.read(table));
        conditions.add(
                table.may("product_above", limit)
                        .map(l -> new Condition.ProductAbove(l, deadband)));
        conditions.add(
                table.may("not_cooling", Form.ID)
                        .map(r -> new Condition.NotCooling(r, table.need("within", WITHIN))));
        conditions.add(table.may("defrost_overdue", PERCENT).map(Condition.DefrostOverdue::new));
        conditions.add(
                table.may("drift", DRIFT)
                        .map(k -> new Condition.Drift(k, table.need("running", RUNNING))));
        conditions.add(table.may("left_open", LEFT_OPEN).map(Condition.LeftOpen::new));
        conditions.add(table.may("stuck", STUCK).map(Condition.Stuck::new));
        conditions.add(table.may("silent_periods", PERIODS).map(Condition.Silent::new));
        conditions.add(table.may("faulty_periods", PERIODS).map(Condition.Faulty::new));
        conditions.add(table.may("door", OPEN).map(_ -> new Condition.Open()));
        conditions.add(table.may("contact", ON).map(_ -> new Condition.Contact()));
        conditions.add(CameraRule.read(table));
        conditions.add(table.may("uplink", LOST).map(_ -> new Condition.UplinkLost()));
        conditions.add(table.may("storage", STORAGE));
        conditions.add(table.may("buzzer", UNHEARD).map(_ -> new Condition.BuzzerUnheard()));
        conditions.add(table.may("drill", ASKED).map(_ -> new Condition.Drill()));
        conditions.add(table.may("clock", UNSURE).map(_ -> new Condition.ClockUnsure()));
        checkOne(table);
        table.end();
        return conditions.stream().flatMap(Optional::stream).map(Condition.class::cast).findFirst();
    }

    /** A limit without a deadband chatters; a deadband without a limit says nothing. */
    private static long deadband(Table table) {
        if (table.has("above") || table.has("below") || table.has("product_above")) {
            return table.need("deadband", DEADBAND);
        }
        if (table.has("deadband")) {
            table.problems()
                    .error(
                            table.keySpot("deadband"),
                            "deadband beside above, below or product_above only");
        }
        return 0;
    }

    private static void checkOne(Table table) {
        var given = table.names().stream().filter(WhenReader::isCondition).count();
        if (given > 1) {
            table.problems().error(table.header().showing(given + " conditions"), EXPECTED);
        } else if (table.names().isEmpty()) {
            table.problems().missing(table.header(), EXPECTED);
        }
    }

    private static boolean isCondition(String key) {
        return List.of(
                        "above",
                        "below",
                        "product_above",
                        "not_cooling",
                        "defrost_overdue",
                        "drift",
                        "left_open",
                        "stuck",
                        "danger_from",
                        "cooling_from",
                        "cycle",
                        "no_cycle_before_meal",
                        "leap",
                        "swapped_apart",
                        "silent_periods",
                        "faulty_periods",
                        "door",
                        "contact",
                        "camera",
                        "uplink",
                        "storage",
                        "clock",
                        "buzzer",
                        "drill")
                .contains(key);
    }

    private static String storageWord(Condition storage) {
        return storage instanceof Condition.StorageLow ? "low" : "lost";
    }
}
