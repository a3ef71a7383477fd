package org.mingchu.gateway.desk;

import org.mingchu.config.Attention;
import org.mingchu.config.Priority;
import org.mingchu.gateway.desk.Answer.Reason;
import org.mingchu.gateway.desk.Answer.Refused;
import org.mingchu.gateway.judge.AlarmEvent;
import org.mingchu.gateway.judge.AlarmState;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Person;
import org.mingchu.gateway.judge.Role;
import org.mingchu.gateway.judge.State;
import org.mingchu.gateway.judge.Strength;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Where somebody tries the whole way of an alarm: one drill at a time, and none while something
 * real calls, which it would drown. Any thread; a call blocks for at most {@link Desk#KEPT_WITHIN}.
 */
public final class Drilling {
    private final boolean ruled;
    private final Supplier<State> state;
    private final Function<Fact, CompletableFuture<?>> keep;

    /**
     * @param ruled whether the rule pack has a rule for it; without one no alarm would follow
     * @param keep hands a fact to the house; completes when its commit is done
     */
    public Drilling(
            boolean ruled, Supplier<State> state, Function<Fact, CompletableFuture<?>> keep) {
        this.ruled = ruled;
        this.state = state;
        this.keep = keep;
    }

    /** Begins one, asked for at the page: whoever does has proven who they are. */
    public Answer atPage(Person person) {
        return person.strength() == Strength.TAP && may(person.role())
                ? new Refused(Reason.NEEDS_PIN)
                : by(person);
    }

    /** Begins one, asked for on the machine itself. */
    public Answer by(Person person) {
        if (!may(person.role())) {
            return new Refused(Reason.NOT_YOUR_ROLE);
        }
        if (!ruled) {
            return new Refused(Reason.NO_DRILL_RULE);
        }
        var open = state.get().openAlarms();
        if (open.stream().anyMatch(AlarmEvent::drill)) {
            return new Refused(Reason.DRILL_BUSY);
        }
        return open.stream().anyMatch(Drilling::calls)
                ? new Refused(Reason.ALARM_CALLS)
                : Desk.answered(keep.apply(new Fact.Drilled(person)));
    }

    private static boolean calls(AlarmEvent alarm) {
        return alarm.state() == AlarmState.UNACK_ACTIVE
                && (alarm.priority() != Priority.P3 || alarm.attention() != Attention.NONE);
    }

    private static boolean may(Role role) {
        return switch (role) {
            case SAFETY_OFFICER, MANAGER, TECHNICIAN -> true;
            case VOLUNTEER, STAFF, INSPECTOR -> false;
        };
    }
}
