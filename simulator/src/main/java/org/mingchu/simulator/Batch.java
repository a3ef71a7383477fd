package org.mingchu.simulator;

/**
 * A batch of cooked food with a probe in its middle: at room temperature, an empty pot, until
 * somebody cooks. Immutable.
 *
 * @param id the unit's id
 * @param size how long heat takes through it, in minutes; 30 is a gastronorm pan 65 mm deep
 */
public record Batch(String id, double size) implements Watched {
    public Batch {
        if (!(size >= 1 && size <= 600)) {
            throw new IllegalArgumentException("a batch's size is 1 to 600 min, not " + size);
        }
    }

    /** A pan 65 mm deep, as the rules for cooling ask for. */
    public static Batch pan(String id) {
        return new Batch(id, 30);
    }

    /** A stock pot, which cools slowly wherever it stands. */
    public static Batch pot(String id) {
        return new Batch(id, 120);
    }
}
