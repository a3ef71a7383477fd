package org.mingchu.gateway.judge;

import org.mingchu.config.Quantity;
import org.mingchu.gateway.judge.Food.Batch;
import org.mingchu.gateway.judge.FoodClock.Count;
import org.mingchu.gateway.judge.FoodClock.Run;
import org.mingchu.gateway.judge.State.Heard;
import org.mingchu.sensors.Flag;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.Reading;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How the clocks over food go on with what is heard and with what people say. Immutable. */
record Foods(Bounds bounds) {
    /** What was heard before this round, and what is being done to units. */
    record Before(Map<String, Heard> heard, Map<String, State.Act> acts) {}

    Food heard(Food was, Fact.Round round, Before before, Moment at) {
        var clocks = new HashMap<>(was.clocks());
        var batches = new HashMap<>(was.batches());
        var open = openDoors(round, before.heard());
        for (var reading : round.readings()) {
            if (reading instanceof Reading.Measured measured) {
                var late = measured.flags().contains(Flag.BACKFILLED);
                for (var bound : bounds.at(reading.subject())) {
                    bound.timed()
                            .filter(timed -> timed.takesLate() || !late)
                            .ifPresent(timed -> {
                                var around = around(timed, open, before.acts());
                                heard(timed, measured, at, around, clocks);
                                heard(timed, measured, at, around, batches.entrySet());
                            });
                }
            }
        }
        return clocks.equals(was.clocks()) && batches.equals(was.batches())
                ? was
                : new Food(clocks, batches);
    }

    private static void heard(
            Timed timed,
            Reading.Measured value,
            Moment told,
            Timed.Around around,
            Map<State.Key, FoodClock> clocks) {
        if (timed.isOfBatch()) {
            return;
        }
        var was = Optional.ofNullable(clocks.get(timed.key()));
        var then = timed.after(was, value, told.before(value.ageNs()), around, proven(value));
        var nothing =
                !timed.buffers()
                        && then.filter(c -> c instanceof Count n && Counting.isNothing(n))
                                .isPresent();
        if (then.isEmpty() || nothing) {
            clocks.remove(timed.key());
        } else {
            clocks.put(timed.key(), then.get());
        }
    }

    private static void heard(
            Timed timed,
            Reading.Measured value,
            Moment told,
            Timed.Around around,
            Iterable<Map.Entry<String, Batch>> batches) {
        if (!timed.isOfBatch()) {
            return;
        }
        for (var entry : batches) {
            var batch = entry.getValue();
            if (batch.subject().equals(value.subject())) {
                var was =
                        Optional.ofNullable(batch.clocks().get(timed.key().rule()))
                                .or(() -> Optional.of(timed.begin(batch.begun())));
                var then =
                        timed.after(was, value, told.before(value.ageNs()), around, proven(value));
                var clocks = new HashMap<>(batch.clocks());
                then.ifPresent(clock -> clocks.put(timed.key().rule(), clock));
                var passed = then.filter(now -> Cooling.hasPassed(was.orElse(now), now));
                var after =
                        passed.isPresent()
                                ? timed.cold(clocks, told.before(value.ageNs()))
                                : clocks;
                entry.setValue(new Batch(batch.subject(), batch.begun(), batch.person(), after));
            }
        }
    }

    private static boolean proven(Reading.Measured value) {
        return !value.flags().contains(Flag.UNAUTHENTICATED);
    }

