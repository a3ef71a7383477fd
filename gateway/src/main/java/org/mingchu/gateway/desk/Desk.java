package org.mingchu.gateway.desk;

import org.mingchu.config.Annunciator;
import org.mingchu.gateway.desk.Answer.Done;
import org.mingchu.gateway.desk.Answer.Reason;
import org.mingchu.gateway.desk.Answer.Refused;
import org.mingchu.gateway.judge.AlarmEvent;
import org.mingchu.gateway.judge.AlarmId;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Person;
import org.mingchu.gateway.judge.Role;
import org.mingchu.gateway.judge.State;
import org.mingchu.gateway.judge.Strength;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Where people act: checks who may, hands the act to the house, and answers when it is kept, never
 * before. Any thread; a call blocks for at most {@link #KEPT_WITHIN}.
 */
public final class Desk {
    /** Longest wait for the commit; a cook does not stand before a panel for longer. */
    public static final Duration KEPT_WITHIN = Duration.ofSeconds(2);

    /** Longest note, in characters. */
    public static final int NOTE_LENGTH_MAX = 200;

    /** A UUID in words, in characters; anything else is no alarm id. */
    private static final int ID_LENGTH = 36;

    private final Supplier<State> state;
    private final Function<String, Optional<Role>> roles;
    private final Function<Fact, CompletableFuture<?>> keep;

    /**
     * A desk over the house's verbs.
     *
     * @param state the state as it stands
     * @param roles the role of a person id, empty for a stranger
     * @param keep hands a fact to the house; completes when its commit is done
     */
    public Desk(
            Supplier<State> state,
            Function<String, Optional<Role>> roles,
            Function<Fact, CompletableFuture<?>> keep) {
        this.state = state;
        this.roles = roles;
        this.keep = keep;
    }

    /** Somebody says: I am on it. The same person saying so twice is one record. */
    public Answer acknowledge(
            String alarmId, String personId, Strength strength, Optional<String> note) {
        var open = open(alarmId);
        if (open.isEmpty()) {
            return new Refused(Reason.NO_SUCH_ALARM);
        }
        var role = roles.apply(personId);
        if (role.isEmpty()) {
            return new Refused(Reason.NO_SUCH_PERSON);
        }
        if (!mayAcknowledge(role.get())) {
            return new Refused(Reason.READS_ONLY);
        }
        if (note.filter(n -> n.length() > NOTE_LENGTH_MAX).isPresent()) {
            return new Refused(Reason.NOTE_TOO_LONG);
        }
        var person = new Person(personId, role.get(), strength);
        return taken(open.get())
                ? alreadyTaken(open.get(), personId)
                : kept(new Fact.Acknowledged(open.get().id(), person, note));
    }

    /**
     * Makes the buzzer quiet for {@link Annunciator#SILENCE_MAX}; nothing is acknowledged. Where
     * nothing sounds nothing is kept: whoever reaches the page must not be able to fill the disk.
     */
    public Answer silence() {
        if (!anyUntaken()) {
            return new Done();
        }
        return kept(new Fact.Silenced(Annunciator.SILENCE_MAX.toMillis()));
    }

    private boolean anyUntaken() {
        return open().anyMatch(event -> !taken(event));
    }

    private Optional<AlarmEvent> open(String alarmId) {
        return parsed(alarmId)
                .flatMap(id -> open().filter(event -> event.id().equals(id)).findFirst());
    }

    private Stream<AlarmEvent> open() {
        return state.get().watching().values().stream()
                .flatMap(watching -> watching.open().stream())
                .map(State.Open::last);
    }

    /** The alarm id in words, if it is one. */
    static Optional<AlarmId> parsed(String alarmId) {
        if (alarmId.length() != ID_LENGTH) {
            return Optional.empty();
        }
        try {
            return Optional.of(new AlarmId(UUID.fromString(alarmId)));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static boolean mayAcknowledge(Role role) {
        return switch (role) {
            case VOLUNTEER, STAFF, SAFETY_OFFICER, MANAGER, TECHNICIAN -> true;
            case INSPECTOR -> false;
        };
    }

    static boolean taken(AlarmEvent last) {
        return switch (last.state()) {
            case UNACK_ACTIVE, UNACK_RETURNED, LATCHED_UNACK -> false;
            case NORMAL, ACK_ACTIVE, LATCHED_ACK, SHELVED, SUPPRESSED, OUT_OF_SERVICE -> true;
        };
    }

    /** A double tap of one person must not look like a refusal. */
    private static Answer alreadyTaken(AlarmEvent last, String personId) {
        return last.person().map(p -> p.id().equals(personId)).orElse(false)
                ? new Done()
                : new Refused(Reason.ALREADY_TAKEN);
    }

    private Answer kept(Fact fact) {
        return answered(keep.apply(fact));
    }

    /** Done when it is kept, and never before. */
    public static Answer answered(CompletableFuture<?> commit) {
        try {
            commit.get(KEPT_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
            return new Done();
        } catch (TimeoutException | ExecutionException _) {
            return new Refused(Reason.NOT_KEPT);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Refused(Reason.NOT_KEPT);
        }
    }
}
