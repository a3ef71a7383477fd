package org.mingchu.sensors.camera;

import org.mingchu.sensors.camera.http.Dripping;
import org.mingchu.sensors.camera.http.WireReader;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;

/**
 * Any bytes a camera may answer by RTSP: an answer within its caps, or an exception of the wire.
 */
public final class RtspFuzz {
    private static final int CAUSE_CHARS_MAX = 100;

    private RtspFuzz() {}

    public static void fuzzerTestOneInput(byte[] bytes) {
        var whole = read(new WireReader(new ByteArrayInputStream(bytes)));
        if (!whole.equals(read(new WireReader(new Dripping(bytes))))) {
            throw new AssertionError("an answer depends on how the network cuts it");
        }
    }

    private static Optional<Found> read(WireReader in) {
        try {
            var answer = RtspConnection.answer(in);
            var found = RtspProbe.judged(answer);
            if (answer.body().length() > RtspConnection.BODY_BYTES_MAX
                    || found.cause().length() > CAUSE_CHARS_MAX) {
                throw new AssertionError("an answer beyond its caps");
            }
            return Optional.of(found);
        } catch (IOException e) {
            // not RTSP, or not all of it
            return Optional.empty();
        }
    }
}
