package org.mingchu.simulator;

import java.util.List;

/**
 * One line of a scenario that the weather knows nothing of, for whoever plays it. Immutable.
 *
 * @param timeMs since the midnight before a Monday
 * @param words as they stand in the file
 */
public record Deed(long timeMs, List<String> words) {
    public Deed {
        words = List.copyOf(words);
    }
}
