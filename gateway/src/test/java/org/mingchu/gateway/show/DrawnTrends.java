package org.mingchu.gateway.show;

import org.mingchu.gateway.judge.State;
import org.mingchu.sensors.Clock;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Trends of a kitchen as a pencil draws them: defrosts, a warm hour, a spike of one reading, two
 * hours without a probe. Units whose number is above twelve are not there.
 */
record DrawnTrends(Clock clock) implements Trends {
    private static final long MINUTE_MS = 60_000;
    private static final long HOUR_MS = 60 * MINUTE_MS;

    @Override
    public Answer of(String id, TrendSpan span) {
        var unit = Integer.parseInt(id.replaceAll("[^0-9]", ""));
        if (unit > 12) {
            return new Answer.Unknown();
        }
        var toMs = clock.now().wallMs() / span.stepMs() * span.stepMs() + span.stepMs();
        var fromMs = toMs - span.lengthMs();
        var freezer = unit == 2 || unit == 3;
        var gapMs = toMs - 9 * HOUR_MS;
        var warmMs = toMs - 5 * HOUR_MS;
        return new Answer.Drawn(
                new Trend(
                        id,
                        span,
                        fromMs,
                        List.of(
                                new Trend.Curve(
                                        "u" + unit + "-air",
                                        "temperature",
                                        "Cel",
                                        freezer ? OptionalLong.empty() : OptionalLong.of(0),
                                        OptionalLong.of(freezer ? -12_000 : 8_000),
                                        points(span, fromMs, freezer, gapMs, warmMs),
                                        List.of(
                                                new Trend.Hole(gapMs, gapMs + 2 * HOUR_MS),
                                                new Trend.Hole(
                                                        toMs - HOUR_MS,
                                                        toMs - HOUR_MS + 3 * MINUTE_MS)),
                                        new Trend.Missing(2, 2 * HOUR_MS + 3 * MINUTE_MS),
                                        Optional.of(new Trend.Figures(8_400, 2_100, 4_300, 11_400)),
                                        0,
                                        HOUR_MS,
                                        span == TrendSpan.MONTH)),
                        happened(unit, warmMs, gapMs)));
    }

    private static Trend.Points points(
            TrendSpan span, long fromMs, boolean freezer, long gapMs, long warmMs) {
        var points = new Trend.Points();
        for (var step = 0; step < TrendSpan.STEPS; step++) {
            var ms = fromMs + step * span.stepMs();
            if (ms >= gapMs && ms < gapMs + 2 * HOUR_MS) {
                continue;
            }
            var base = freezer ? -19_000 : 4_000;
            var wave = Math.round(900 * Math.sin(ms / (25.0 * MINUTE_MS)));
            var defrost = ms / (8 * HOUR_MS) != (ms - 25 * MINUTE_MS) / (8 * HOUR_MS);
            var warm = ms >= warmMs && ms < warmMs + HOUR_MS;
            var milli = base + wave + (defrost ? 2_500 : 0) + (warm ? 5_500 : 0);
            var spike = step == 100 ? 9_000 : 400;
            points.extent(step, 12, milli - 400, milli + spike);
            points.value(step, milli);
        }
        return points;
    }

    private static List<Trend.Happening> happened(int unit, long warmMs, long gapMs) {
        var air = "u" + unit + "-air";
        var rule = unit == 2 || unit == 3 ? "freezer-high" : "chilled-high";
        return List.of(
                stretch("defrost", warmMs - 9 * HOUR_MS, 25),
                stretch("warmed", warmMs - 3 * HOUR_MS, 25),
                stretch("cleaning", gapMs + 3 * HOUR_MS, 40),
                stretch("door", warmMs - 8 * MINUTE_MS, 9),
                new Trend.Happening(
                        "alarm",
                        Optional.of(new State.Key(air, rule)),
                        warmMs,
                        OptionalLong.of(warmMs + HOUR_MS)),
                new Trend.Happening(
                        "check", Optional.empty(), warmMs + 2 * HOUR_MS, OptionalLong.empty()));
    }

    private static Trend.Happening stretch(String kind, long fromMs, long minutes) {
        return new Trend.Happening(
                kind, Optional.empty(), fromMs, OptionalLong.of(fromMs + minutes * MINUTE_MS));
    }
}
