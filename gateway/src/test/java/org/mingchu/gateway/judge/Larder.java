package org.mingchu.gateway.judge;

import org.mingchu.config.Checked;
import org.mingchu.config.Plan;
import org.mingchu.config.PlanReader;
import org.mingchu.config.Quantity;
import org.mingchu.sensors.Fault;
import org.mingchu.sensors.Flag;
import org.mingchu.sensors.Reading;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A kitchen with one of each unit under a pack that is read from its file, told in words. */
final class Larder {
    private static final Path SITES = Path.of("src/test/resources/food");

    private final Kitchen kitchen;

    private Larder(Plan plan) {
        this.kitchen = Kitchen.of(plan);
    }

    /** Under the pack that is installed. */
    static Larder chinese() {
        return new Larder(plan("cn.toml", Path.of("src/main/etc/rules")));
    }

    /** A box on its way, with a probe of its own that buffers what nobody hears. */
    static Larder onTheRoad() {
        return new Larder(plan("trip.toml", Path.of("src/main/etc/rules")));
    }

    /** Under another country's numbers. */
    static Larder american() {
        return new Larder(plan("fda.toml", SITES.resolve("rules")));
    }

    static Plan plan(String site, Path rules) {
        return switch (PlanReader.read(SITES.resolve(site), rules)) {
            case Checked.Good<Plan> good -> good.value();
            case Checked.Bad<Plan> bad -> throw new AssertionError(bad.problems());
        };
    }

    Kitchen kitchen() {
        return kitchen;
    }

    /** A probe says the same so many minutes on end, the first time one minute from now. */
    Larder says(String probe, double degrees, int minutes) {
        return every("1m", probe, degrees, minutes);
    }

    Larder every(String period, String probe, double degrees, int times) {
        for (var i = 0; i < times; i++) {
            kitchen.passes(period);
            now(probe, degrees);
        }
        return this;
    }

    Larder now(String probe, double degrees, Flag... flags) {
        kitchen.round(Kitchen.temperature(probe, degrees, flags));
        return this;
    }

    /** From one temperature to another in a straight line, a value each minute. */
    Larder goes(String probe, double from, double to, int minutes) {
        for (var minute = 1; minute <= minutes; minute++) {
            kitchen.passes("1m");
            now(probe, from + (to - from) * minute / minutes);
        }
        return this;
    }

    /** A value the probe had buffered, taken so long ago. */
    Larder late(String probe, double degrees, Duration ago) {
        var milli = Math.round(degrees * 1000);
        kitchen.round(
                new Reading.Measured(
                        probe,
                        Quantity.TEMPERATURE,
                        milli,
                        milli,
                        ago.toNanos(),
                        Set.of(Flag.BACKFILLED)));
        return this;
    }

    Larder begins(String batch, String where) {
        kitchen.says(new Fact.BatchBegan(batch, where, Kitchen.STAFF));
        return this;
    }

    /** Said after it has begun, with what its probe had told until then. */
    Larder begins(String batch, String where, Duration ago, List<Fact.Earlier> earlier) {
        kitchen.says(new Fact.BatchBegan(batch, where, Kitchen.STAFF, ago.toMillis(), earlier));
        return this;
    }

    Larder ends(String batch) {
        kitchen.says(new Fact.BatchEnded(batch, Kitchen.STAFF));
        return this;
    }

    /** What was told of these rules, whoever was called; the record gives the same. */
    List<String> told(String... rules) {
        var wanted = List.of(rules);
        return kitchen.told().stream()
                .filter(line -> wanted.contains(line.split(" ", -1)[1]))
                .filter(line -> !line.contains("escalated"))
                .toList();
    }

    /** Facts of a kind that the judge has decided. */
    <T extends Fact> List<T> facts(Class<T> kind) {
        var facts = new ArrayList<T>();
        kitchen.journal().stream()
                .map(Entry::fact)
                .filter(kind::isInstance)
                .map(kind::cast)
                .forEach(facts::add);
        return facts;
    }

    static Reading silent(String probe) {
        return new Reading.Silent(probe, Fault.SILENT, "");
    }
}
