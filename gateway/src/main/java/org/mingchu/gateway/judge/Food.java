package org.mingchu.gateway.judge;

import org.mingchu.sensors.Moment;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The clocks over food and dishes. Immutable.
 *
 * @param clocks of units, by subject and rule; one that has counted nothing is not there
 * @param batches that have begun and not ended, by the id a person gave them
 */
public record Food(Map<State.Key, FoodClock> clocks, Map<String, Batch> batches) {
    /** More at once are forgotten ones: nobody cooks so many side by side. */
    public static final int BATCHES_MAX = 64;

    /** Nothing is counted yet. */
    public static final Food NOTHING = new Food(Map.of(), Map.of());

    public Food {
        clocks = Map.copyOf(clocks);
        batches = Map.copyOf(batches);
    }

    /**
     * Food of one cooking, from when a person says so until a person says so.
     *
     * @param subject the probe that is with it
     * @param clocks by rule
     */
    public record Batch(
            String subject, Moment begun, Person person, Map<String, FoodClock> clocks) {
        public Batch {
            clocks = Map.copyOf(clocks);
        }
    }

    <T extends FoodClock> Optional<T> clock(State.Key key, Class<T> kind) {
        return Optional.ofNullable(clocks.get(key)).filter(kind::isInstance).map(kind::cast);
    }

    Food with(State.Key key, FoodClock clock) {
        var all = new HashMap<>(clocks);
        all.put(key, clock);
        return new Food(all, batches);
    }

    Food with(String batch, Batch as) {
        var all = new HashMap<>(batches);
        all.put(batch, as);
        return new Food(clocks, all);
    }

    Food without(String batch) {
        var all = new HashMap<>(batches);
        all.remove(batch);
        return new Food(clocks, all);
    }
}
