package org.mingchu.gateway.show;

import java.util.OptionalInt;

/**
 * The board's own battery while the mains are gone. Immutable.
 *
 * @param percent of its charge; empty when it cannot be read just now
 * @param stopAtPercent at this charge the gateway ends
 */
public record Battery(Stage stage, OptionalInt percent, int stopAtPercent) {
    /** How far it has come. */
    public enum Stage {
        DRAWN("drawn"),
        /** The gateway is about to end. */
        STOPPING("stopping");

        private final String word;

        Stage(String word) {
            this.word = word;
        }

        /** The word that the page uses. */
        public String word() {
            return word;
        }
    }
}
