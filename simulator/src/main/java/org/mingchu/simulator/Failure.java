package org.mingchu.simulator;

/**
 * Something that was truly broken, as only the weather can know. Immutable.
 *
 * @param unit the unit's id
 * @param fromMs weather time at which it began
 * @param toMs weather time at which it was mended
 */
public record Failure(String unit, long fromMs, long toMs, Kind kind) {
    /** What was broken. */
    public enum Kind {
        /** The compressor stood still. */
        COMPRESSOR,
        /** Refrigerant leaked for days. */
        LEAK,
        /** Defrosts did not happen and ice grew for days. */
        ICING,
        /** A door was left wide open, over a night. */
        DOOR
    }
}
