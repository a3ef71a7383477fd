package org.mingchu.gateway.show;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the machine is, for a technician. Immutable.
 *
 * @param checks every check, in order
 * @param commissioning every step of the first hour, in order
 * @param ageMs how long ago they were made
 * @param test the last self-test since the start
 * @param drill the last drill since the start
 */
public record Workshop(
        List<Checked> checks,
        List<Checked> commissioning,
        long ageMs,
        Optional<Tested> test,
        Optional<Drilled> drill) {
    public Workshop {
        checks = List.copyOf(checks);
        commissioning = List.copyOf(commissioning);
    }

    /**
     * One check.
     *
     * @param id names it for ever
     * @param of which of several such things; empty where there is one
     * @param status ok, warn, fail or skipped
     * @param texts by language
     */
    public record Checked(String id, String of, String status, Map<String, Text> texts) {
        public Checked {
            texts = Map.copyOf(texts);
        }
    }

    /** What a check says in one language. */
    public record Text(String title, String cause, Optional<String> remedy) {}

    /**
     * A drill.
     *
     * @param hops how far it has come
     * @param over nothing of it happens any more
     * @param ageMs so long ago it was asked for
     */
    public record Drilled(List<Checked> hops, boolean over, boolean passed, long ageMs) {
        public Drilled {
            hops = List.copyOf(hops);
        }
    }

    /**
     * A self-test.
     *
     * @param tookMs how long it took
     */
    public record Tested(List<Checked> steps, boolean passed, long ageMs, long tookMs) {
        public Tested {
            steps = List.copyOf(steps);
        }
    }
}
