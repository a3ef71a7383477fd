package org.mingchu.config;

import java.util.Optional;

/**
 * How one level of a camera or recorder stands; of a stream the first stage that fails names it.
 * Immutable.
 */
public enum CameraVerdict {
    /** No route, or no answer to the TCP connect. */
    UNREACHABLE("unreachable", CameraLevel.STREAM),
    /** The host answers, the port is closed. */
    REFUSED("refused", CameraLevel.STREAM),
    /** TCP connects, RTSP says nothing. */
    NO_ANSWER("no-answer", CameraLevel.STREAM),
    /** Credentials refused. */
    AUTH("auth", CameraLevel.STREAM),
    /** The path does not exist. */
    NO_SUCH_STREAM("no-such-stream", CameraLevel.STREAM),
    /** A stream description without video. */
    NO_VIDEO("no-video", CameraLevel.STREAM),
    /** Something answers that is not RTSP. */
    PROTOCOL("protocol", CameraLevel.STREAM),
    /** All is well with this level, whichever it is. */
    HEALTHY("healthy"),
    /** Nothing can be said yet: the program has just started, or what stands between is lost. */
    UNKNOWN("unknown"),
    /** Off on purpose, in a window the site file names. */
    PLANNED_OFF("planned-off"),

    /** No snapshot comes, or it is no picture. */
    NO_PICTURE("no-picture", CameraLevel.PICTURE),
    /** The same picture again and again, without even a sensor's noise. */
    FROZEN("frozen", CameraLevel.PICTURE),
    /** No light at all. */
    BLACK("black", CameraLevel.PICTURE),
    /** Something stands before the lens. */
    COVERED("covered", CameraLevel.PICTURE),
    /** Far less sharp than this camera is by day, or by night. */
    BLURRED("blurred", CameraLevel.PICTURE),
    /** It looks elsewhere than it did. */
    MOVED("moved", CameraLevel.PICTURE),
    /** The picture lives, the time written into it stands still. */
    OVERLAY_STOPPED("overlay-stopped", CameraLevel.PICTURE),

    /** It has not registered, has let its registration run out, or has signed off. */
    UNREGISTERED("unregistered", CameraLevel.REGISTRATION),
    /** Registered, but its heartbeats do not come. */
    HEARTBEAT_LOST("heartbeat-lost", CameraLevel.REGISTRATION),
    /** Its heartbeat itself reports a fault. */
    FAULT_REPORTED("fault-reported", CameraLevel.REGISTRATION),

    /** The oldest recording is younger than the law asks. */
    RECORDING_SHORT("recording-short", CameraLevel.RECORDING),
    /** The newest recording is old: nothing is recorded now. */
    RECORDING_STOPPED("recording-stopped", CameraLevel.RECORDING),
    /** The disk is missing, broken or unformatted. */
    DISK_FAULT("disk-fault", CameraLevel.RECORDING),
    /** The disk is full and nothing is overwritten. */
    DISK_FULL("disk-full", CameraLevel.RECORDING),

    /** Its clock is wrong by more than evidence bears. */
    CLOCK_WRONG("clock-wrong", CameraLevel.CLOCK),
    /** Its clock is right but for whole quarters of an hour: another time zone. */
    CLOCK_ZONE("clock-zone", CameraLevel.CLOCK),

    /** Most cameras of the site are out of reach at once: the network between is lost. */
    NETWORK_LOST("network-lost", CameraLevel.STREAM),
    /** The gateway's own network port has no link: nothing is known of any camera. */
    LINK_LOST("link-lost", CameraLevel.STREAM);

    private final String word;
    private final Optional<CameraLevel> level;

    CameraVerdict(String word) {
        this.word = word;
        this.level = Optional.empty();
    }

    CameraVerdict(String word, CameraLevel level) {
        this.word = word;
        this.level = Optional.of(level);
    }

    /** The word that records and messages use. */
    public String word() {
        return word;
    }

    /** Whose verdict it is; none of what any level may be: healthy, unknown or planned off. */
    public Optional<CameraLevel> level() {
        return level;
    }

    /** Whether it names something wrong. */
    public boolean wrong() {
        return level.isPresent();
    }
}
