package org.mingchu.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads the conditions that count time over food, or hold one value against the one before. */
final class TimeReader {
    /** Shorter than ten seconds no probe can tell; a day of warmth is no food any more. */
    private static final Form<Duration> TIME =
            Times.duration(Duration.ofSeconds(10), Duration.ofHours(24));

    /** More than a week ago is no matter of the food that is inside today. */
    private static final Form<Duration> WINDOW =
            Times.duration(Duration.ofMinutes(10), Duration.ofDays(7));

    /** Beyond ten minutes a door or a defrost does the same. */
    private static final Form<Duration> LEAP_WITHIN =
            Times.duration(Duration.ofSeconds(1), Duration.ofMinutes(10));

    /** Food of any kind, from frozen to fried; what disinfects is hotter. */
    private static final Form<Long> CELSIUS = Limits.of(Quantity.TEMPERATURE, Scope.ANY);

    private static final Form<Long> KELVIN = Milli.between(1_000, 100_000, "K");

    /** Before a quarter of the time nothing can be told; at the end it is too late. */
    private static final Form<Integer> PERCENT = Form.whole(25, 99, " percent of the time");

    private static final Form<Disinfection> METHOD =
            Form.oneOf(List.of(Disinfection.values()), Disinfection::word);

    private TimeReader() {}

    /** A limit, or the time beyond it added up where the table says so. */
    static Condition counted(Table table, Condition.Limit limit, Form<Long> form) {
        var time = table.may("cumulative", TIME);
        if (time.isEmpty()) {
            return limit;
        }
        return new Condition.Cumulative(
                limit,
                time.get(),
                table.may("within", WINDOW),
                table.may("rest_below", restForm(limit, form))
                        .map(below -> new Condition.Rest(below, table.need("rest_for", TIME))));
    }

    /** A unit out of use is beyond the limit, or it would rest while it works. */
    private static Form<Long> restForm(Condition.Limit limit, Form<Long> form) {
        return switch (limit) {
            case Condition.Above _ -> form;
            case Condition.Below(var min, _) -> Milli.between(-60_000, min, "℃");
        };
    }

    /** Any other of them; empty when there is none, or when it is not right. */
    static Optional<Condition> read(Table table) {
        if (table.has("danger_from")) {
            return danger(table);
        }
        if (table.has("cooling_from")) {
            return cooling(table);
        }
        if (table.has("cycle")) {
            return cycle(table);
        }
        if (table.has("leap")) {
            return table.may("leap", KELVIN)
                    .map(step -> new Condition.Leap(step, table.need("within", LEAP_WITHIN)));
        }
        if (table.has("swapped_apart")) {
            return table.may("swapped_apart", KELVIN)
                    .map(apart -> new Condition.Swapped(apart, table.need("known_for", WINDOW)));
        }
        return table.may("no_cycle_before_meal", TIME).map(Condition.NoCycle::new);
    }

    private static Optional<Condition> danger(Table table) {
        var from = table.ask("danger_from", CELSIUS);
        var to = table.ask("danger_to", CELSIUS);
        var time = table.need("cumulative", TIME);
        if (from.isEmpty() || to.isEmpty()) {
            return Optional.empty();
        }
        if (to.get() <= from.get()) {
            table.problems()
                    .error(table.spot("danger_to"), "above danger_from, " + Milli.text(from.get()));
        }
        return Optional.of(new Condition.Danger(from.get(), to.get(), time));
    }

    private static Optional<Condition> cooling(Table table) {
        var from = table.ask("cooling_from", CELSIUS);
        var first = table.ask("first_to", CELSIUS);
        var then = table.ask("then_to", CELSIUS);
        var firstIn = table.need("first_in", TIME);
        var thenIn = table.need("then_in", TIME);
        var foretold = table.may("foretold_at", PERCENT);
        if (from.isEmpty() || first.isEmpty() || then.isEmpty()) {
            return Optional.empty();
        }
        if (first.get() >= from.get() || then.get() >= first.get()) {
            table.problems()
                    .error(
                            table.spot("first_to"),
                            "below cooling_from, "
                                    + Milli.text(from.get())
                                    + ", and above then_to, "
                                    + Milli.text(then.get()));
        }
        return Optional.of(
                new Condition.Cooling(
                        from.get(),
                        new Condition.Leg(first.get(), firstIn),
                        new Condition.Leg(then.get(), thenIn),
                        foretold.isPresent()
                                ? OptionalInt.of(foretold.get())
                                : OptionalInt.empty()));
    }

    private static Optional<Condition> cycle(Table table) {
        var method = table.ask("cycle", METHOD);
        var at = table.ask("at", Limits.of(Quantity.TEMPERATURE, Scope.DISINFECTION));
        var time = table.need("time", TIME);
        var idle = table.ask("idle_below", CELSIUS);
        if (method.isEmpty() || at.isEmpty() || idle.isEmpty()) {
            return Optional.empty();
        }
        if (idle.get() >= at.get()) {
            table.problems().error(table.spot("idle_below"), "below at, " + Milli.text(at.get()));
        }
        return Optional.of(new Condition.Cycle(method.get(), at.get(), time, idle.get()));
    }
}
