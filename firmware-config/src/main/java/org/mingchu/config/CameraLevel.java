package org.mingchu.config;

/**
 * What is watched of a camera, each by itself: a stream that stops says nothing about a
 * registration that holds. Immutable.
 */
public enum CameraLevel {
    /** It can be reached and offers video. */
    STREAM("stream", ""),
    /** The picture lives: it is neither frozen nor black, covered, blurred or moved. */
    PICTURE("picture", "-picture"),
    /** It is registered by GB/T 28181 and its heartbeats come. */
    REGISTRATION("registration", "-registration"),
    /** What it sees is recorded, as far back as the law asks. */
    RECORDING("recording", "-recording"),
    /** Its clock, which dates every picture, is right. */
    CLOCK("clock", "-clock");

    private final String word;
    private final String ending;

    CameraLevel(String word, String ending) {
        this.word = word;
        this.ending = ending;
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
