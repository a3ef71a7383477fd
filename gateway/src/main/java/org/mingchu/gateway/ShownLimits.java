package org.mingchu.gateway;

import org.mingchu.config.Attention;
import org.mingchu.config.Condition;
import org.mingchu.config.Plan;
import org.mingchu.config.Watch;
import org.mingchu.gateway.keep.Limits;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/** The limits that people see beside a value: the strictest that call somebody. */
final class ShownLimits {
    private ShownLimits() {}

    static Limits of(Plan plan, String sensor) {
        var rules =
                plan.watches().stream()
                        .filter(watch -> watch.subject().equals(sensor))
                        .filter(watch -> watch.rule().attention() != Attention.NONE)
                        .map(Watch::rule)
                        .map(rule -> rule.when())
                        .toList();
        return new Limits(low(rules), high(rules));
    }

    private static OptionalLong low(List<Condition> rules) {
        return rules.stream()
                .flatMapToLong(when ->
                        when instanceof Condition.Below(var limit, _)
                                ? LongStream.of(limit)
                                : LongStream.empty())
                .max();
    }

    private static OptionalLong high(List<Condition> rules) {
        return rules.stream()
                .flatMapToLong(when ->
                        when instanceof Condition.Above(var limit, _)
                                ? LongStream.of(limit)
                                : LongStream.empty())
                .min();
    }
}
