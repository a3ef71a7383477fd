package org.mingchu.sensors.camera;

import org.mingchu.config.CameraVerdict;
import org.mingchu.sensors.Reading;
import org.mingchu.sensors.camera.http.Snapshot.Shot;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How the streams stood in the last round: a camera that is gone, or stands behind a network that
 * is, has one event for that, and its other levels say nothing of their own. Any thread.
 */
public final class Streams {
    private final Map<String, CameraVerdict> last = new ConcurrentHashMap<>();

    /** A stream's reading; its subject is the camera itself. */
    void note(Reading.Seen stream) {
        last.put(stream.subject(), stream.verdict());
    }

    /** Pictures of a camera: one that does not come is no fault of the picture while it is gone. */
    public Shots behind(String camera, Shots shots) {
        return () -> {
            var shot = shots.take();
            var gone = gone(camera);
            return shot instanceof Shot.None(var stage, var cause) && gone.isPresent()
                    ? new Shot.Unseen(
                            "its stream is %s (%s: %s)"
                                    .formatted(gone.get().word(), stage.word(), cause))
                    : shot;
        };
    }

    private Optional<CameraVerdict> gone(String camera) {
        return Optional.ofNullable(last.get(camera))
                .filter(verdict ->
                        switch (verdict) {
                            case UNREACHABLE, REFUSED, NO_ANSWER, UNKNOWN -> true;
                            default -> false;
                        });
    }
}
