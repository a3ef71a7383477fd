package org.mingchu.sensors.camera;

import org.mingchu.config.Recorder;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One recorder and its channels. Immutable.
 *
 * @param id its subject; those of its other levels follow {@link
 *     org.mingchu.config.CameraLevel#subject}
 * @param web where it speaks ISAPI or ONVIF: {@code http} or {@code https} with a host
 * @param rtsp where a channel's stream is, {@code {channel}} standing for its number, as {@code
 *     rtsp://10.0.0.9/Streaming/Channels/{channel}02}
 * @param keep how long recordings must be kept
 * @param near how old the newest recording may be before it has stopped; more than a day's closing
 *     time where only movement is recorded
 * @param since when it was put to use, where the site file says so: a recorder younger than {@code
 *     keep} cannot have recordings of that age
 */
public record RecorderPlan(
        String id,
        URI web,
        String rtsp,
        Language language,
        List<Channel> channels,
        Duration keep,
        Duration near,
        Optional<Instant> since) {
    /** Longer than any time zone is wide, because recorders are vague about theirs. */
    public static final Duration NEAR = Duration.ofHours(24);

    /** Below that a recorder that means UTC, and one that does not, cannot both be judged. */
    public static final Duration NEAR_MIN = Duration.ofHours(15);

    private static final String SCHEME = "rtsp://";

    /** What it speaks besides RTSP. */
    public enum Language {
        /** Whichever answers: ISAPI is asked first. */
        ANY,
        ISAPI,
        ONVIF
    }

    /**
     * One camera behind it.
     *
     * @param id the camera's subject
     * @param number counted from 1, as the recorder counts
     */
    public record Channel(String id, int number) {
        public Channel {
            if (number < 1) {
                throw new IllegalArgumentException("channels are counted from 1, found " + number);
            }
        }
    }

    public RecorderPlan {
        channels = List.copyOf(channels);
        if (near.compareTo(NEAR_MIN) < 0 || keep.compareTo(near) <= 0) {
            throw new IllegalArgumentException(
                    "the newest may be 15 h old at least, and younger than what is kept");
        }
        var path = rtsp.indexOf('/', SCHEME.length());
        if (!rtsp.startsWith(SCHEME) || path < 0 || rtsp.indexOf(Recorder.CHANNEL) < path) {
            throw new IllegalArgumentException(
                    "no " + Recorder.CHANNEL + " in the path of " + rtsp);
        }
    }

    /** Where a channel's stream is. */
    URI stream(int channel) {
        return URI.create(rtsp.replace(Recorder.CHANNEL, Integer.toString(channel)));
    }
}
