package org.mingchu.gateway.keep;

import org.mingchu.sensors.Moment;

/**
 * When something happened, by all that the record knows of its clock. The original {@link Moment}
 * stays what it was and is to be shown beside it. Immutable.
 *
 * @param wallMs the best reading, milliseconds since 1970
 * @param errorMs bound of its error in milliseconds; {@link Moment#ERROR_UNKNOWN_MS} when there is
 *     none
 * @param notBeforeMs what is proven whatever the rest is worth: it did not happen earlier,
 *     milliseconds since 1970
 * @param basis what the reading rests on
 */
public record Corrected(long wallMs, long errorMs, long notBeforeMs, Basis basis) {
    /** What a reading rests on. Immutable. */
    public enum Basis {
        /** The clock was synced at that moment: the original stands. */
        CLOCK("clock"),
        /** Counted from a moment of the same boot at which the clock was synced. */
        ANCHOR("anchor"),
        /** Counted from a battery clock. */
        RTC("rtc"),
        /** Halfway between the boots before and after; the error is half the hole. */
        BETWEEN("between"),
        /** Later than the boot before; by how much is the unset clock's own word. */
        AFTER("after"),
        /** The unset clock's own word, and not before there was such a program. */
        UNKNOWN("unknown");

        private final String word;

        Basis(String word) {
            this.word = word;
        }

        /** The word that records and messages use. */
        public String word() {
            return word;
        }
    }

    /** Whether a bound of the error is known. */
    public boolean bounded() {
        return errorMs != Moment.ERROR_UNKNOWN_MS;
    }
}
