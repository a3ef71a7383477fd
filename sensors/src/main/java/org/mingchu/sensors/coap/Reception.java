package org.mingchu.sensors.coap;

import org.mingchu.sensors.Clock;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Fault;
import org.mingchu.sensors.Flag;
import org.mingchu.sensors.Intake;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.Reading;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Takes what a probe says to the intake: decodes it, finds whose it is, gives each value its own
 * time, and leaves out what was kept before. Any thread; never blocks.
 */
final class Reception {
    /** A probe's clock may be ahead so far; further, and every later value would look late. */
    static final long FUTURE_MS_MAX = 120_000;

    /** No probe buffers for longer; such a time is a clock that nobody has set. */
    static final long AGE_MS_MAX = Reading.LATE_MAX.toMillis();

    private final Roster roster;
    private final Intake intake;
    private final Clock clock;
    private final Consumer<Reading.Measured> kept;
    private final Map<String, Ledger> ledgers;

    /** A pack that is not taken, and the answer to it. */
    private static final class Turned extends Exception {
        private static final long serialVersionUID = 1;

        private final transient Answer answer;

        Turned(Answer answer) {
            super(answer.toString(), null, false, false);
            this.answer = answer;
        }
    }

    /**
     * @param kept told each value after it was kept, ages counted back from then
     */
    Reception(Roster roster, Intake intake, Clock clock, Consumer<Reading.Measured> kept) {
        this.roster = roster;
        this.intake = intake;
        this.clock = clock;
        this.kept = kept;
        this.ledgers =
                roster.identities().stream()
                        .collect(Collectors.toUnmodifiableMap(i -> i, _ -> new Ledger()));
    }

    Roster roster() {
        return roster;
    }

    /** Takes a body. The answer never completes exceptionally. */
    CompletableFuture<Answer> take(Told told, byte[] body) {
        return switch (SenMl.read(told.form(), body)) {
            case SenMl.Refused(var why) -> now(new Answer.Refused(why));
            case SenMlPack pack ->
                    take(
                            told,
                            pack.values(),
                            pack.sequence().isPresent() ? pack.sequence() : told.sequence(),
                            Fingerprint.of(body));
        };
    }

    /**
     * Takes values however they were read.
     *
     * @param body fingerprint of the bytes they came in
     */
    CompletableFuture<Answer> take(
            Told told, List<SenMlValue> values, OptionalLong sequence, long body) {
        var ledger = Optional.ofNullable(ledgers.get(told.identity()));
        if (ledger.isEmpty()) {
            return now(new Answer.Foreign("no sensor of this site names this probe"));
        }
        var now = clock.now();
        try {
            var dated = dated(told, values, sequence, body, now);
            return hand(ledger.orElseThrow(), dated, now);
        } catch (Turned e) {
            return now(e.answer);
        }
    }

    private CompletableFuture<Answer> hand(Ledger ledger, List<Dated> dated, Moment now) {
        var handed = ledger.hand(dated, ms(now), intake);
        if (handed.isEmpty()) {
            return now(new Answer.Busy("too much of this probe is not kept yet"));
        }
        return handed.orElseThrow()
                .<Answer>handle((_, failure) ->
                        failure == null
                                ? new Answer.Kept()
                                : new Answer.Busy("the gateway cannot keep it now"))
                .whenComplete((answer, _) -> tell(answer, dated, now));
    }

    private void tell(Answer answer, List<Dated> dated, Moment now) {
        if (!(answer instanceof Answer.Kept)) {
            return;
        }
        var sinceNs = clock.now().upNs() - now.upNs();
        newestOfEach(dated).values().stream()
                .map(Dated::reading)
                .flatMap(r ->
                        r instanceof Reading.Measured m
                                ? Optional.of(m).stream()
                                : Optional.<Reading.Measured>empty().stream())
                .map(m -> (Reading.Measured) m.older(sinceNs))
                .forEach(kept);
    }

    private static Map<String, Dated> newestOfEach(List<Dated> dated) {
        var newest = new LinkedHashMap<String, Dated>();
        dated.forEach(one ->
                newest.merge(one.subject(), one, (a, b) -> a.takenMs() > b.takenMs() ? a : b));
        return newest;
    }

