package org.mingchu.config.board;

/**
 * Whether the running kernel shows one thing that the site needs. Immutable.
 *
 * @param where the file that says so
 * @param remedy what to do where it is missing, or why nothing could be seen
 */
public record Finding(String what, String where, State state, String remedy) {
    /** What was seen. */
    public enum State {
        THERE("ok"),
        MISSING("missing"),
        /** The place to look at is closed to this user; it counts neither way. */
        NOT_SEEN("not seen");

        private final String word;

        State(String word) {
            this.word = word;
        }

        /** The word that messages use. */
        public String word() {
            return word;
        }
    }
}
