package org.mingchu.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads the overrides of one unit and holds them against the rules: a site may be stricter than a
 * legal rule, never looser. Immutable.
 *
 * @param pack empty where the rules could not be read; then only the shape is checked
 */
record OverrideReader(Optional<RulePack> pack, Optional<UnitKind> kind, Optional<Defrost> defrost) {
    /** Longest delay there is: past a day nobody remembers what a limit was for. */
    static final Form<Duration> DELAY = Times.duration(Duration.ZERO, Duration.ofHours(24));

    SiteLimit read(Table table) {
        var id = table.ask("rule", Form.ID);
        var rule = id.flatMap(i -> find(i, table));
        var limit = table.may("limit", limitForm(rule));
        var delay = table.may("delay", DELAY);
        var reason = table.need("reason", Form.TEXT);
        var by = table.need("by", Form.ID);
        if (!table.has("limit") && !table.has("delay")) {
            table.problems().missing(table.header(), "limit, delay or both: nothing is replaced");
        }
        rule.ifPresent(r -> limit.ifPresent(l -> checkLimit(r, l, table)));
        rule.ifPresent(r -> delay.ifPresent(d -> checkDelay(r, d, table)));
        table.end();
        return new SiteLimit(id.orElse(""), milli(limit), delay, reason, by);
    }

    private Optional<Rule> find(String id, Table table) {
        if (pack.isEmpty() || kind.isEmpty()) {
            return Optional.empty();
        }
        var rules = rulesFor(pack.get(), kind.get());
        var rule = rules.stream().filter(r -> r.id().equals(id)).findFirst();
        if (rule.isEmpty()) {
            var ids = rules.stream().map(Rule::id).toList();
            table.problems()
                    .unresolved(
                            table.spot("rule"),
                            "a rule of "
                                    + pack.get().id()
                                    + " for a unit of kind "
                                    + kind.get().word()
                                    + ": "
                                    + String.join(", ", ids),
                            Guess.closest(id, ids));
        }
        return rule;
    }

    private static List<Rule> rulesFor(RulePack pack, UnitKind kind) {
        return pack.rules().stream().filter(rule -> rule.scope().covers(kind)).toList();
    }

    private Form<Long> limitForm(Optional<Rule> rule) {
        var quantity = rule.flatMap(Rule::measures).orElse(Quantity.TEMPERATURE);
        return Limits.of(quantity, kind.map(Limits::scope).orElse(Scope.ANY));
    }

    private void checkLimit(Rule rule, long limit, Table table) {
        switch (rule.when()) {
            case Condition.Above(var max, _) -> {
                if (limit > max) {
                    looser(rule, table, "limit", "at most " + Milli.text(max));
                }
            }
            case Condition.Below(var min, _) -> {
                if (limit < min) {
                    looser(rule, table, "limit", "at least " + Milli.text(min));
                }
            }
            case Condition.ProductAbove(var max, _) -> {
                if (limit > max) {
                    looser(rule, table, "limit", "at most " + Milli.text(max));
                }
            }
            case Condition.Cumulative(Condition.Above(var max, _), _, _, _) -> {
                if (limit > max) {
                    looser(rule, table, "limit", "at most " + Milli.text(max));
                }
            }
            case Condition.Cumulative(Condition.Below(var min, _), _, _, _) -> {
                if (limit < min) {
                    looser(rule, table, "limit", "at least " + Milli.text(min));
                }
            }
            case Condition.Cycle(_, var min, _, _) -> {
                if (limit < min) {
                    looser(rule, table, "limit", "at least " + Milli.text(min));
                }
            }
            case Condition.OfBatch _,
                    Condition.NoCycle _,
                    Condition.Leap _,
                    Condition.Swapped _,
                    Condition.NotCooling _,
                    Condition.DefrostOverdue _,
                    Condition.Drift _,
                    Condition.LeftOpen _,
                    Condition.Stuck _,
                    Condition.Silent _,
                    Condition.Faulty _,
                    Condition.Open _,
                    Condition.Contact _,
                    Condition.Camera _,
                    Condition.OfGateway _ ->
                    table.problems()
                            .error(table.spot("limit"), "no limit: " + rule.id() + " has none");
        }
    }

    private void checkDelay(Rule rule, Duration delay, Table table) {
        var plain = rule.delay().plain();
        if (delay.compareTo(plain) > 0) {
            looser(rule, table, "delay", "at most " + Problems.quoted(Times.text(plain)));
            return;
        }
        var known = rule.delay().defrostKnown();
        if (defrost.isPresent() && known.isPresent() && delay.compareTo(known.get()) > 0) {
            table.problems()
                    .note(
                            table.spot("delay"),
                            "also replaces the delay of "
                                    + Times.text(known.get())
                                    + " that would hold here, where defrosts are known");
        }
    }

    private void looser(Rule rule, Table table, String key, String bound) {
        var binding = rule.legal() && pack.map(RulePack::legal).orElse(false);
        var expected = bound + ", as in rule " + rule.id();
        if (binding) {
            table.problems()
                    .error(
                            table.spot(key),
                            expected + ": a site may be stricter than a legal rule, never looser");
        } else {
            table.problems().warning(table.spot(key), expected + ": this is looser");
        }
    }

    private static OptionalLong milli(Optional<Long> limit) {
        return limit.isPresent() ? OptionalLong.of(limit.get()) : OptionalLong.empty();
    }
}
