package org.mingchu.gateway.desk;

import org.mingchu.gateway.desk.Answer.Reason;
import org.mingchu.gateway.desk.Answer.Refused;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Person;
import org.mingchu.gateway.judge.Role;
import org.mingchu.gateway.judge.Strength;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Where somebody has the gateway test itself: one test at a time, kept as a test and never as an
 * alarm. Any thread; whoever asks waits for the test.
 */
public final class SelfTesting {
    private final Supplier<List<Fact.Step>> test;
    private final Function<Fact, CompletableFuture<?>> keep;
    private final AtomicBoolean running = new AtomicBoolean();

    /**
     * @param test does it; ends by itself within a minute
     * @param keep hands a fact to the house; completes when its commit is done
     */
    public SelfTesting(Supplier<List<Fact.Step>> test, Function<Fact, CompletableFuture<?>> keep) {
        this.test = test;
        this.keep = keep;
    }

    /** Tests, and keeps what came out. */
    public Answer by(Person person) {
        if (!may(person.role())) {
            return new Refused(Reason.NOT_YOUR_ROLE);
        }
        if (person.strength() == Strength.TAP) {
            return new Refused(Reason.NEEDS_PIN);
        }
        if (!running.compareAndSet(false, true)) {
            return new Refused(Reason.TEST_BUSY);
        }
        try {
            return Desk.answered(keep.apply(new Fact.SelfTested(test.get(), person)));
        } finally {
            running.set(false);
        }
    }

    private static boolean may(Role role) {
        return switch (role) {
            case SAFETY_OFFICER, MANAGER, TECHNICIAN -> true;
            case VOLUNTEER, STAFF, INSPECTOR -> false;
        };
    }
}
