package org.mingchu.sensors;

/** How far a camera answers; the first stage that fails names the verdict. Immutable. */
public enum CameraVerdict {
    /** No route, or no answer to the TCP connect. */
    UNREACHABLE("unreachable"),
    /** The host answers, the port is closed. */
    REFUSED("refused"),
    /** TCP connects, RTSP says nothing. */
    NO_ANSWER("no-answer"),
    /** Credentials refused. */
    AUTH("auth"),
    /** The path does not exist. */
    NO_SUCH_STREAM("no-such-stream"),
    /** A stream description without video. */
    NO_VIDEO("no-video"),
    /** Something answers that is not RTSP. */
    PROTOCOL("protocol"),
    /** OPTIONS and DESCRIBE answered, with video. */
    HEALTHY("healthy");

    private final String word;

    CameraVerdict(String word) {
        this.word = word;
    }

    /** The word that records and messages use. */
    public String word() {
        return word;
    }
}
