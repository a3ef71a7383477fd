package org.mingchu.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the rules of a pack. */
final class RuleReader {
    private static final Form<Scope> SCOPE = Form.oneOf(List.of(Scope.values()), Scope::word);
    private static final Form<Quantity> MEASURES =
            Form.oneOf(List.of(Quantity.values()), Quantity::word);
    private static final Form<Priority> PRIORITY =
            Form.oneOf(List.of(Priority.values()), Priority::word);
    private static final Form<Attention> ATTENTION =
            Form.oneOf(List.of(Attention.values()), Attention::word);

    private RuleReader() {}

    static Rule read(Table table, Set<String> taken) {
        var id = table.ask("id", Form.ID);
        id.filter(i -> !taken.add(i))
                .ifPresent(_ ->
                        table.problems().error(table.spot("id"), "an id of its own in the pack"));
        var scope = table.ask("kind", SCOPE);
        var measures = table.may("measures", MEASURES);
        var when = WhenReader.read(table, scope.orElse(Scope.ANY), measures);
        scope.ifPresent(s -> checkScope(s, when, table));
        checkMeasures(measures, when, table);
        checkDrill(id, when, table);
        var legal = table.may("legal", Form.YES_NO).orElse(false);
        var rule =
                new Rule(
                        id.orElse(""),
                        scope.orElse(SCOPE.standIn()),
                        measures,
                        when.orElse(new Condition.Open()),
                        delay(table),
                        table.need("priority", PRIORITY),
                        table.need("attention", ATTENTION),
                        legal,
                        basis(table, legal),
                        table.may("advice", Form.ID).or(() -> id).orElse(""),
                        guard(table));
        checkLength(rule, table);
        table.end();
        return rule;
    }

    private static Rule.Delay delay(Table rule) {
        var table = rule.needTable("delay", "delay = { plain = \"30m\", off = \"5m\" }");
        var plain = table.ask("plain", OverrideReader.DELAY);
        var known = table.may("defrost_known", OverrideReader.DELAY);
        if (plain.isPresent() && known.isPresent() && known.get().compareTo(plain.get()) > 0) {
            table.problems()
                    .error(
                            table.spot("defrost_known"),
                            "at most the plain delay, "
                                    + Problems.quoted(Times.text(plain.get()))
                                    + ": knowing the defrosts never makes an alarm later");
        }
        var off = table.need("off", OverrideReader.DELAY);
        var settle = table.may("settle", OverrideReader.DELAY).orElse(Duration.ZERO);
        var again = table.may("again", PackReader.AGAIN);
        table.end();
        return new Rule.Delay(
                plain.orElse(OverrideReader.DELAY.standIn()), known, off, settle, again);
    }

    private static Rule.Guard guard(Table rule) {
        return new Rule.Guard(
                rule.may("suppressible", Form.YES_NO).orElse(true),
                rule.may("shelve_longest", PackReader.SHELVE),
                rule.may("latched", Form.YES_NO).orElse(false));
    }

    private static Optional<Rule.Basis> basis(Table rule, boolean legal) {
        if (legal && !rule.has("basis")) {
            rule.problems()
                    .missing(
                            rule.spot("basis"),
                            "basis = { text, source, mark }: a legal rule names its clause");
        }
        return basis(rule);
    }

    /** {@code basis = { text, source, mark }}, where there is one. */
    static Optional<Rule.Basis> basis(Table rule) {
        var table = rule.mayTable("basis");
        var basis =
                table.map(t ->
                        new Rule.Basis(
                                t.need("text", Form.TEXT),
                                t.need("source", Form.TEXT),
                                t.need("mark", Form.TEXT)));
        table.ifPresent(Table::end);
        return basis;
    }

    /** Cameras and uplinks have rules of their own, and only those. */
    private static void checkScope(Scope scope, Optional<Condition> when, Table table) {
        var fits =
                when.map(condition ->
                                switch (condition) {
                                    case Condition.Camera _ -> scope == Scope.CAMERA;
                                    case Condition.OfGateway _ -> scope == Scope.GATEWAY;
                                    case Condition.Above _,
                                            Condition.Below _,
                                            Condition.OfCourse _,
                                            Condition.OfTime _,
                                            Condition.Silent _,
                                            Condition.Faulty _,
                                            Condition.Contact _,
                                            Condition.Open _ ->
                                            scope != Scope.CAMERA && scope != Scope.GATEWAY;
                                })
                        .orElse(true);
        if (!fits) {
            table.problems()
                    .error(
                            table.spot("kind"),
                            "camera for camera = …, gateway for uplink and storage, a unit"
                                    + " kind or any for all others");
        }
    }

    /** Whoever reads an alarm years later must see by its rule alone that it was a drill. */
    private static void checkDrill(Optional<String> id, Optional<Condition> when, Table table) {
        var named = id.filter(Plan.DRILL::equals).isPresent();
        var drills = when.filter(Condition.Drill.class::isInstance).isPresent();
        if (id.isPresent() && when.isPresent() && named != drills) {
            table.problems()
                    .error(
                            table.spot("id"),
                            "id = \"drill\" for drill = \"asked\", and for nothing else");
        }
    }

    private static void checkLength(Rule rule, Table table) {
        if (rule.when() instanceof Condition.Drill
                && rule.delay().off().compareTo(Condition.Drill.LASTS_MAX) > 0) {
            table.problems()
                    .error(
                            table.spot("delay"),
                            "off = \"10m\" or less: so long a drill lasts when nobody comes");
        }
    }

    /** A limit without a quantity would hold a door's 0 and 1 against degrees. */
    private static void checkMeasures(
            Optional<Quantity> measures, Optional<Condition> when, Table table) {
        if (when.isEmpty() || (table.has("measures") && measures.isEmpty())) {
            return;
        }
        var expected =
                switch (when.get()) {
                    case Condition.Above _, Condition.Below _ ->
                            measures.filter(m -> !m.contact()).isPresent()
                                    ? ""
                                    : "measures = \"temperature\" or \"humidity\" for a limit";
                    case Condition.OfCourse _, Condition.OfTime _ ->
                            measures.filter(m -> m == Quantity.TEMPERATURE).isPresent()
                                    ? ""
                                    : "measures = \"temperature\" for what its course tells";
                    case Condition.Open _ ->
                            measures.filter(m -> m == Quantity.DOOR).isPresent()
                                    ? ""
                                    : "measures = \"door\" for door = \"open\"";
                    case Condition.Contact _ ->
                            measures.filter(m -> m.contact() && m != Quantity.DOOR).isPresent()
                                    ? ""
                                    : "measures = \"mains\", \"smoke\", \"gas\" or \"water\" for"
                                            + " contact = \"on\"";
                    case Condition.Camera _, Condition.OfGateway _ ->
                            measures.isEmpty() ? "" : "no measures: nothing is measured here";
                    case Condition.Silent _, Condition.Faulty _ -> "";
                };
        if (!expected.isEmpty()) {
            table.problems().error(table.spot("measures"), expected);
        }
    }
}
