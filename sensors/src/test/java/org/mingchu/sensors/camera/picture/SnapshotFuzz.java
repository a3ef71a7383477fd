package org.mingchu.sensors.camera.picture;

import org.mingchu.config.CameraLevel;

import java.util.Optional;

/** Anything at all may come for a picture: it gives a verdict on the picture, and nothing else. */
public final class SnapshotFuzz {
    private SnapshotFuzz() {}

    public static void fuzzerTestOneInput(byte[] bytes) {
        switch (Snapshot.decode(bytes)) {
            case Snapshot.Unreadable(var reason) -> check(!reason.isBlank());
            case Snapshot.Seen(var picture) -> {
                check(picture.size().width() <= JpegHead.SIDE_MAX);
                check(picture.size().height() <= JpegHead.SIDE_MAX);
                judge(bytes);
            }
        }
    }

    /** A verdict on the picture, whatever it shows. */
    private static void judge(byte[] bytes) {
        var health = new PictureHealth(Optional.empty(), Optional.empty());
        var look = health.next(bytes, Pulse.SPACING.toNanos(), Opening.OPEN);
        check(look.verdict().level().filter(l -> l != CameraLevel.PICTURE).isEmpty());
    }

    private static void check(boolean holds) {
        if (!holds) {
            throw new AssertionError("no reason, too large, or a verdict on something else");
        }
    }
}
