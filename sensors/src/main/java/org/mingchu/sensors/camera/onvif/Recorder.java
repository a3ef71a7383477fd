package org.mingchu.sensors.camera.onvif;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;

/** A recorder, in one of the languages recorders speak. One thread at a time. */
public sealed interface Recorder permits Isapi, Onvif {
    /** How long one document may be. */
    int XML_BYTES_MAX = 256 * 1024;

    /** Its clock. Must have been asked before {@link #recorded}, which dates by it. */
    Told<Skew> clock();

    /** Its disks; none of them when it has no disk at all. */
    Told<List<Disk>> disks();

    /**
     * From when to when it has recordings.
     *
     * @param channels counted from 1, as the recorder counts them
     */
    Recorded recorded(SequencedSet<Integer> channels, Horizon horizon);

    /**
     * What is to be known of an age: whether it lies beyond these. Immutable.
     *
     * @param far how long recordings are to be kept
     * @param near how old the newest may be
     */
    record Horizon(Duration far, Duration near) {}

    /**
     * The spans of a recorder. Immutable.
     *
     * @param whole of all it has
     * @param channels of each that was asked for
     */
    record Recorded(Told<Span> whole, Map<Integer, Told<Span>> channels) {
        public Recorded {
            channels = Map.copyOf(channels);
        }
    }
}
