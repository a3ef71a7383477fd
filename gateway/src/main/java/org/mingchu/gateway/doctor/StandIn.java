package org.mingchu.gateway.doctor;

import java.util.Locale;

/**
 * What a gateway goes on by that could not use the files it was told to follow when it was started
 * again. Immutable.
 *
 * @param since when the plan that binds was kept, as a day in UTC
 * @param first the first of the problems, with its place; may name what stands there
 * @param place of the first problem: file, line, column and key, and nothing that stands there
 */
public record StandIn(By by, String since, String first, String place) {
    /** What stands in, and for what. */
    public enum By {
        /** The kept copy of site file and rule pack, for a site file that cannot be used. */
        COPY,
        /** What secrets can be used, or none; the site file itself is good. */
        NO_SECRETS;

        /** The word that texts are keyed by. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
