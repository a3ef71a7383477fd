package org.mingchu.gateway.desk;

import org.mingchu.gateway.judge.AccessEvent;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Role;
import org.mingchu.sensors.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Where a manager gets a new PIN when all are lost: whoever holds the button while the gateway
 * starts stands before it, and whoever knows the code has its label. It resets a manager's PIN and
 * nothing else; it sounds, and it is in the record. Any thread.
 */
public final class LostPins {
    /** So long after the button was held a code is looked at. */
    static final Duration OPEN_FOR = Duration.ofMinutes(10);

    /** So many wrong codes end it until the next start; there are ten thousand million. */
    static final int TRIES = 5;

    private static final Logger LOG = LoggerFactory.getLogger(LostPins.class);

    private final Clock clock;
    private final Keys keys;
    private final Predicate<String> weak;
    private final Function<Fact, CompletableFuture<?>> keep;
    private final Runnable sound;
    private OptionalLong openedNs = OptionalLong.empty();
    private int failed;

    /**
     * What is looked at and changed.
     *
     * @param code what stands on the label; empty while there is no key
     * @param roles the role of a person id, empty for a stranger
     * @param give gives somebody a PIN; false when it is not kept
     */
    public record Keys(
            Supplier<Optional<String>> code,
            Function<String, Optional<Role>> roles,
            BiPredicate<String, String> give) {}

    /** What comes of it; the page has a sentence for each word. */
    public enum Outcome {
        DONE("done"),
        /** Nobody held the button while the gateway started, or that was too long ago. */
        CLOSED("closed"),
        WRONG_CODE("wrong-code"),
        /** Only a manager's PIN is reset like this: he gives the others theirs. */
        NOT_A_MANAGER("not-a-manager"),
        WEAK_PIN("weak-pin"),
        NOT_KEPT("not-kept");

        private final String word;

        Outcome(String word) {
            this.word = word;
        }

        /** The word that the page's interface uses. */
        public String word() {
            return word;
        }
    }

    /**
     * @param weak whether nobody should have such a PIN
     * @param keep hands a fact to the house; completes when its commit is done
     * @param sound makes it heard
     */
    public LostPins(
            Clock clock,
            Keys keys,
            Predicate<String> weak,
            Function<Fact, CompletableFuture<?>> keep,
            Runnable sound) {
        this.clock = clock;
        this.keys = keys;
        this.weak = weak;
        this.keep = keep;
        this.sound = sound;
    }

    /** The button was held while the gateway started. */
    public synchronized void open() {
        openedNs = OptionalLong.of(clock.now().upNs());
        failed = 0;
        LOG.warn("event=pin-reset-open for={} reason=\"button held at the start\"", OPEN_FOR);
        sound.run();
    }

    /** So long a code is still looked at; zero when none is. */
    public synchronized Duration left() {
        if (openedNs.isEmpty()) {
            return Duration.ZERO;
        }
        var leftNs = OPEN_FOR.toNanos() - (clock.now().upNs() - openedNs.getAsLong());
        return Duration.ofNanos(Math.max(0, leftNs));
    }

    /** Gives a manager a new PIN. */
    public synchronized Outcome reset(String code, String person, String pin) {
        var right = keys.code().get();
        if (left().isZero() || right.isEmpty()) {
            return Outcome.CLOSED;
        }
        if (!isSame(digits(right.get()), digits(code))) {
            wrong();
            return Outcome.WRONG_CODE;
        }
        if (!keys.roles().apply(person).equals(Optional.of(Role.MANAGER))) {
            return Outcome.NOT_A_MANAGER;
        }
        if (weak.test(pin)) {
            return Outcome.WEAK_PIN;
        }
        if (!keys.give().test(person, pin)) {
            return Outcome.NOT_KEPT;
        }
        LOG.warn("event=pin-reset person={}", person);
        sound.run();
        var fact = new Fact.Access(AccessEvent.PIN_RESET, Optional.of(person));
        if (!(Desk.answered(keep.apply(fact)) instanceof Answer.Done)) {
            return Outcome.NOT_KEPT;
        }
        openedNs = OptionalLong.empty();
        return Outcome.DONE;
    }

    private void wrong() {
        failed++;
        LOG.warn("event=pin-reset-refused reason=wrong-code tries={}", failed);
        if (failed >= TRIES) {
            openedNs = OptionalLong.empty();
            var _ = keep.apply(new Fact.Access(AccessEvent.LOCKED_OUT, Optional.empty()));
        }
    }

    private static byte[] digits(String code) {
        return code.replaceAll("[^0-9]", "").getBytes(StandardCharsets.US_ASCII);
    }

    /** Takes as long whether they are the same or not. */
    private static boolean isSame(byte[] one, byte[] other) {
        return MessageDigest.isEqual(one, other);
    }
}
