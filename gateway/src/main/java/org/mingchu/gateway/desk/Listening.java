package org.mingchu.gateway.desk;

import org.mingchu.gateway.desk.Answer.Done;
import org.mingchu.gateway.desk.Answer.Reason;
import org.mingchu.gateway.desk.Answer.Refused;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Person;
import org.mingchu.sensors.Clock;

import java.time.Duration;
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

    private final Clock clock;
    private final BooleanSupplier sounds;
    private final Function<Fact, CompletableFuture<?>> keep;
    private OptionalLong soundedNs = OptionalLong.empty();
    private boolean asked;

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
        if (within(EVERY, nowNs) || !sounds.getAsBoolean()) {
            return new Refused(Reason.BUZZER_BUSY);
        }
        soundedNs = OptionalLong.of(nowNs);
        asked = true;
        return new Done();
    }

    /** Keeps whether it was heard, once for each sound. */
    public synchronized Answer heard(boolean heard, Optional<Person> person) {
        if (!asked || !within(ANSWERED_WITHIN, clock.now().upNs())) {
            return new Refused(Reason.NOT_SOUNDED);
        }
        var answer = Desk.answered(keep.apply(new Fact.BuzzerTested(heard, person)));
        asked = !(answer instanceof Done);
        return answer;
    }

    private boolean within(Duration time, long nowNs) {
        return soundedNs.isPresent() && nowNs - soundedNs.getAsLong() < time.toNanos();
    }
}
