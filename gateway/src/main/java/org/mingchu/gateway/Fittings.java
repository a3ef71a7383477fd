package org.mingchu.gateway;

import org.mingchu.gateway.judge.Role;
import org.mingchu.gateway.judge.StorageState;
import org.mingchu.gateway.keep.Journal;
import org.mingchu.gateway.keep.People;
import org.mingchu.gateway.keep.Seal;
import org.mingchu.gateway.keep.store.JournalException;
import org.mingchu.gateway.show.Tile;
import org.mingchu.sensors.Moment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What the agent has in its state folder beside the record: the key it signs with, and the people.
 * The kitchen is watched without them; what the disk does not give is asked for again as long as
 * the program runs. {@link #tend} belongs to the house's thread, the rest to any.
 */
final class Fittings implements AutoCloseable {
    /** How often the disk is asked again for what is missing. */
    private static final Duration ASK_EVERY = Duration.ofSeconds(5);

    /** How often the people's file is read anew, so that its damage is seen before it is needed. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(Fittings.class);

    private final Path folder;
    private final Journal journal;
    private final Supplier<Optional<Seal>> seals;
    private volatile Optional<Seal> seal = Optional.empty();
    private volatile Optional<People> people = Optional.empty();
    private Optional<Moment> askedAt = Optional.empty();
    private Optional<Moment> lookedAt = Optional.empty();

    /**
     * Takes what is there.
     *
     * @param seals opens or makes the key
     */
    Fittings(Path folder, Journal journal, Supplier<Optional<Seal>> seals, Moment now) {
        this.folder = folder;
        this.journal = journal;
        this.seals = seals;
        tend(now, () -> {});
    }

    /** Asks again for what is missing, now and then. Anything else that is missing goes along. */
    void tend(Moment now, Runnable others) {
        if (within(askedAt, now, ASK_EVERY)) {
            return;
        }
        var first = askedAt.isEmpty();
        askedAt = Optional.of(now);
        if (seal.isEmpty() && (first || onDisk())) {
            seal = seals.get();
            seal.ifPresent(journal::sealWith);
        }
        if (!within(lookedAt, now, LOOK_EVERY) || (people.isEmpty() && onDisk())) {
            lookedAt = Optional.of(now);
            look(now);
        }
        if (onDisk()) {
            others.run();
        }
    }

    private boolean onDisk() {
        return journal.condition() != StorageState.MEMORY;
    }

    /** Opened anew each time: an open file would show from memory what the disk has lost. */
    private void look(Moment now) {
        try {
            var opened = onDisk() ? People.openOrRenew(folder, now) : asTheyAre();
            use(opened.people());
            opened.damage().ifPresent(damage -> journal.damagedBeside(damage, now));
        } catch (JournalException e) {
            LOG.error("event=people-missing cause=\"{}\"", e.getMessage());
        }
    }

    private synchronized void use(People opened) {
        people.ifPresent(People::close);
        people = Optional.of(opened);
    }

    /** On a disk that takes nothing the names can still be read. */
    private People.Opened asTheyAre() {
        return new People.Opened(People.open(folder), Optional.empty());
    }

    /** With what checkpoints are signed. */
    Optional<Seal> seal() {
        return seal;
    }

    /** Without names nobody can acknowledge; the alarms sound all the same. */
    Optional<Role> role(String person) {
        return asked(p -> p.find(person), Optional.<People.Member>empty()).map(People.Member::role);
    }

    /** Whether a PIN is somebody's. Takes as long when it is not, or nobody is known. */
    boolean isPin(String person, String pin) {
        // Outside of the lock that the house's thread wants as well: it takes a tenth of a second.
        return asked(p -> Optional.of(p.pinOf(person)), Optional.<Predicate<String>>empty())
                .filter(proof -> proof.test(pin))
                .isPresent();
    }

    /** The code on the label; empty while there is no key it could follow from. */
    Optional<String> claimCode() {
        return seal.map(with -> with.key().claimCode());
    }

    /**
     * Gives somebody a PIN; false when it is not kept.
     *
     * @param pin one without a weakness
     */
    boolean givePin(String person, String pin, RandomGenerator chance) {
        try {
            return asked(Optional::of, Optional.<People>empty())
                    .filter(p -> p.givePin(person, pin, chance))
                    .isPresent();
        } catch (JournalException e) {
            LOG.error("event=pin-not-kept cause=\"{}\"", e.getMessage());
            return false;
        }
    }

    /** Whose badge has this number. */
    Optional<String> badgeOf(String number) {
        return asked(p -> p.byBadge(number), Optional.<People.Member>empty())
                .map(People.Member::id);
    }

    /** Everybody who can be tapped on the page. */
    List<Tile> tiles() {
        return asked(People::list, List.<People.Member>of()).stream()
                .map(m -> new Tile(m.id(), m.name(), m.role()))
                .toList();
    }

    /** How many managers have a PIN or a badge; empty when the people cannot be read. */
    OptionalLong provenManagers() {
        return asked(p -> OptionalLong.of(p.proven(Role.MANAGER)), OptionalLong.empty());
    }

    private synchronized <T> T asked(Function<People, T> question, T otherwise) {
        try {
            return people.map(question).orElse(otherwise);
        } catch (JournalException e) {
            LOG.error("event=people-unreadable cause=\"{}\"", e.getMessage());
            return otherwise;
        }
    }

    private static boolean within(Optional<Moment> then, Moment now, Duration time) {
        return then.filter(at ->
                        at.boot().equals(now.boot()) && now.upNs() - at.upNs() < time.toNanos())
                .isPresent();
    }

    @Override
    public void close() {
        people.ifPresent(People::close);
    }
}
