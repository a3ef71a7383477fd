package org.mingchu.gateway;

import org.mingchu.config.Plan;
import org.mingchu.config.Quantity;
import org.mingchu.config.SensorPlan;
import org.mingchu.config.Unit;
import org.mingchu.gateway.keep.Answers;
import org.mingchu.gateway.keep.Curve;
import org.mingchu.gateway.keep.Diary;
import org.mingchu.gateway.keep.Journal;
import org.mingchu.gateway.keep.Window;
import org.mingchu.gateway.keep.pack.Measure;
import org.mingchu.gateway.show.Trend;
import org.mingchu.gateway.show.TrendSpan;
import org.mingchu.gateway.show.Trends;
import org.mingchu.sensors.Clock;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Draws trends for the page. Each curve is asked for in three short questions of the record: least
 * and greatest of each step, the values for the mean, and the same sums as {@code journal sample}
 * tells, so that the page and the record never disagree. Any thread.
 */
final class TrendDesk implements Trends {
    /** An answer is given again for so long: a finger that taps to and fro asks the record once. */
    private static final long FRESH_MS = 5_000;

    /** Answers that are remembered, in number; about 50 kB each. */
    private static final int REMEMBERED_MAX = 8;

    /** Happenings that are drawn at most, the latest: more would be a bar of one colour. */
    private static final int HAPPENED_MAX = 600;

    private static final Set<Quantity> OF_UNIT = Set.of(Quantity.TEMPERATURE, Quantity.HUMIDITY);

    private final Plan plan;
    private final Journal journal;
    private final Clock clock;
    private final Librarian librarian;
    private final Diary diary;
    private final Map<Asked, Drawn> drawn = new LinkedHashMap<>();

    private record Asked(String id, TrendSpan span) {}

    private record Drawn(long ms, Trend trend) {}

    /**
     * @param diary the librarian's own
     */
    TrendDesk(Plan plan, Journal journal, Clock clock, Librarian librarian, Diary diary) {
        this.plan = plan;
        this.journal = journal;
        this.clock = clock;
        this.librarian = librarian;
        this.diary = diary;
    }

    /** What is drawn: sensors of one unit. */
    private record Subject(String id, Unit unit, List<SensorPlan> sensors) {}

    @Override
    public Answer of(String id, TrendSpan span) {
        return subject(id)
                .<Answer>map(subject ->
                        librarian
                                .ask(() -> remembered(subject, span))
                                .<Answer>map(Answer.Drawn::new)
                                .orElseGet(Answer.Busy::new))
                .orElseGet(Answer.Unknown::new);
    }

    private Optional<Subject> subject(String id) {
        for (var unit : plan.site().units()) {
            if (unit.id().equals(id)) {
                var drawn = unit.sensors().stream().filter(s -> OF_UNIT.contains(s.measures()));
                return Optional.of(new Subject(id, unit, drawn.toList()));
            }
            for (var sensor : unit.sensors()) {
                if (sensor.id().equals(id)) {
                    return Optional.of(new Subject(id, unit, List.of(sensor)));
                }
            }
        }
        return Optional.empty();
    }

    /** On the librarian's thread, like all below. */
    private Trend remembered(Subject subject, TrendSpan span) {
        var nowMs = clock.now().wallMs();
        var key = new Asked(subject.id, span);
        var known = Optional.ofNullable(drawn.get(key));
        if (known.filter(d -> Math.abs(nowMs - d.ms) < FRESH_MS).isPresent()) {
            return known.get().trend;
        }
        var trend = draw(subject, span, nowMs);
        drawn.remove(key);
        drawn.put(key, new Drawn(nowMs, trend));
        if (drawn.size() > REMEMBERED_MAX) {
            drawn.remove(drawn.keySet().iterator().next());
        }
        return trend;
    }

    private Trend draw(Subject subject, TrendSpan span, long nowMs) {
        // The last step is the one that is going on.
        var toMs = Math.ceilDiv(nowMs + 1, span.stepMs()) * span.stepMs();
        var fromMs = toMs - span.lengthMs();
        var window = new Window(fromMs, nowMs + 1);
        var curves = new Curves(journal, clock, Kitchen.of(plan));
        return new Trend(
                subject.id,
                span,
                fromMs,
                subject.sensors.stream()
                        .filter(sensor -> !sensor.measures().contact())
                        .map(sensor -> curve(curves, sensor, span, window))
                        .toList(),
                happened(curves, subject, window, span));
    }

