package org.mingchu.gateway.show;

import org.mingchu.gateway.judge.State;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * What the page asks the house, the people's table, the courier and the desk. All may be called
 * from any thread; all but the acts and {@code trends} answer at once. Immutable.
 *
 * @param state the state as it stands after the last commit
 * @param people those who may be asked for by name tile
 * @param waiting how many kept entries a platform, by id, does not have yet
 * @param acknowledge a tap on a name tile, or more
 * @param silence the page's way to press the button
 * @param act what somebody may say of a unit or an alarm
 * @param entrance how people prove who they are
 * @param trends what it reads of the record; may wait
 * @param aftercare what people say when an alarm is taken or over
 * @param technician what the technician asks
 * @param battery what the board runs on; empty while that is the mains
 * @param standIn the word of what it goes on by, when it cannot use the files it follows
 */
public record Verbs(
        Supplier<State> state,
        Supplier<List<Tile>> people,
        ToLongFunction<String> waiting,
        Acknowledge acknowledge,
        Silence silence,
        Act act,
        Entrance entrance,
        Trends trends,
        Aftercare aftercare,
        Technician technician,
        Supplier<Optional<Battery>> battery,
        Optional<String> standIn) {
    /** Of a board without a battery of its own, which follows its files. */
    public Verbs(
            Supplier<State> state,
            Supplier<List<Tile>> people,
            ToLongFunction<String> waiting,
            Acknowledge acknowledge,
            Silence silence,
            Act act,
            Entrance entrance,
            Trends trends,
            Aftercare aftercare,
            Technician technician) {
        this(
                state,
                people,
                waiting,
                acknowledge,
                silence,
                act,
                entrance,
                trends,
                aftercare,
                technician,
                Optional::empty,
                Optional.empty());
    }

    /** Somebody takes an alarm. */
    @FunctionalInterface
    public interface Acknowledge {
        /** The word of a refusal, as texts are keyed by it; empty when the act is kept. */
        Optional<String> by(String alarmId, By by);
    }

    /** Somebody makes the buzzer quiet for a while. */
    @FunctionalInterface
    public interface Silence {
        /** The word of a refusal; empty when the act is kept. */
        Optional<String> now();
    }

    /** Somebody says what he does to a unit. */
    @FunctionalInterface
    public interface Act {
        /** The word of a refusal; empty when the act is kept. */
        Optional<String> by(Tap tap, By by);
    }
}
