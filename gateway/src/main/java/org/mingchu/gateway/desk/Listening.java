package org.mingchu.gateway.desk;

import org.mingchu.gateway.desk.Answer.Done;
import org.mingchu.gateway.desk.Answer.Reason;
import org.mingchu.gateway.desk.Answer.Refused;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Person;
import org.mingchu.sensors.Clock;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Where somebody sounds the buzzer and says whether it was heard. An answer belongs to a sound:
 * nobody can say that it was heard without having sounded it. Any thread.
 */
public final class Listening {
    /** A test may be repeated so soon, and no sooner: nobody makes a game of it. */
    static final Duration EVERY = Duration.ofSeconds(5);

    /** Whoever answers later does not answer to that sound. */
    static final Duration ANSWERED_WITHIN = Duration.ofMinutes(2);

    /**
     * The same answer again within this is no further entry: it says nothing new, and whoever
     * reaches the page must not be able to fill the record.
     */
    static final Duration NOTHING_NEW_WITHIN = Duration.ofMinutes(10);

    /** Answers an hour that are kept: enough to mend a buzzer by, too few to fill a record with. */
    static final int ANSWERS_AN_HOUR = 20;

    private static final long HOUR_NS = Duration.ofHours(1).toNanos();

    private final Clock clock;
    private final BooleanSupplier sounds;
    private final Function<Fact, CompletableFuture<?>> keep;
    private OptionalLong soundedNs = OptionalLong.empty();
    private boolean asked;

    /** Of the last hour, the oldest first. */
    private final Deque<Kept> kept = new ArrayDeque<>();

    private record Kept(boolean heard, long atNs) {}

    /**
     * @param sounds sounds the test; false when there is no buzzer, or an alarm sounds
     * @param keep hands a fact to the house; completes when its commit is done
     */
    public Listening(
            Clock clock, BooleanSupplier sounds, Function<Fact, CompletableFuture<?>> keep) {
        this.clock = clock;
        this.sounds = sounds;
        this.keep = keep;
    }

    /** Sounds it. */
    public synchronized Answer sound() {
        var nowNs = clock.now().upNs();
        kept.removeIf(answer -> nowNs - answer.atNs() >= HOUR_NS);
        var enough = kept.size() >= ANSWERS_AN_HOUR;
        if (enough || within(EVERY, nowNs) || !sounds.getAsBoolean()) {
            return new Refused(Reason.BUZZER_BUSY);
        }
        soundedNs = OptionalLong.of(nowNs);
        asked = true;
        return new Done();
    }

    /** Keeps whether it was heard, once for each sound, unless that is known. */
    public synchronized Answer heard(boolean heard, Optional<Person> person) {
        if (!asked || !within(ANSWERED_WITHIN, clock.now().upNs())) {
            return new Refused(Reason.NOT_SOUNDED);
        }
        if (saysNothingNew(heard)) {
            asked = false;
            return new Done();
        }
        var answer = Desk.answered(keep.apply(new Fact.BuzzerTested(heard, person)));
        asked = !(answer instanceof Done);
        if (!asked) {
            kept.add(new Kept(heard, clock.now().upNs()));
        }
        return answer;
    }

    private boolean saysNothingNew(boolean heard) {
        var nowNs = clock.now().upNs();
        return Optional.ofNullable(kept.peekLast())
                .filter(last -> last.heard() == heard)
                .filter(last -> nowNs - last.atNs() < NOTHING_NEW_WITHIN.toNanos())
                .isPresent();
    }

    private boolean within(Duration time, long nowNs) {
        return soundedNs.isPresent() && nowNs - soundedNs.getAsLong() < time.toNanos();
    }
}
