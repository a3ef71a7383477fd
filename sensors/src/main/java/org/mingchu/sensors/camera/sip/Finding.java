package org.mingchu.sensors.camera.sip;

import org.mingchu.sensors.Moment;

/**
 * Something a technician should look at. Immutable.
 *
 * @param device the id that was claimed, made harmless; empty where there was none
 * @param address whence, without port; empty where it has none
 * @param count how often since the start
 */
public record Finding(Kind kind, String device, String address, long count, Moment last) {
    /** What was found. */
    public enum Kind {
        /** An id that the site file does not name; perhaps a new camera. */
        UNKNOWN_DEVICE("unknown-device"),
        /** A message in a camera's name from an address that has not logged in. */
        SPOOF_ATTEMPT("spoof-attempt"),
        /** A login with a wrong password. */
        REFUSED_DIGEST("refused-digest"),
        /** A login that was true once, from where its camera is not. */
        REPLAY("replay"),
        /** What was said is no SIP, or no XML. */
        MALFORMED("malformed"),
        /** A password that everybody tries first, or that two cameras share. */
        WEAK_PASSWORD("weak-password");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** The word that lists and logs use. */
        public String word() {
            return word;
        }
    }
}
