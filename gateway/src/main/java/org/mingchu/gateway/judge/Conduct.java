package org.mingchu.gateway.judge;

import org.jspecify.annotations.Nullable;
import org.mingchu.config.Condition;
import org.mingchu.config.Plan;
import org.mingchu.config.RulePack;
import org.mingchu.config.Unit;
import org.mingchu.config.UnitKind;
import org.mingchu.gateway.judge.State.Act;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What people's acts hide, and for how long. Immutable.
 *
 * @param units the kind of each unit
 * @param acts how long acts may last
 */
record Conduct(Map<String, UnitKind> units, RulePack.Acts acts) {
    static Conduct of(Plan plan) {
        return new Conduct(
                plan.site().units().stream().collect(Collectors.toMap(Unit::id, Unit::kind)),
                plan.pack().acts());
    }

    /** Where a unit is in what is being done to it. */
    enum Phase {
        /** It is being done. */
        RUNNING,
        /** It is over; the unit has to get cold again before food may go in. */
        PULL_DOWN,
        /** It should be cold by now. */
        LATE
    }

    /**
     * How an alarm is hidden.
     *
     * @param untilNs as {@code upNs} of the present boot
     */
    record Hidden(AlarmState how, long untilNs) {}

    /** Why an act cannot be; empty when it can. Whoever asks must learn of it. */
    Optional<Refusal> refuses(Fact.Done done, Moment now) {
        var kind = units.get(done.unit());
        if (kind == null) {
            return Optional.of(Refusal.NO_SUCH_UNIT);
        }
        var empties = done.doing() == Doing.CLEANING || done.doing() == Doing.STOPPED;
        var elsewhere =
                done.movedTo().filter(to -> units.containsKey(to) && !to.equals(done.unit()));
        if (empties && kind == UnitKind.SAMPLE_FRIDGE && elsewhere.isEmpty()) {
            return Optional.of(Refusal.SAMPLES_INSIDE);
        }
        return switch (done.doing()) {
            case CLEANING -> tooLong(done.forMs(), acts.cleaningLongest());
            case LOADING -> tooLong(done.forMs(), acts.loadingLongest());
            case STOPPED ->
                    done.untilMs() > now.wallMs()
                            ? Optional.empty()
                            : Optional.of(Refusal.NOT_IN_THE_FUTURE);
            case IN_USE -> Optional.empty();
        };
    }

    private static Optional<Refusal> tooLong(long forMs, Duration longest) {
        return forMs > 0 && forMs <= longest.toMillis()
                ? Optional.empty()
                : Optional.of(Refusal.TOO_LONG);
    }

    /** Why putting an alarm aside cannot be; empty when it can. */
    Optional<Refusal> refuses(Fact.Shelved shelved, @Nullable Bound bound) {
        return tooLong(shelved.forMs(), shelveLongest(bound));
    }

    /** How long an alarm may be put aside: its rule's own time, else the pack's. */
    Duration shelveLongest(@Nullable Bound bound) {
        return Optional.ofNullable(bound)
                .flatMap(b -> b.watch().rule().guard().shelveLongest())
                .orElse(acts.shelveLongest());
    }

    /** The acts after somebody has said what he does. */
    Map<String, Act> after(Map<String, Act> was, Fact.Done done, Moment at) {
        var then = new HashMap<>(was);
        if (done.doing() != Doing.IN_USE) {
            then.put(
                    done.unit(),
                    new Act(
                            done.doing(),
                            at,
                            done.forMs(),
                            done.untilMs(),
                            done.reason(),
                            done.person(),
                            Optional.empty(),
                            Optional.empty()));
            return then;
        }
        var act = was.get(done.unit());
        if (act == null) {
            return was;
        }
        if (act.doing() == Doing.LOADING) {
            then.remove(done.unit());
        } else {
            then.put(done.unit(), ended(act, at));
        }
        return then;
    }

    private static Act ended(Act act, Moment at) {
        return new Act(
                act.doing(),
                act.begun(),
                act.forMs(),
                act.untilMs(),
                act.reason(),
                act.person(),
                Optional.of(at),
                Optional.empty());
    }

    /** The acts after a round: what is over and proven is forgotten. */
    Map<String, Act> heard(Map<String, Act> was, Doubts proof, Rounds rounds, Moment now) {
        if (was.isEmpty()) {
            return was;
        }
        var then = new HashMap<String, Act>();
        was.forEach((unit, act) ->
                next(unit, act, proof, rounds, now).ifPresent(next -> then.put(unit, next)));
        return then;
    }