    private Trend.Curve curve(Curves curves, SensorPlan sensor, TrendSpan span, Window window) {
        var curve = new Curve(sensor.id(), Measure.of(sensor.measures()));
        var limits = ShownLimits.of(plan, sensor.id());
        var history = curves.history(sensor.id());
        var sums = history.sample(curve, limits, window);
        return new Trend.Curve(
                sensor.id(),
                sensor.measures().word(),
                sensor.measures().senmlUnit(),
                limits.low(),
                limits.high(),
                points(curves, curve, span, window),
                drawn(sums.holes(), span),
                new Trend.Missing(
                        sums.holes().size(),
                        sums.holes().stream().mapToLong(Window::lengthMs).sum()),
                sums.figures().map(TrendDesk::figures),
                sums.belowMs(),
                sums.aboveMs(),
                sums.byMinutes());
    }

    /**
     * An answer has one size: a probe that comes and goes for a month has a hundred thousand holes,
     * and a chart no room between two that are nearer than half a step.
     */
    static List<Trend.Hole> drawn(List<Window> holes, TrendSpan span) {
        var drawn = new ArrayList<Trend.Hole>();
        for (var hole : holes) {
            var joins =
                    !drawn.isEmpty() && hole.fromMs() - drawn.getLast().toMs() < span.stepMs() / 2;
            var fromMs = joins ? drawn.removeLast().fromMs() : hole.fromMs();
            drawn.add(new Trend.Hole(fromMs, hole.toMs()));
        }
        return drawn;
    }

    private static Trend.Figures figures(Answers.Figures all) {
        return new Trend.Figures(all.count(), all.min(), all.mean(), all.max());
    }

    private static Trend.Points points(Curves curves, Curve curve, TrendSpan span, Window window) {
        var whole = new Window(window.fromMs(), window.fromMs() + span.lengthMs());
        var history = curves.history(curve.subject());
        var points = new Trend.Points();
        var buckets = history.buckets(curve, whole, TrendSpan.STEPS).buckets();
        for (var step = 0; step < TrendSpan.STEPS; step++) {
            if (buckets.count(step) > 0) {
                points.extent(step, buckets.count(step), buckets.min(step), buckets.max(step));
            }
        }
        var line = history.line(curve, window);
        for (var i = 0; i < line.size(); i++) {
            var step = Math.toIntExact((line.ms(i) - window.fromMs()) / span.stepMs());
            points.value(step, line.milli(i));
        }
        return points;
    }

    private List<Trend.Happening> happened(
            Curves curves, Subject subject, Window window, TrendSpan span) {
        var contacts =
                subject.unit.sensors().stream()
                        .filter(sensor -> Happenings.CONTACTS.contains(sensor.measures()))
                        .flatMap(sensor -> contact(curves, sensor, window, span).stream());
        var all =
                Stream.concat(
                                contacts,
                                new Happenings(diary.upToNow(), window).of(subject.unit).stream())
                        .sorted(Comparator.comparingLong(Trend.Happening::fromMs))
                        .toList();
        return all.subList(Math.max(0, all.size() - HAPPENED_MAX), all.size());
    }

    private static List<Trend.Happening> contact(
            Curves curves, SensorPlan sensor, Window window, TrendSpan span) {
        var curve = new Curve(sensor.id(), Measure.of(sensor.measures()));
        var line = curves.history(sensor.id()).line(curve, window);
        var pauseMs = Math.max(span.stepMs(), 2 * curves.period(sensor.id()).toMillis());
        var runs = new ArrayList<Window>();
        for (var i = 0; i < line.size(); i++) {
            if (line.milli(i) <= 0) {
                continue;
            }
            var endMs = i + 1 < line.size() ? line.ms(i + 1) : window.toMs();
            var end = Math.min(endMs, line.ms(i) + pauseMs);
            // Two openings within one step cannot be told apart by the eye.
            var joins = !runs.isEmpty() && line.ms(i) - runs.getLast().toMs() <= span.stepMs();
            var from = joins ? runs.removeLast().fromMs() : line.ms(i);
            runs.add(new Window(from, Math.max(end, from + 1)));
        }
        return runs.stream()
                .map(run -> Happenings.stretch(sensor.measures().word(), run.fromMs(), run.toMs()))
                .toList();
    }
}
