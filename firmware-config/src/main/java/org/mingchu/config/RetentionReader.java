package org.mingchu.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads how long a pack wants what kept: {@code [[retention]]}. */
final class RetentionReader {
    private static final Pattern DAYS = Pattern.compile("([1-9]\\d{0,4})d");
    private static final String FOREVER = "forever";

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
            var keep = table.need("keep", keep(kind.flatMap(Retention.Kind::least)));
            var basis = RuleReader.basis(table);
            kind.ifPresent(k -> clauses.add(new Retention.Clause(k, keep, basis)));
            table.end();
        }
        Retention.DEFAULT.clauses().stream()
                .filter(clause -> !taken.contains(clause.record()))
                .forEach(clauses::add);
        return new Retention(clauses);
    }

    /** {@code "90d"} and more, or {@code "forever"}, which is all that alarms can have. */
    private static Form<Optional<Duration>> keep(Optional<Duration> least) {
        var expected =
                least.map(min ->
                                "a number of days from \""
                                        + min.toDays()
                                        + "d\" on, or \"forever\"")
                        .orElse("\"forever\": alarms, acts and records are never dropped");
        return Form.words(
                Optional.empty(),
                expected,
                text -> {
                    if (text.equals(FOREVER)) {
                        return Optional.of(Optional.empty());
                    }
                    var match = DAYS.matcher(text);
                    return least.filter(_ -> match.matches())
                            .filter(min -> days(match.group(1)).compareTo(min) >= 0)
                            .map(_ -> Optional.of(days(match.group(1))));
                });
    }

    private static Duration days(String number) {
        return Duration.ofDays(Long.parseLong(number));
    }
}
