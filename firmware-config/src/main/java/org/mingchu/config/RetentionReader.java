package org.mingchu.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads how long a pack wants what kept: {@code [[retention]]}. */
final class RetentionReader {
    private static final Pattern DAYS = Pattern.compile("([1-9]\\d{0,4})d");
    private static final String FOREVER = "forever";
    private static final Optional<Duration> ANY = Optional.of(Duration.ofDays(1));
    private static final long FOREVER_DAYS = Long.MAX_VALUE;

    private static final Form<Retention.Kind> KIND =
            Form.oneOf(List.of(Retention.Kind.values()), Retention.Kind::word);

    private RetentionReader() {}

    /** What the pack says; kinds that it leaves out are kept as by default. */
    static Retention read(Table root) {
        var clauses = new ArrayList<Retention.Clause>();
        var taken = EnumSet.noneOf(Retention.Kind.class);
        for (var table : root.tables("retention", Retention.Kind.values().length)) {
            var kind = table.ask("record", KIND);
            if (kind.isPresent() && !taken.add(kind.get())) {
                table.problems()
                        .error(table.spot("record"), "a record that no other [[retention]] names");
            }
            // Of an unknown record nobody can say how long is too short.
            var least = kind.isEmpty() ? ANY : kind.flatMap(Retention.Kind::least);
            var keep = keep(table, least);
            var basis = basis(table);
            kind.ifPresent(
                    k -> basis.ifPresent(b -> clauses.add(new Retention.Clause(k, keep, b))));
            table.end();
        }
        Retention.DEFAULT.clauses().stream()
                .filter(clause -> clauses.stream().noneMatch(c -> c.record() == clause.record()))
                .forEach(clauses::add);
        clauses.sort(Comparator.comparing(Retention.Clause::record));
        return new Retention(clauses);
    }

    /** Who reads the table years later must see why, and how far it can be relied on. */
    private static Optional<Rule.Basis> basis(Table table) {
        if (!table.has("basis")) {
            table.problems()
                    .missing(
                            table.spot("basis"),
                            "basis = { text, source, mark }: why it is kept so long, mark"
                                    + " \"unverified\" for a choice of your own");
        }
        return RuleReader.basis(table);
    }

    /** {@code "90d"} and more, or {@code "forever"}, which is all that alarms can have. */
    private static Optional<Duration> keep(Table table, Optional<Duration> least) {
        var expected =
                least.map(min ->
                                "a number of days from \""
                                        + min.toDays()
                                        + "d\" on, or \"forever\"")
                        .orElse(
                                "\"forever\": alarms, acts, evidence and records are never"
                                        + " dropped");
        var days =
                table.need(
                        "keep",
                        Form.words(
                                FOREVER_DAYS,
                                expected,
                                text ->
                                        text.equals(FOREVER)
                                                ? Optional.of(FOREVER_DAYS)
                                                : days(text, least)));
        return Optional.of(days).filter(d -> d < FOREVER_DAYS).map(Duration::ofDays);
    }

    private static Optional<Long> days(String text, Optional<Duration> least) {
        var match = DAYS.matcher(text);
        return match.matches() && least.isPresent()
                ? Optional.of(Long.valueOf(match.group(1)))
                        .filter(days -> days >= least.get().toDays())
                : Optional.empty();
    }
}