    /** Doors that stand open now, or did when they were last heard of. */
    private static List<String> openDoors(Fact.Round round, Map<String, Heard> before) {
        var open =
                before.entrySet().stream()
                        .filter(entry -> open(entry.getValue().latest()))
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toList());
        round.readings().stream().filter(Foods::open).map(Reading::subject).forEach(open::add);
        return open;
    }

    private static boolean open(Reading reading) {
        return reading instanceof Reading.Measured door
                && door.quantity() == Quantity.DOOR
                && door.milli() != 0;
    }

    private static Timed.Around around(
            Timed timed, List<String> open, Map<String, State.Act> acts) {
        var act = timed.unit().map(acts::get).map(State.Act::doing);
        return new Timed.Around(
                timed.doors().stream().noneMatch(open::contains),
                act.filter(Foods::empties).isPresent());
    }

    private static boolean empties(Doing doing) {
        return doing == Doing.CLEANING || doing == Doing.STOPPED;
    }

    // ---- what people say --------------------------------------------------------------------

    /** Somebody has taken the food out of a unit, or has found it fit: its time begins anew. */
    Food renewed(Food was, String unit) {
        var clocks = new HashMap<>(was.clocks());
        bounds.all().stream()
                .flatMap(bound -> bound.timed().stream())
                .filter(timed -> timed.runsUntilEnded() && timed.unit().equals(Optional.of(unit)))
                .forEach(timed -> clocks.remove(timed.key()));
        return new Food(clocks, was.batches());
    }

    Food done(Food was, Fact.Done done) {
        return empties(done.doing()) ? renewed(was, done.unit()) : was;
    }

    /** A batch whose id runs already, or whose probe nobody knows, changes nothing. */
    Food began(Food was, Fact.BatchBegan began, Moment at) {
        var probe = probe(began.where());
        if (probe.isEmpty()
                || was.batches().containsKey(began.batch())
                || was.batches().size() >= Food.BATCHES_MAX) {
            return was;
        }
        var begun = at.before(Duration.ofMillis(began.agoMs()).toNanos());
        var batches = new HashMap<String, Batch>();
        batches.put(began.batch(), new Batch(probe.get(), begun, began.person(), Map.of()));
        for (var earlier : began.earlier()) {
            var value = measured(probe.get(), earlier);
            for (var bound : bounds.at(probe.get())) {
                bound.timed()
                        .ifPresent(
                                timed -> heard(timed, value, at, NOBODY_NEAR, batches.entrySet()));
            }
        }
        return was.with(began.batch(), batches.get(began.batch()));
    }

    /** What was at its door, or done to its unit, is no matter of a batch. */
    private static final Timed.Around NOBODY_NEAR = new Timed.Around(true, false);

    private static Reading.Measured measured(String probe, Fact.Earlier earlier) {
        return new Reading.Measured(
                probe,
                Quantity.TEMPERATURE,
                earlier.milli(),
                earlier.milli(),
                Duration.ofMillis(earlier.agoMs()).toNanos(),
                earlier.proven() ? Set.of() : Set.of(Flag.UNAUTHENTICATED));
    }

    /** The probe, or the first probe of the unit, that batches can be judged by. */
    Optional<String> probe(String where) {
        return bounds.all().stream()
                .flatMap(bound -> bound.timed().stream())
                .filter(Timed::isOfBatch)
                .filter(timed ->
                        timed.key().subject().equals(where)
                                || timed.unit().equals(Optional.of(where)))
                .map(timed -> timed.key().subject())
                .findFirst();
    }

    /** What the record says of a batch that ends; empty when there is none of this id. */
    Optional<Fact.BatchJudged> judged(Food was, String id) {
        return Optional.ofNullable(was.batches().get(id)).map(batch -> judged(id, batch));
    }

    private Fact.BatchJudged judged(String id, Batch batch) {
        var findings =
                bounds.at(batch.subject()).stream()
                        .flatMap(bound -> bound.timed().stream())
                        .flatMap(timed -> finding(timed, batch))
                        .toList();
        return new Fact.BatchJudged(id, batch.subject(), batch.begun(), findings);
    }

    private static Stream<Fact.Finding> finding(Timed timed, Batch batch) {
        var clock = batch.clocks().get(timed.key().rule());
        var excused = clock != null && timed.excused(clock, batch);
        return Finding.of(timed.when(), timed.key().rule(), clock, excused).stream();
    }

    // ---- cycles -----------------------------------------------------------------------------

    /** Cycles that have ended and are not in the record yet. */
    List<Fact.Cycled> ended(Food food) {
        return bounds.all().stream()
                .flatMap(bound -> bound.timed().stream())
                .flatMap(timed ->
                        food.clock(timed.key(), Run.class).flatMap(Run::ended).stream()
                                .map(cycle ->
                                        new Fact.Cycled(
                                                timed.key().subject(), timed.key().rule(), cycle)))
                .toList();
    }

    Food cycled(Food was, Fact.Cycled cycled) {
        var key = new State.Key(cycled.subject(), cycled.rule());
        return was.clock(key, Run.class).map(run -> was.with(key, Cycles.kept(run))).orElse(was);
    }

    /** What the plan does not know any more is forgotten. */
    Food known(Food was) {
        var clocks =
                was.clocks().entrySet().stream()
                        .filter(entry ->
                                Optional.ofNullable(bounds.byKey().get(entry.getKey()))
                                        .flatMap(Bound::timed)
                                        .isPresent())
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        var batches =
                was.batches().entrySet().stream()
                        .filter(entry -> bounds.bySubject().containsKey(entry.getValue().subject()))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return new Food(clocks, batches);
    }
}
