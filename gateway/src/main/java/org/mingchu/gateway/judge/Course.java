package org.mingchu.gateway.judge;

import org.mingchu.config.Defrost;
import org.mingchu.config.Plan;
import org.mingchu.config.Quantity;
import org.mingchu.config.RulePack;
import org.mingchu.config.SensorPlan;
import org.mingchu.config.Unit;
import org.mingchu.gateway.judge.State.Heard;
import org.mingchu.gateway.judge.Trace.Now;
import org.mingchu.gateway.judge.Trace.Rise;
import org.mingchu.gateway.judge.Trace.Swell;
import org.mingchu.gateway.judge.Trace.Swing;
import org.mingchu.gateway.judge.Trace.Usual;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.Reading;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Follows one temperature, value by value: its usual band, the rises above it, which of them are
 * defrosts, and what the food behind the air is like. Immutable; the memory is the {@link Trace}.
 *
 * @param subject the sensor
 * @param freshNs a hole longer than this breaks what was under way
 * @param fine whether it is sampled finely enough to tell shapes apart
 * @param doors the contacts of its unit's doors
 * @param heaters contacts that are on while its unit defrosts
 * @param excuse until when a warm reading is taken for a defrost
 * @param habits how habits are learned
 * @param lore what makes a habit
 */
record Course(
        String subject,
        long freshNs,
        boolean fine,
        List<String> doors,
        List<String> heaters,
        Excuse excuse,
        RulePack.Habits habits,
        Habit.Lore lore) {
    /** A unit is known after a week: before, not all its defrosts may have been seen. */
    static final Duration KNOWN = Duration.ofDays(7);

    /** Shapes are compared at this distance. */
    static final Duration STEP = Duration.ofMinutes(2);

    /** So far back it has turned: three times what a probe trembles. */
    static final long TURN_MILLI = 400;

    /** Coarser samples show a defrost of twenty minutes as a spike or not at all. */
    private static final Duration FINE = Duration.ofMinutes(2);

    /**
     * Two samples a minute apart: with fewer a short delay cannot tell a door that is shut again.
     */
    private static final long QUICK_NS = Duration.ofMinutes(Timing.FRESH_PERIODS).toNanos();

    /** What a unit is like changes with what is in it: within some hours. */
    private static final Duration MEAN = Duration.ofHours(6);

    /** The last twenty minutes. */
    static final int RECENT_MAX = 11;

    /** A curve is remembered up to here: whatever lasts longer is no defrost. */
    static final Duration CURVE = Duration.ofHours(2);

    /** After so long above its band a unit has got another one: somebody has set it anew. */
    private static final Duration NEW_BAND = Duration.ofHours(6);

    /** A defrost warms for longer than a door does. */
    static final Duration RISE = Duration.ofMinutes(4);

    /** Doors that are opened one after the other keep it up for so long. */
    static final Duration PATIENCE = Duration.ofMinutes(9);

    /** Doors that are opened again and again keep a unit warm for so long after its defrost. */
    static final Duration BUSY = Duration.ofMinutes(20);

    /** A shorter hole hides nothing: what is under way goes on. */
    private static final Duration HOLE = Duration.ofMinutes(5);

    /** Through a hole up to here a rise that is still there after it is taken for the same. */
    private static final Duration BRIDGED = Duration.ofMinutes(30);

    /** Above the mean so far it leaves the usual band when nothing is known of its ups. */
    private static final long LIFT_MILLI = 2_500;

    private static final long LIFT_LEAST_MILLI = 1_500;

    private static final long MICRO = 1_000;

    static Optional<Course> of(Plan plan, Unit unit, SensorPlan sensor) {
        if (sensor.measures() != Quantity.TEMPERATURE) {
            return Optional.empty();
        }
        var period = sensor.period().orElse(plan.site().samplingPeriod());
        return Optional.of(
                new Course(
                        sensor.id(),
                        Timing.FRESH_PERIODS * period.toNanos(),
                        period.compareTo(FINE) <= 0,
                        contacts(unit, Quantity.DOOR),
                        contacts(unit, Quantity.DEFROST),
                        new Excuse(
                                unit.defrost()
                                        .filter(Defrost.Scheduled.class::isInstance)
                                        .map(Defrost.Scheduled.class::cast),
                                plan.pack().habits().defrostLongest(),
                                plan.site().timeZone()),
                        plan.pack().habits(),
                        new Habit.Lore(plan.pack().habits().alike(), plan.site().timeZone())));
    }

    private static List<String> contacts(Unit unit, Quantity measure) {
        return unit.sensors().stream()
                .filter(sensor -> sensor.measures() == measure)
                .map(SensorPlan::id)
                .toList();
    }

    /** Whether it is known when the unit defrosts, and when it does not. */
    boolean knowsDefrosts(Trace trace) {
        var longEnough = trace.now().filter(now -> now.watchedNs() >= KNOWN.toNanos()).isPresent();
        var learned = fine && longEnough && trace.habit().map(Habit::punctual).orElse(false);
        var told = excuse.schedule().isPresent() || !heaters.isEmpty();
        return freshNs <= QUICK_NS && (told || learned);
    }

    /** Whether one of its defrosts runs, as far as is known, or is due now. */
    boolean awaitsDefrost(Trace trace, Now now) {
        return now.excusedUntilNs(now.at().boot()) > now.at().upNs()
                || trace.habit().map(habit -> excuse.awaits(habit, now.at())).orElse(false);
    }

    /**
     * When it is clear that it does not come back by itself, as {@code upNs} of its boot: it has
     * risen beyond its usual band for longer than an open door's rise, or fallen no further for so
     * long.
     */
    static long notComingBackNs(Now now) {
        var swing = now.swing();
        var fromNs = (swing.rising() ? swing.turnedAt() : swing.farAt()).upNs();
        var leftBandNs = now.swell().map(swell -> swell.begun().upNs()).orElse(fromNs);
        return Math.max(fromNs, leftBandNs) + PATIENCE.toNanos();
    }

    /** The trace after one more value; the words of the doors say whether one is open. */
    Trace after(Trace was, Reading.Measured value, Moment told, Map<String, Heard> heard) {
        var at = told.before(value.ageNs());
        if (was.now().isEmpty()) {
            return was.at(first(value.milli(), at));
        }
        var now = was.now().get();
        var gapNs = Habit.betweenNs(now.at(), at);
        if (gapNs.isPresent() && gapNs.get() <= 0) {
            return was;
        }
        if (!now.at().boot().equals(at.boot()) || gapNs.orElse(0L) > holeNs()) {
            return was.at(afterHole(now, value.milli(), at, gapNs));
        }
        var around = new Around(isOn(doors, heard, at), heater(heard, at));
        return was.at(next(was, now, value.milli(), at, around));
    }

    private long holeNs() {
        return Math.max(freshNs, HOLE.toNanos());
    }

    /** What the contacts of the unit say. */
    private record Around(boolean doorOpen, Excuse.Contact heater) {}

    private Excuse.Contact heater(Map<String, Heard> heard, Moment at) {
        if (isOn(heaters, heard, at)) {
            return Excuse.Contact.ON;
        }
        return said(heaters, heard, at).findAny().isPresent()
                ? Excuse.Contact.OFF
                : Excuse.Contact.UNHEARD;
    }

    private static boolean isOn(List<String> contacts, Map<String, Heard> heard, Moment at) {
        return said(contacts, heard, at).anyMatch(contact -> contact.milli() != 0);
    }

    /** What those of them say that have been heard in this boot and do not fail. */
    private static Stream<Reading.Measured> said(
            List<String> contacts, Map<String, Heard> heard, Moment at) {
        return contacts.stream()
                .flatMap(contact -> Stream.ofNullable(heard.get(contact)))
                .filter(word -> word.at().boot().equals(at.boot()))
                .map(Heard::latest)
                .filter(Reading.Measured.class::isInstance)
                .map(Reading.Measured.class::cast);
    }

    private static Now first(long milli, Moment at) {
        return new Now(
                at,
                milli,
                at,
                0,
                milli * MICRO,
                milli * MICRO,
                new Swing(true, milli, at, milli, at, at),
                Usual.NOTHING,
                List.of(milli),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Effort.NOTHING);
    }

    /**
     * Nobody knows what was in the hole: what was under way is over, what is usual stays. A rise
     * that began shortly before it and is still there is the same, so that a power cut in a defrost
     * does not make an alarm of it.
     */
    private Now afterHole(Now was, long milli, Moment at, Optional<Long> gapNs) {
        var shift =
                gapNs.filter(ns -> ns <= BRIDGED.toNanos()).map(ns -> new Shift(was.at(), at, ns));
        var swell =
                was.swell()
                        .filter(_ -> milli > bandMilli(was))
                        .flatMap(rise ->
                                shift.map(to -> Swells.bridged(rise, was.milli(), milli, to)));
        var product = gapNs.map(ns -> toward(was.productMicro(), milli, ns, habits.product()));
        return new Now(
                at,
                milli,
                was.milli() == milli ? was.since() : at,
                was.watchedNs(),
                was.meanMicro(),
                product.orElseGet(() -> Math.max(was.productMicro(), milli * MICRO)),
                new Swing(true, milli, at, milli, at, at),
                was.usual(),
                List.of(milli),
                swell,
                was.ended(),
                swell.flatMap(_ -> was.excusedUntil())
                        .flatMap(until -> shift.map(to -> to.moment(until))),
                was.effort());
    }

    /** What was said in one boot, in the words of the next. */
    record Shift(Moment from, Moment to, long gapNs) {
        Moment moment(Moment then) {
            return to.boot().equals(then.boot())
                    ? then
                    : to.before(gapNs + from.upNs() - then.upNs());
        }
    }

    private Now next(Trace trace, Now was, long milli, Moment at, Around around) {
        var stepNs = at.upNs() - was.at().upNs();
        var bandMilli = bandMilli(was);
        var swell =
                milli > bandMilli
                        ? Optional.of(Swells.after(trace, was, milli, at, around.doorOpen()))
                        : Optional.<Swell>empty();
        var ended =
                was.swell().isPresent() && swell.isEmpty() ? ended(trace, was, at) : was.ended();
        var settled = swell.filter(s -> at.upNs() - s.begun().upNs() > NEW_BAND.toNanos());
        if (settled.isPresent()) {
            swell = Optional.empty();
        }
        var calmly = swell.isEmpty() && was.swell().isEmpty();
        var swing = swing(was, milli, at);
        return new Now(
                at,
                milli,
                was.milli() == milli ? was.since() : at,
                was.watchedNs() + stepNs,
                settled.isPresent() ? milli * MICRO : mean(was, Math.min(milli, bandMilli), stepNs),
                toward(was.productMicro(), milli, stepNs, habits.product()),
                swing,
                settled.isPresent() ? Usual.NOTHING : calmly ? usual(was, swing) : was.usual(),
                recent(was, milli, at),
                swell,
                ended,
                excused(trace, was, swell, at, around.heater()),
                was.effort().after(stepNs, milli, calmly, !swing.rising()));
    }

    private Optional<Moment> excused(
            Trace trace, Now was, Optional<Swell> swell, Moment at, Excuse.Contact heater) {
        var had = was.excusedUntil().filter(until -> until.boot().equals(at.boot()));
        if (heater != Excuse.Contact.UNHEARD) {
            return excuse.signalled(heater == Excuse.Contact.ON, swell, had, at);
        }
        var habit = trace.habit().filter(_ -> fine);
        var until = excuse.until(habit, swell, was.swell().isEmpty(), had, at);
        return habit.isPresent() && swell.isPresent() && at.upNs() >= notComingBackNs(was)
                ? Excuse.ended(until, swell.get(), at)
                : until;
    }

    /** A first-order filter over the time that has passed. StrictMath: the same bits everywhere. */
    private static long toward(long micro, long milli, long ns, Duration constant) {
        var share = 1 - StrictMath.exp(-(double) ns / constant.toNanos());
        return micro + StrictMath.round((milli * MICRO - micro) * share);
    }

    /**
     * What is above the band counts as its end: else a unit that is set warmer would stay above it
     * for ever. At first the plain mean of what there is, so that it does not start from one value.
     */
    private static long mean(Now was, long milli, long stepNs) {
        var constant = Math.min(MEAN.toNanos(), was.watchedNs() + stepNs);
        return toward(was.meanMicro(), milli, stepNs, Duration.ofNanos(constant));
    }

    private static Swing swing(Now now, long milli, Moment at) {
        var was = now.swing();
        var further = was.rising() ? milli >= was.farMilli() : milli <= was.farMilli();
        if (!further && Math.abs(milli - was.farMilli()) >= TURN_MILLI) {
            return new Swing(!was.rising(), was.farMilli(), was.farAt(), milli, at, was.farAt());
        }
        var recent = now.recent();
        var beforeMilli = recent.get(Math.max(0, recent.size() - 2));
        var roseMilli = milli - Math.max(beforeMilli, was.turnMilli());
        return new Swing(
                was.rising(),
                was.turnMilli(),
                was.turnedAt(),
                further ? milli : was.farMilli(),
                further ? at : was.farAt(),
                was.rising() && now.usual().steep(roseMilli) ? at : was.steepAt());
    }

    /** An up that has just ended is one of the usual ones: it stayed within the band. */
    private static Usual usual(Now was, Swing swing) {
        if (!was.swing().rising() || swing.rising()) {
            return was.usual();
        }
        var ns = was.swing().farAt().upNs() - was.swing().turnedAt().upNs();
        return was.usual().with(new Rise(ns, was.swing().turnMilli(), was.swing().farMilli()));
    }

    private static List<Long> recent(Now was, long milli, Moment at) {
        var step = STEP.toNanos();
        return at.upNs() / step == was.at().upNs() / step
                ? was.recent()
                : appended(was.recent(), milli);
    }

    private static List<Long> appended(List<Long> some, long last) {
        var all = new ArrayList<Long>(RECENT_MAX);
        all.addAll(some.size() < RECENT_MAX ? some : some.subList(1, some.size()));
        all.add(last);
        return all;
    }

    /** Where the usual band of a unit ends. */
    private static long bandMilli(Now was) {
        var mean = was.meanMicro() / MICRO;
        return was.usual().known()
                ? Math.max(mean + LIFT_LEAST_MILLI, was.usual().ceilingMilli())
                : mean + LIFT_MILLI;
    }

    /** Whether what has just ended may be a defrost: long enough, not too long, door shut. */
    private Optional<Warming> ended(Trace trace, Now was, Moment at) {
        var swell = was.swell().orElseThrow();
        var warming =
                new Warming(
                        swell.begun(),
                        at.upNs() - swell.begun().upNs(),
                        swell.peakAt().upNs() - swell.begun().upNs(),
                        swell.peakMilli(),
                        swell.curve());
        var likely =
                warming.riseNs() >= RISE.toNanos() && swell.doorNs() <= Excuse.STRANGE.toNanos();
        // Where the time tells a defrost, one with an open door in it was one all the same, and
        // nobody can say that there was none in a unit that was warm for hours.
        var awaited = trace.habit().map(h -> h.within(warming, lore.zone())).orElse(false);
        return fine && (awaited || (likely && warming.lengthNs() <= CURVE.toNanos()))
                ? Optional.of(warming)
                : was.ended();
    }
}
