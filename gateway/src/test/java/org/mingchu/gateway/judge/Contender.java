package org.mingchu.gateway.judge;

import org.mingchu.config.Checked;
import org.mingchu.config.Condition;
import org.mingchu.config.Plan;
import org.mingchu.config.PlanReader;
import org.mingchu.config.Quantity;
import org.mingchu.config.Rule;
import org.mingchu.config.RulePack;
import org.mingchu.config.UnitKind;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A way of watching that is compared: a pack, how often its probe is read, and how long what it
 * finds waits to be heard. Immutable.
 *
 * @param period between two samples, in whole minutes
 * @param upload between two uploads, in whole minutes; zero where it sounds on the spot
 */
record Contender(String name, RulePack pack, Duration period, Duration upload) {
    private static final Path SITE = Path.of("src", "test", "resources", "film", "site.toml");
    private static final Path PACKS = Path.of("src", "test", "resources", "bench");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** The installed pack first, then what it is held against. */
    static List<Contender> all() {
        return List.of(
                new Contender("ours", Ward.PACK, MINUTE, Duration.ZERO),
                new Contender("at once", baseline("limit-at-once"), MINUTE, Duration.ZERO),
                new Contender("30 min", baseline("limit-30-min"), MINUTE, Duration.ZERO),
                new Contender(
                        "all of 30 min",
                        baseline("all-of-30-min"),
                        Duration.ofMinutes(10),
                        Duration.ofMinutes(20)));
    }

    private static RulePack baseline(String name) {
        return switch (PlanReader.readWith(SITE, PACKS.resolve(name + ".toml"))) {
            case Checked.Good<Plan>(var plan, _) -> plan.pack();
            case Checked.Bad<Plan>(var problems) -> throw new AssertionError(problems.toString());
        };
    }

    /** One unit with one probe in its air. */
    Plan plan(UnitKind kind) {
        var air = Plans.sensor("air", Quantity.TEMPERATURE, Optional.of(period));
        return Plans.plan(pack, List.of(Plans.unit("u", kind, air)), 0);
    }

    Stream<String> rules() {
        return pack.rules().stream().map(Rule::id);
    }

    /** The rules that foretell a failure. */
    Set<String> foretelling() {
        return pack.rules().stream()
                .filter(rule -> rule.when() instanceof Condition.NotCooling)
                .map(Rule::id)
                .collect(Collectors.toSet());
    }
}