    private List<Dated> dated(
            Told told, List<SenMlValue> values, OptionalLong sequence, long body, Moment now)
            throws Turned {
        var dated = new ArrayList<Dated>();
        var owned = false;
        for (var i = 0; i < values.size(); i++) {
            var value = values.get(i);
            var sensor = roster.owner(told.identity(), value);
            if (sensor.isEmpty()) {
                continue;
            }
            owned = true;
            var ageMs = ageMs(value.when(), now);
            var keys = keys(value, sequence, body, i, ms(now) - ageMs);
            reading(sensor.orElseThrow(), value, ageMs, told.proven())
                    .ifPresent(r -> dated.add(new Dated(r, ms(now) - ageMs, keys)));
        }
        if (!owned) {
            throw new Turned(new Answer.Foreign(foreign(values)));
        }
        return dated;
    }

    private static String foreign(List<SenMlValue> values) {
        return values.isEmpty()
                ? "the pack has no number of a sensor"
                : "no sensor of this site reads " + values.getFirst().name();
    }

    private static Keys keys(
            SenMlValue value, OptionalLong sequence, long body, int index, long takenMs) {
        return switch (value.when()) {
            case When.Epoch(var ms) -> Keys.ofTime(value.name(), ms);
            case When.Ago _ when sequence.isPresent() ->
                    Keys.ofSequence(sequence.getAsLong(), body, index, value, takenMs);
            case When.Ago _ -> Keys.NONE;
        };
    }

    /** How old a value is, in whole milliseconds; a little ahead is now. */
    private static long ageMs(When when, Moment now) throws Turned {
        var ageMs =
                switch (when) {
                    case When.Ago(var ms) -> ms;
                    case When.Epoch(var ms) when now.clock() != ClockState.UNSYNCED ->
                            now.wallMs() - ms;
                    case When.Epoch _ ->
                            throw new Turned(new Answer.Busy("the gateway's clock is not set yet"));
                };
        if (ageMs < -FUTURE_MS_MAX) {
            throw new Turned(
                    new Answer.Refused("a time is more than 2 minutes ahead: set the clock"));
        }
        if (ageMs > AGE_MS_MAX) {
            throw new Turned(new Answer.Refused("a time is more than 31 days ago: set the clock"));
        }
        return Math.max(0, ageMs);
    }

    /** Empty for an old value that cannot be: only silence now is worth a word. */
    private static Optional<Reading> reading(
            CoapSensor sensor, SenMlValue value, long ageMs, Told.Proven proven) throws Turned {
        var quantity = sensor.plan().measures();
        return switch (Measure.of(quantity, value.said(), value.unit(), Roster.implied(value))) {
            case Measure.Unfit(var why) ->
                    throw new Turned(new Answer.Refused(value.name() + ": " + why));
            case Measure.Beyond(var why) when ageMs <= Ledger.LIVE_MS_MAX ->
                    Optional.of(new Reading.Silent(sensor.id(), Fault.OUT_OF_RANGE, why));
            case Measure.Beyond _ -> Optional.empty();
            case Measure.Milli(var milli) -> Optional.of(measured(sensor, milli, ageMs, proven));
        };
    }

    private static Reading measured(
            CoapSensor sensor, long rawMilli, long ageMs, Told.Proven proven) {
        var now = sensor.correction().of(sensor.id(), sensor.plan().measures(), rawMilli);
        var flags = EnumSet.noneOf(Flag.class);
        flags.addAll(now.flags());
        if (proven == Told.Proven.NO) {
            flags.add(Flag.UNAUTHENTICATED);
        }
        var milli = sensor.plan().inverted() ? Measure.ONE_MILLI - rawMilli : now.milli();
        return new Reading.Measured(
                now.subject(),
                now.quantity(),
                rawMilli,
                milli,
                TimeUnit.MILLISECONDS.toNanos(ageMs),
                flags);
    }

    private static long ms(Moment now) {
        return TimeUnit.NANOSECONDS.toMillis(now.upNs());
    }

    private static CompletableFuture<Answer> now(Answer answer) {
        return CompletableFuture.completedFuture(answer);
    }
}