    private Optional<Act> next(String unit, Act act, Doubts proof, Rounds rounds, Moment now) {
        if (phase(act, now) == Phase.RUNNING) {
            return Optional.of(act);
        }
        if (act.doing() == Doing.LOADING) {
            return Optional.empty();
        }
        var over = act.ended().isPresent() ? act : ended(act, now);
        var since = proof.inRangeSince(unit, over.inRangeSince(), rounds, now);
        var proven =
                since.filter(s -> now.upNs() - s.upNs() >= acts.inRangeFor().toNanos()).isPresent();
        return proven
                ? Optional.empty()
                : Optional.of(
                        new Act(
                                over.doing(),
                                over.begun(),
                                over.forMs(),
                                over.untilMs(),
                                over.reason(),
                                over.person(),
                                over.ended(),
                                since));
    }

    /** What sensors said before and after a round. */
    record Rounds(Map<String, State.Heard> before, Map<String, State.Heard> after) {}

    Phase phase(Act act, Moment now) {
        var endNs = endNs(act, now);
        if (now.upNs() < endNs) {
            return Phase.RUNNING;
        }
        return now.upNs() < endNs + acts.pullDownLongest().toNanos() ? Phase.PULL_DOWN : Phase.LATE;
    }

    /**
     * When it ends, as {@code upNs} of the boot of {@code now}: after a power cut nobody knows how
     * much of it is left, so it is over; a stop has a date.
     */
    private static long endNs(Act act, Moment now) {
        if (act.ended().isPresent()) {
            var ended = act.ended().get();
            return ended.boot().equals(now.boot()) ? ended.upNs() : 0;
        }
        if (act.doing() == Doing.STOPPED) {
            return now.clock() == ClockState.UNSYNCED
                    ? Bound.NEVER_NS / 2
                    : dateNs(act.untilMs(), now);
        }
        return act.begun().boot().equals(now.boot())
                ? act.begun().upNs() + Duration.ofMillis(act.forMs()).toNanos()
                : 0;
    }

    /** Until when somebody does something to the unit of a watch, as {@code upNs}; 0 if nobody. */
    long workedOnUntilNs(Bound bound, State state, Moment now) {
        return bound.watch()
                .unit()
                .map(unit -> state.acts().get(unit.id()))
                .map(act -> endNs(act, now))
                .orElse(0L);
    }

    /** How an alarm of a watch is hidden at {@code now}; empty when it is not. */
    Optional<Hidden> hidden(Bound bound, State state, Moment now) {
        var serviced = serviced(state, bound.watch().subject(), now);
        if (serviced.isPresent()) {
            return serviced;
        }
        var act = bound.watch().unit().map(unit -> state.acts().get(unit.id()));
        // A broken probe, smoke or gas is no matter of what is done to the food.
        return bound.watchesSensor() || bound.when() instanceof Condition.Contact
                ? Optional.empty()
                : act.flatMap(a -> hidden(bound, a, now));
    }

    /**
     * How a sensor or camera is out of service at {@code now}; empty when it is not, or when it was
     * due back before: what nobody has put back is watched again, not forgotten.
     */
    static Optional<Hidden> serviced(State state, String subject, Moment now) {
        return Optional.ofNullable(state.services().get(subject))
                .map(service -> dateNs(service.dueMs(), now))
                .filter(untilNs -> now.upNs() < untilNs)
                .map(untilNs -> new Hidden(AlarmState.OUT_OF_SERVICE, untilNs));
    }

    /** When a date will have come, as far as the clock tells, as {@code upNs}. */
    private static long dateNs(long dateMs, Moment now) {
        return now.upNs() + Duration.ofMillis(dateMs - now.wallMs()).toNanos();
    }

    private Optional<Hidden> hidden(Bound bound, Act act, Moment now) {
        var suppressible = bound.watch().rule().guard().suppressible();
        var endNs = endNs(act, now);
        if (now.upNs() < endNs) {
            var coldNs =
                    act.doing() == Doing.LOADING || !suppressible
                            ? endNs
                            : endNs + acts.pullDownLongest().toNanos();
            return suppressible || act.doing() == Doing.STOPPED
                    ? Optional.of(new Hidden(AlarmState.SUPPRESSED, coldNs))
                    : Optional.empty();
        }
        var coldNs = endNs + acts.pullDownLongest().toNanos();
        return act.doing() != Doing.LOADING && suppressible && now.upNs() < coldNs
                ? Optional.of(new Hidden(AlarmState.SUPPRESSED, coldNs))
                : Optional.empty();
    }
}
