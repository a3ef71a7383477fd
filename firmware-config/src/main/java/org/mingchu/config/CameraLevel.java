package org.mingchu.config;

import java.time.Duration;

/**
 * What is watched of a camera, each by itself: a stream that stops says nothing about a
 * registration that holds. Immutable.
 */
public enum CameraLevel {
    /** It can be reached and offers video. */
    STREAM("stream", "", Duration.ofSeconds(30)),
    /** The picture lives: it is neither frozen nor black, covered, blurred or moved. */
    PICTURE("picture", "-picture", Duration.ofMinutes(1)),
    /** It is registered by GB/T 28181 and its heartbeats come. */
    REGISTRATION("registration", "-registration", Duration.ofSeconds(30)),
    /** What it sees is recorded, as far back as the law asks. */
    RECORDING("recording", "-recording", Duration.ofMinutes(5)),
    /** Its clock, which dates every picture, is right. */
    CLOCK("clock", "-clock", Duration.ofMinutes(5));

    private final String word;
    private final String ending;
    private final Duration period;

    CameraLevel(String word, String ending, Duration period) {
        this.word = word;
        this.ending = ending;
        this.period = period;
    }

    /** How often it is looked at: what costs more, or changes more slowly, more seldom. */
    public Duration period() {
        return period;
    }

    /** The word that files and messages use. */
    public String word() {
        return word;
    }

    /** Under which id readings and alarms of this level of a camera or recorder go. */
    public String subject(String camera) {
        return camera + ending;
    }
}
