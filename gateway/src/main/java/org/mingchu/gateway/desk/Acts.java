package org.mingchu.gateway.desk;

import org.mingchu.gateway.desk.Answer.Reason;
import org.mingchu.gateway.desk.Answer.Refused;
import org.mingchu.gateway.judge.Doing;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Person;
import org.mingchu.gateway.judge.Refusal;
import org.mingchu.gateway.judge.Remedy;
import org.mingchu.gateway.judge.Role;
import org.mingchu.gateway.judge.State;
import org.mingchu.gateway.judge.Strength;
import org.mingchu.sensors.Moment;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Where people say what they do to units, alarms and sensors: checks who may and whether it can be,
 * hands the act to the house, and answers when it is kept, never before. Nothing is shortened in
 * silence. Any thread; a call blocks for at most {@link Desk#KEPT_WITHIN}.
 */
public final class Acts {
    /** Longest reason or note, in characters. */
    public static final int REASON_LENGTH_MAX = Desk.NOTE_LENGTH_MAX;

    /** Furthest end of a stop or a service: a year's closure and some, never a typing error. */
    public static final Duration UNTIL_LONGEST = Duration.ofDays(400);

    /** A trip, or what stood about, is over in a day: longer is a typing error. */
    public static final Duration SINCE_LONGEST = Duration.ofDays(1);

    private final Function<String, Optional<Role>> roles;
    private final Grounds grounds;
    private final Function<Fact, CompletableFuture<?>> keep;

    /**
     * What stands in the kitchen. Immutable.
     *
     * @param units by id
     * @param sensors by id; cameras as well
     */
    public record Site(Set<String> units, Set<String> sensors) {
        public Site {
            units = Set.copyOf(units);
            sensors = Set.copyOf(sensors);
        }
    }

    /**
     * What the judge has to say against an act; empty when it would change something.
     *
     * @param followed whether the food in a unit, or with a probe, can be followed
     * @param now the moment at which an act would begin
     */
    public record Checks(
            Function<Fact.Done, Optional<Refusal>> done,
            BiFunction<State, Fact.Shelved, Optional<Refusal>> shelved,
            Predicate<String> followed,
            Supplier<Moment> now) {}

    /**
     * A desk over the house's verbs.
     *
     * @param state the state as it stands
     * @param roles the role of a person id, empty for a stranger
     * @param keep hands a fact to the house; completes when its commit is done
     */
    public Acts(
            Supplier<State> state,
            Function<String, Optional<Role>> roles,
            Site site,
            Checks checks,
            Function<Fact, CompletableFuture<?>> keep) {
        this.roles = roles;
        this.grounds = new Grounds(state, site, checks);
        this.keep = keep;
    }

    /** Has it kept, or says why it is not. */
    public Answer on(Deed deed, Deed.By by) {
        var role = roles.apply(by.person());
        if (role.isEmpty()) {
            return new Refused(Reason.NO_SUCH_PERSON);
        }
        if (role.get() == Role.INSPECTOR) {
            return new Refused(Reason.READS_ONLY);
        }
        if (!may(role.get(), deed)) {
            return new Refused(Reason.NOT_YOUR_ROLE);
        }
        var person = new Person(by.person(), role.get(), by.strength());
        return switch (grounds.of(deed, person)) {
            case Grounds.For(var fact) -> Desk.answered(keep.apply(fact));
            case Grounds.Against(var reason) -> new Refused(reason);
        };
    }

    /**
     * The same at the page, where anybody can tap a name: what takes more than that is refused
     * until it is proven. Who has the console's token has proven more than a PIN.
     */
    public Answer atPage(Deed deed, Deed.By by) {
        return (!isDaily(deed) || throwsAway(deed)) && by.strength() == Strength.TAP
                ? new Refused(Reason.NEEDS_PIN)
                : on(deed, by);
    }

    private static boolean throwsAway(Deed deed) {
        return switch (deed) {
            case Deed.Remedies(_, var remedy) -> remedy.fate() == Remedy.Fate.DISCARDED;
            case Deed.Checks(_, var fit, _) -> !fit;
            default -> false;
        };
    }

    private static boolean may(Role role, Deed deed) {
        return switch (role) {
            case SAFETY_OFFICER, MANAGER -> true;
            case TECHNICIAN -> !(deed instanceof Deed.Verifies);
            case STAFF -> isDaily(deed);
            case VOLUNTEER, INSPECTOR -> false;
        };
    }

    /** What belongs to a day's work; the rest takes something out of sight for longer. */
    private static boolean isDaily(Deed deed) {
        return switch (deed) {
            case Deed.Does does -> does.doing() != Doing.STOPPED;
            case Deed.Checks _,
                    Deed.BeginsBatch _,
                    Deed.EndsBatch _,
                    Deed.Remedies _,
                    Deed.Reviews _,
                    Deed.Measures _ ->
                    true;
            case Deed.Verifies _,
                    Deed.Shelves _,
                    Deed.Unshelves _,
                    Deed.Resets _,
                    Deed.TakesOut _,
                    Deed.PutsBack _,
                    Deed.Relearns _ ->
                    false;
        };
    }
}
