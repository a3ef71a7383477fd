package org.mingchu.gateway.judge;

import org.mingchu.config.Condition;
import org.mingchu.config.Plan;
import org.mingchu.config.Quantity;
import org.mingchu.config.SensorPlan;
import org.mingchu.config.Unit;
import org.mingchu.config.Watch;
import org.mingchu.gateway.judge.FoodClock.Cool;
import org.mingchu.gateway.judge.FoodClock.Count;
import org.mingchu.gateway.judge.FoodClock.Run;
import org.mingchu.gateway.judge.FoodClock.Still;
import org.mingchu.gateway.judge.FoodClock.Taken;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.Reading;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A watch that counts time: how its clock goes on with a value, and what it says. Immutable.
 *
 * @param periodNs how often its subject is sampled
 * @param unit the unit the subject belongs to
 * @param doors the contacts of that unit's doors
 * @param others probes of other units it may have been exchanged with
 * @param cycle the rule by which the unit's cycles are recognised, for one that asks for them
 * @param buffers whether its probe may tell later what nobody heard
 */
record Timed(
        Condition.OfTime when,
        State.Key key,
        long periodNs,
        Optional<String> unit,
        List<String> doors,
        List<String> others,
        Optional<CycleRule> cycle,
        Meals meals,
        boolean buffers) {
    /** A rule that recognises cycles, bound to a subject. */
    record CycleRule(State.Key key, Condition.Cycle when) {}

    /** What else is known at a value: nobody is at its door, and nothing is inside. */
    record Around(boolean doorShut, boolean emptied) {}

    static Optional<Timed> of(Plan plan, Watch watch) {
        if (!(watch.rule().when() instanceof Condition.OfTime when)) {
            return Optional.empty();
        }
        var doors =
                watch.unit().map(Unit::sensors).orElse(List.of()).stream()
                        .filter(sensor -> sensor.measures() == Quantity.DOOR)
                        .map(SensorPlan::id)
                        .toList();
        return Optional.of(
                new Timed(
                        when,
                        new State.Key(watch.subject(), watch.rule().id()),
                        watch.period().toNanos(),
                        watch.unit().map(Unit::id),
                        doors,
                        when instanceof Condition.Swapped ? others(plan, watch) : List.of(),
                        when instanceof Condition.NoCycle
                                ? cycle(plan, watch.subject())
                                : Optional.empty(),
                        Meals.of(plan.site()),
                        buffers(watch)));
    }

    private static boolean buffers(Watch watch) {
        return watch.unit().map(Unit::sensors).orElse(List.of()).stream()
                .anyMatch(s -> s.id().equals(watch.subject()) && s.source().told());
    }

    private static List<String> others(Plan plan, Watch watch) {
        return plan.watches().stream()
                .filter(other -> other.rule().when() instanceof Condition.Swapped)
                .filter(other -> !other.unit().equals(watch.unit()))
                .map(Watch::subject)
                .distinct()
                .toList();
    }

    private static Optional<CycleRule> cycle(Plan plan, String subject) {
        return plan.watches().stream()
                .filter(watch -> watch.subject().equals(subject))
                .filter(watch -> watch.rule().when() instanceof Condition.Cycle)
                .map(watch ->
                        new CycleRule(
                                new State.Key(subject, watch.rule().id()),
                                (Condition.Cycle) watch.rule().when()))
                .findFirst();
    }

    boolean isOfBatch() {
        return when instanceof Condition.OfBatch;
    }

    /** Whether the time runs until somebody ends it: there is no window it slides out of. */
    boolean runsUntilEnded() {
        return when instanceof Condition.Cumulative sum && sum.within().isEmpty();
    }

    /** Whether a value that comes late still changes what is counted. */
    boolean takesLate() {
        return when instanceof Condition.Cumulative || when instanceof Condition.OfBatch;
    }

    private long freshNs() {
        return Timing.FRESH_PERIODS * periodNs;
    }

    /** The clock of a batch that begins; nothing is counted yet. */
    FoodClock begin(Moment at) {
        return when instanceof Condition.Cooling ? Cooling.begin(at) : Counting.begin(at);
    }

    /**
     * The clock after one more value; empty when it remembers nothing.
     *
     * @param proven whether the sender is proven: an unproven one is believed only what is bad
     */
    Optional<FoodClock> after(
            Optional<FoodClock> was,
            Reading.Measured value,
            Moment at,
            Around around,
            boolean proven) {
        var milli = value.milli();
        return switch (when) {
            case Condition.Cumulative(var limit, _, var within, var rest) ->
                    counted(
                            was,
                            new Counting.Value(
                                    milli, at, beyond(limit, milli) && !around.emptied()),
                            new Counting.How(
                                    freshNs(), within.map(Duration::toNanos), rest, buffers),
                            proven);
            case Condition.Danger danger ->
                    counted(
                            was,
                            new Counting.Value(milli, at, within(danger, milli)),
                            new Counting.How(
                                    freshNs(), Optional.empty(), Optional.empty(), buffers),
                            proven);
            case Condition.Cooling cooling ->
                    proven
                            ? was.map(clock ->
                                    clock instanceof Cool cool
                                            ? Cooling.after(cool, cooling, milli, at, freshNs())
                                            : clock)
                            : was;
            case Condition.Cycle cycle -> proven ? run(was, cycle, milli, at) : was;
            case Condition.Leap leap -> proven ? still(was, leap, milli, at, around) : was;
            case Condition.NoCycle _, Condition.Swapped _ -> Optional.empty();
        };
    }

    private static Optional<FoodClock> counted(
            Optional<FoodClock> was, Counting.Value value, Counting.How how, boolean proven) {
        if (!proven && !value.counts()) {
            return was;
        }
        var count =
                was.filter(Count.class::isInstance)
                        .map(Count.class::cast)
                        .orElseGet(() -> Counting.begin(value.at()));
        return Optional.of(Counting.after(count, value, how));
    }

    private Optional<FoodClock> run(
            Optional<FoodClock> was, Condition.Cycle cycle, long milli, Moment at) {
        var run = was.filter(Run.class::isInstance).map(Run.class::cast).orElse(Run.NOTHING);
        var then = Cycles.after(run, cycle, milli, at, freshNs());
        return then.equals(Run.NOTHING) ? Optional.empty() : Optional.of(then);
    }

    private Optional<FoodClock> still(
            Optional<FoodClock> was, Condition.Leap leap, long milli, Moment at, Around around) {
        var still =
                was.filter(Still.class::isInstance).map(Still.class::cast).orElse(Still.NOTHING);
        var value = new Taken(at, milli);
        return Optional.of(Leaps.after(still, leap, value, periodNs, around.doorShut()));
    }

    private static boolean beyond(Condition.Limit limit, long milli) {
        return says(limit, milli) == Word.SHOWS;
    }

    private static Word says(Condition.Limit limit, long milli) {
        return switch (limit) {
            case Condition.Above(var max, var deadband) ->
                    milli > max ? Word.SHOWS : milli > max - deadband ? Word.NEITHER : Word.GONE;
            case Condition.Below(var min, var deadband) ->
                    milli < min ? Word.SHOWS : milli < min + deadband ? Word.NEITHER : Word.GONE;
        };
    }

    private static boolean within(Condition.Danger danger, long milli) {
        return milli > danger.fromMilli() && milli < danger.toMilli();
    }

    /** What it says at {@code at}, its subject's latest value being this. */
    Word says(Food food, Map<String, Trace> traces, long milli, Moment at) {
        return switch (when) {
            case Condition.Cumulative sum ->
                    food.clock(key, Count.class).map(c -> says(c, sum, milli)).orElse(Word.GONE);
            case Condition.OfBatch ofBatch -> says(ofBatch, food);
            case Condition.Cycle _ ->
                    food.clock(key, Run.class)
                                    .filter(r -> r.failed() && r.going().isEmpty())
                                    .isPresent()
                            ? Word.SHOWS
                            : Word.GONE;
            case Condition.Swapped swapped -> swapped(swapped, traces, at);
            case Condition.NoCycle(var before) -> beforeMeal(food, before, at);
            case Condition.Leap _ ->
                    food.clock(key, Still.class).flatMap(Still::leapedAt).isPresent()
                            ? Word.SHOWS
                            : Word.GONE;
        };
    }

    /**
     * Time in a window slides out of it by itself, hours later: there the value says when it is
     * over. All other time stands until the food is gone.
     */
    private static Word says(Count count, Condition.Cumulative sum, long milli) {
        var full =
                Counting.sumNs(count, sum.within().map(Duration::toNanos)) >= sum.time().toNanos();
        if (!full || sum.within().isEmpty()) {
            return full ? Word.SHOWS : Word.GONE;
        }
        return Counting.justCounted(count) ? Word.SHOWS : says(sum.limit(), milli);
    }

    private Word says(Condition.OfBatch ofBatch, Food food) {
        return food.batches().values().stream()
                        .filter(batch -> batch.subject().equals(key.subject()))
                        .anyMatch(batch -> broken(ofBatch, batch))
                ? Word.SHOWS
                : Word.GONE;
    }

    private boolean broken(Condition.OfBatch ofBatch, Food.Batch batch) {
        var clock = batch.clocks().get(key.rule());
        return clock != null && broken(ofBatch, clock) && !excused(clock, batch);
    }

    /**
     * The way down has a time of its own in the clauses: while a batch is on it in time, and will
     * be as far as anybody can tell, and was in danger for nothing else, it is not in danger.
     */
    boolean excused(FoodClock clock, Food.Batch batch) {
        var cools = cools(batch.clocks());
        return clock instanceof Count count
                && !cools.isEmpty()
                && cools.stream().allMatch(cool -> Cooling.inTime(cool) && isOf(count, cool));
    }

    /** Whether all that was counted belongs to the way down, as far as samples can tell. */
    private boolean isOf(Count count, Cool cool) {
        return Counting.sumNs(count, Optional.empty()) <= cool.ownNs() + freshNs();
    }

    private static List<Cool> cools(Map<String, FoodClock> clocks) {
        return clocks.values().stream()
                .filter(Cool.class::isInstance)
                .map(Cool.class::cast)
                .toList();
    }

    /**
     * The clocks of a batch once it has come down in time: its time in danger begins anew, unless
     * it was in danger before that.
     */
    Map<String, FoodClock> cold(Map<String, FoodClock> clocks, Moment at) {
        var cools = cools(clocks);
        if (!cools.stream().allMatch(Cooling::isCold)) {
            return clocks;
        }
        var then = new HashMap<>(clocks);
        then.replaceAll((_, clock) ->
                clock instanceof Count count && cools.stream().allMatch(cool -> isOf(count, cool))
                        ? Counting.anew(count, at)
                        : clock);
        return then;
    }

    /** Whether one batch has broken it. */
    static boolean broken(Condition.OfBatch ofBatch, FoodClock clock) {
        return switch (ofBatch) {
            case Condition.Danger danger ->
                    clock instanceof Count count
                            && Counting.sumNs(count, Optional.empty()) >= danger.time().toNanos();
            case Condition.Cooling cooling ->
                    clock instanceof Cool cool
                            && (cooling.foretoldPercent().isPresent()
                                    ? cool.late()
                                    : cool.failed());
        };
    }

    private Word swapped(Condition.Swapped rule, Map<String, Trace> traces, Moment at) {
        var own = traces.getOrDefault(key.subject(), Trace.NOTHING);
        return others.stream()
                        .map(other -> traces.getOrDefault(other, Trace.NOTHING))
                        .anyMatch(other -> Swaps.suspected(rule, own, other, at, freshNs()))
                ? Word.SHOWS
                : Word.GONE;
    }

    private Word beforeMeal(Food food, Duration before, Moment at) {
        if (cycle.isEmpty()) {
            return Word.NOTHING;
        }
        var since = meals.sinceLastMeal(before, at);
        if (since.isEmpty()) {
            return Word.GONE;
        }
        var run = food.clock(cycle.get().key(), Run.class).orElse(Run.NOTHING);
        var passing = run.going().filter(g -> Cycles.passing(g, cycle.get().when())).isPresent();
        var passed =
                run.passedAt()
                        .flatMap(end -> Habit.betweenNs(end, at))
                        .filter(ns -> ns <= since.get().toNanos())
                        .isPresent();
        return passing || passed ? Word.GONE : Word.SHOWS;
    }
}
