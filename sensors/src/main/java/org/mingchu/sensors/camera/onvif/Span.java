package org.mingchu.sensors.camera.onvif;

import java.util.Optional;

/**
 * From when to when something is recorded, by the recorder's own clock at the moment it was asked.
 * Ages, not dates: the recorder's clock may be wrong, and its evidence is as old as it is all the
 * same. A recorder that tells only whether there is one beyond {@link Recorder.Horizon} gives ages
 * on the right side of it. Immutable.
 *
 * @param oldestAgeMs age of the oldest recording; none when nothing is recorded
 * @param newestAgeMs age of the newest
 */
public record Span(Optional<Long> oldestAgeMs, Optional<Long> newestAgeMs) {
    /** Nothing is recorded. */
    public static final Span NOTHING = new Span(Optional.empty(), Optional.empty());
}
