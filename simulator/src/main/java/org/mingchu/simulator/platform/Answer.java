package org.mingchu.simulator.platform;

/** When the platform acknowledges what it has kept. Immutable. */
public sealed interface Answer {
    /** With the message that answers it. */
    record AtOnce() implements Answer {}

    /** This many milliseconds later. */
    record After(long delayMs) implements Answer {}

    /** It keeps everything and says nothing. */
    record Never() implements Answer {}

    /**
     * What comes before {@code ms} is neither kept nor acknowledged, as by a platform that was
     * restored from an old copy; later entries are acknowledged at once.
     */
    record NothingBefore(long ms) implements Answer {}
}
