package org.mingchu.sensors.camera.http;

import org.mingchu.config.CameraVerdict;
import org.mingchu.sensors.camera.http.HttpOutcome.Answer;
import org.mingchu.sensors.camera.http.HttpOutcome.Failure;

/**
 * One picture of a camera or of a recorder's channel, as JPEG. It is held in memory only. Any
 * thread.
 */
public final class Snapshot {
    /** A 4K picture at the best quality has some 3 MB. */
    public static final int JPEG_BYTES_MAX = 4 * 1024 * 1024;

    private static final byte[] MAGIC = {(byte) 0xff, (byte) 0xd8, (byte) 0xff};

    private final CameraHttp http;
    private final String target;

    /** What came. Immutable. */
    public sealed interface Shot {
        /** Bytes that begin as a JPEG does; whether it can be decoded is not said. */
        @SuppressWarnings("ArrayRecordComponent") // decoded once, never compared
        record Picture(byte[] jpeg) implements Shot {}

        /**
         * No picture.
         *
         * @param stage no-picture when something came that is none, else how far the asking came
         */
        record None(CameraVerdict stage, String cause) implements Shot {}

        /**
         * Nothing that says anything of the picture: whatever is wrong is said elsewhere.
         *
         * @param cause for the technician, one line, no secrets
         */
        record Unseen(String cause) implements Shot {}
    }

    /**
     * @param target path and query of the picture
     */
    public Snapshot(CameraHttp http, String target) {
        this.http = http;
        this.target = target;
    }

    /** Asks once; the bytes decide, not what the camera calls them. */
    public Shot take() {
        return switch (http.get(target, JPEG_BYTES_MAX)) {
            case Failure failure -> new Shot.None(failure.stage(), failure.cause());
            case Answer answer when answer.forbidden() ->
                    new Shot.None(CameraVerdict.AUTH, "credentials refused");
            case Answer answer when !answer.good() ->
                    new Shot.None(CameraVerdict.NO_PICTURE, "status " + answer.status());
            case Answer answer when jpeg(answer.body()) -> new Shot.Picture(answer.body());
            case Answer _ -> new Shot.None(CameraVerdict.NO_PICTURE, "the answer is no JPEG");
        };
    }

    private static boolean jpeg(byte[] body) {
        return body.length > MAGIC.length
                && body[0] == MAGIC[0]
                && body[1] == MAGIC[1]
                && body[2] == MAGIC[2];
    }
}
