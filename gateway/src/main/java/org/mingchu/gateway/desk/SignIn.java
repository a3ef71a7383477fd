package org.mingchu.gateway.desk;

import org.mingchu.gateway.judge.AccessEvent;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Person;
import org.mingchu.gateway.judge.Role;
import org.mingchu.gateway.judge.Strength;
import org.mingchu.sensors.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Where somebody proves who they are, with a PIN or a badge. Whoever tries too often waits, and so
 * does the place it is tried from. Any thread; a call blocks for a tenth of a second and some.
 */
public final class SignIn {
    /** Longest wait for whoever is before; a PIN costs a tenth of a second of one core. */
    static final Duration TURN_WITHIN = Duration.ofSeconds(2);

    /** Locked places in the record: one so often, for there are more of them than of people. */
    static final Duration PLACES_EVERY = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(SignIn.class);

    private final Proofs proofs;
    private final Sessions sessions;
    private final Clock clock;
    private final Consumer<Fact> record;

    /** One at a time: tries side by side would cost every core and be counted too late. */
    private final Semaphore turn = new Semaphore(1, true);

    private final Lockouts people = new Lockouts();
    private final Lockouts places = new Lockouts();
    private long placeRecordedNs = Long.MIN_VALUE;

    /**
     * What tells who somebody is.
     *
     * @param roles the role of a person id, empty for a stranger
     * @param pin whether a PIN is a person's; takes as long for a stranger
     * @param badge whose badge has a number
     */
    public record Proofs(
            Function<String, Optional<Role>> roles,
            BiPredicate<String, String> pin,
            Function<String, Optional<String>> badge) {}

    /** What comes of it. Immutable. */
    public sealed interface Outcome {}

    /** Signed in under a new session. */
    public record In(String session, Person person) implements Outcome {}

    /**
     * Not signed in.
     *
     * @param retry so long nothing is looked at
     */
    public record Out(Why why, Duration retry) implements Outcome {}

    /** Why somebody is not signed in; the page has a sentence for each word. */
    public enum Why {
        /** Not this person's PIN; or the person has none, or there is no such person. */
        WRONG_PIN("wrong-pin"),
        /** Nobody's badge, or one that has ended. */
        WRONG_BADGE("wrong-badge"),
        /** Too many tries; not even looked at. */
        LOCKED("locked"),
        /** Others are trying; not even looked at. */
        BUSY("busy");

        private final String word;

        Why(String word) {
            this.word = word;
        }

        /** The word that the page's interface uses. */
        public String word() {
            return word;
        }
    }

    /**
     * @param record keeps that somebody was locked out
     */
    public SignIn(Proofs proofs, Sessions sessions, Clock clock, Consumer<Fact> record) {
        this.proofs = proofs;
        this.sessions = sessions;
        this.clock = clock;
        this.record = record;
    }

    /**
     * By PIN.
     *
     * @param place where it is tried, an address
     */
    public Outcome byPin(String person, String pin, String place) {
        return inTurn(() -> {
            var retry = longer(people.wait(person, upNs()), places.wait(place, upNs()));
            if (retry.isPositive()) {
                return new Out(Why.LOCKED, retry);
            }
            var role = proofs.roles().apply(person);
            // Looked at for a stranger as well: how long it takes must not tell who is known.
            var right = proofs.pin().test(person, pin);
            if (right && role.isPresent()) {
                people.succeeded(person);
                return in(new Person(person, role.get(), Strength.PIN), place);
            }
            var known = role.map(_ -> person);
            var locked = known.map(p -> people.failed(p, upNs())).orElse(Duration.ZERO);
            return failed(Why.WRONG_PIN, known, locked, place);
        });
    }

    /** By the number on a badge. */
    public Outcome byBadge(String number, String place) {
        return inTurn(() -> {
            var retry = places.wait(place, upNs());
            if (retry.isPositive()) {
                return new Out(Why.LOCKED, retry);
            }
            var person = proofs.badge().apply(number);
            var role = person.flatMap(proofs.roles());
            return role.isPresent()
                    ? in(new Person(person.orElseThrow(), role.get(), Strength.CARD), place)
                    : failed(Why.WRONG_BADGE, Optional.empty(), Duration.ZERO, place);
        });
    }

    private Outcome in(Person person, String place) {
        places.succeeded(place);
        LOG.info(
                "event=sign-in person={} role={} strength={} from={}",
                person.id(),
                person.role().word(),
                person.strength().word(),
                place);
        return new In(sessions.begin(person), person);
    }

    private Out failed(Why why, Optional<String> person, Duration personLocked, String place) {
        var placeLocked = places.failed(place, upNs());
        LOG.warn(
                "event=sign-in-failed reason={} person={} from={} locked={}",
                why.word(),
                person.orElse("-"),
                place,
                longer(personLocked, placeLocked));
        if (personLocked.isPositive()) {
            record.accept(new Fact.Access(AccessEvent.LOCKED_OUT, person));
        } else if (placeLocked.isPositive() && isTimeForAPlace()) {
            record.accept(new Fact.Access(AccessEvent.LOCKED_OUT, Optional.empty()));
        }
        return new Out(why, longer(personLocked, placeLocked));
    }

    private boolean isTimeForAPlace() {
        var now = upNs();
        var is =
                placeRecordedNs == Long.MIN_VALUE
                        || now - placeRecordedNs >= PLACES_EVERY.toNanos();
        if (is) {
            placeRecordedNs = now;
        }
        return is;
    }

    /** What is done in turn. */
    @FunctionalInterface
    private interface Attempt {
        Outcome run();
    }

    private Outcome inTurn(Attempt attempt) {
        try {
            if (!turn.tryAcquire(TURN_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                return new Out(Why.BUSY, TURN_WITHIN);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Out(Why.BUSY, TURN_WITHIN);
        }
        try {
            return attempt.run();
        } finally {
            turn.release();
        }
    }

    private long upNs() {
        return clock.now().upNs();
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
