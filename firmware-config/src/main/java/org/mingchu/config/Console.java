package org.mingchu.config;

import java.util.Optional;

/**
 * Where the kitchen's page and the public wall listen, and for whom the page is. Immutable.
 *
 * @param face how much the page shows
 */
public record Console(HostPort listen, Optional<HostPort> wall, Face face) {
    /** How much the page shows. */
    public enum Face {
        /** Everything, for people who were shown how it works. */
        FULL("full"),
        /** Three pictures and two buttons, for somebody who has never seen it. */
        SIMPLE("simple");

        private final String word;

        Face(String word) {
            this.word = word;
        }

        /** The word that the site file uses. */
        public String word() {
            return word;
        }
    }

    /** Loopback only: the LAN is off unless the site file names it. */
    public static final Console LOOPBACK =
            new Console(new HostPort("127.0.0.1", 8080), Optional.empty(), Face.FULL);
}
