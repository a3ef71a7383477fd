package org.mingchu.gateway.judge;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What somebody says he has done about an alarm: why it came, what he did, what becomes of the food
 * and what he has measured then. Immutable.
 *
 * @param grams how much of the food that is
 * @param movedTo the unit it is in now
 * @param note what the choices do not say; may be empty
 * @param againMilli measured by hand afterwards, in thousandths of a degree Celsius
 */
public record Remedy(
        Cause cause,
        Action action,
        Fate fate,
        OptionalLong grams,
        Optional<String> movedTo,
        String note,
        OptionalLong againMilli) {
    /** Why it came, as far as a person can tell. */
    public enum Cause {
        DOOR("door"),
        POWER("power"),
        DEFROST("defrost"),
        /** Warm food was put in, or too much of it. */
        LOAD("load"),
        /** Not the food: the probe, or where it hangs. */
        PROBE("probe"),
        UNIT("unit"),
        OTHER("other");

        private final String word;

        Cause(String word) {
            this.word = word;
        }

        /** The word that records and messages use. */
        public String word() {
            return word;
        }
    }

    /** What was done about it. */
    public enum Action {
        CLOSED_DOOR("closed-door"),
        POWER_BACK("power-back"),
        WAITED("waited"),
        TOOK_OUT("took-out"),
        MOVED_PROBE("moved-probe"),
        CALLED_REPAIR("called-repair"),
        CLEANED("cleaned"),
        OTHER("other");

        private final String word;

        Action(String word) {
            this.word = word;
        }

        /** The word that records and messages use. */
        public String word() {
            return word;
        }
    }

    /** What becomes of the food. */
    public enum Fate {
        /** Looked at, and fit: it stays. */
        KEPT("kept"),
        MOVED("moved"),
        DISCARDED("discarded"),
        /** No food was concerned. */
        NONE("none");

        private final String word;

        Fate(String word) {
            this.word = word;
        }

        /** The word that records and messages use. */
        public String word() {
            return word;
        }
    }
}
