package org.mingchu.gateway.desk;

import org.mingchu.gateway.judge.Person;
import org.mingchu.gateway.judge.Role;
import org.mingchu.sensors.Clock;

import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Who is signed in. A session's id is made here and nowhere else, anew at each sign-in, so that
 * nobody can be led to use one that somebody else knows. It ends when nothing is done with it, and
 * with the role that it began with. In memory: a restart signs everybody out. Any thread.
 */
public final class Sessions {
    /** An act is signed within so long of the last one. */
    public static final Duration IDLE = Duration.ofMinutes(10);

    /** Sessions at once, in number; when there are more, the one longest unused ends. */
    static final int MAX = 64;

    private static final int ID_BYTES = 32;

    private final Clock clock;
    private final RandomGenerator chance;
    private final Function<String, Optional<Role>> roles;

    /** By id; the one longest unused first. */
    private final LinkedHashMap<String, Session> open = new LinkedHashMap<>();

    private record Session(Person person, long usedNs) {}

    /**
     * Whoever is signed in.
     *
     * @param left until nothing was done for too long
     */
    public record Signed(Person person, Duration left) {}

    /**
     * Nobody is signed in yet.
     *
     * @param chance one that nobody can foretell
     * @param roles the role of a person id, empty for a stranger
     */
    public Sessions(Clock clock, RandomGenerator chance, Function<String, Optional<Role>> roles) {
        this.clock = clock;
        this.chance = chance;
        this.roles = roles;
    }

    /** Begins one; returns its id. */
    synchronized String begin(Person person) {
        var bytes = new byte[ID_BYTES];
        chance.nextBytes(bytes);
        var id = HexFormat.of().formatHex(bytes);
        if (open.size() >= MAX) {
            open.pollFirstEntry();
        }
        open.put(id, new Session(person, clock.now().upNs()));
        return id;
    }

    /** Who it is; looking makes it no longer. */
    public synchronized Optional<Signed> look(String id) {
        return find(id).map(session -> new Signed(session.person(), left(session)));
    }

    /** Who does something now. */
    public synchronized Optional<Person> use(String id) {
        var person = find(id).map(Session::person);
        person.ifPresent(p -> {
            open.remove(id);
            open.put(id, new Session(p, clock.now().upNs()));
        });
        return person;
    }

    /** Ends one, if it is one. */
    public synchronized void end(String id) {
        open.remove(id);
    }

    private Optional<Session> find(String id) {
        open.values().removeIf(session -> !left(session).isPositive());
        var session = Optional.ofNullable(open.get(id));
        var good = session.filter(s -> holds(s.person()));
        if (good.isEmpty()) {
            open.remove(id);
        }
        return good;
    }

    /** Whoever was erased, or has another role by now, has to sign in again. */
    private boolean holds(Person person) {
        return roles.apply(person.id()).filter(person.role()::equals).isPresent();
    }

    private Duration left(Session session) {
        return IDLE.minusNanos(clock.now().upNs() - session.usedNs());
    }
}
