package org.mingchu.gateway.tend;

import java.nio.file.Path;
import java.util.Map;

/**
 * What a command wants of the record. Immutable.
 *
 * @param words named as the console names them
 * @param offline no agent runs: the command takes the state folder itself
 */
public record RecordAsk(Act act, Map<String, String> words, Path state, boolean offline) {
    public RecordAsk {
        words = Map.copyOf(words);
    }

    /** What can be asked. */
    public enum Act {
        STATUS("/status"),
        STATUS_JSON("/status.json"),
        HOLDS("/holds"),
        EXPORT("/export"),
        VERIFY("/verify"),
        REPAIR("/repair"),
        PLACE_HOLD("/hold/place"),
        RELEASE_HOLD("/hold/release"),
        CORRECT("/correct");

        private final String path;

        Act(String path) {
            this.path = path;
        }

        /** The path of the console. */
        public String path() {
            return path;
        }

        /** Whether it only asks. */
        public boolean asks() {
            return switch (this) {
                case STATUS, STATUS_JSON, HOLDS -> true;
                case EXPORT, VERIFY, REPAIR, PLACE_HOLD, RELEASE_HOLD, CORRECT -> false;
            };
        }
    }
}
