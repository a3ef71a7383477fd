package org.mingchu.sensors.camera.picture;

import org.mingchu.config.CameraVerdict;
import org.mingchu.sensors.camera.picture.Pulse.Beat;
import org.mingchu.sensors.camera.picture.Snapshot.Seen;
import org.mingchu.sensors.camera.picture.Snapshot.Unreadable;

import java.util.Optional;

/**
 * Whether one camera's pictures live and show what they used to. Made for one snapshot a minute:
 * then frozen is said within 3 min, black within 4, covered within 5, moved after 10, blurred after
 * four hours. At another pace the same number of pictures is asked for. Needs no clock but the
 * caller's monotonic time. Holds 0.2 MB; takes 14 MB at most for a moment (see {@link Snapshot}).
 * One thread.
 */
public final class PictureHealth {
    /** Pictures of another size in a row: a single one is somebody's test. */
    private static final int STRANGE_MAX = 5;

    private final Optional<Box> given;
    private final Memory memory;
    private final Pulse pulse;
    private Suspicions suspicions = new Suspicions();
    private WrittenTime time;
    private CameraVerdict standing = CameraVerdict.UNKNOWN;
    private boolean alive;
    private int strange;

    /**
     * A camera that was not looked at yet.
     *
     * @param known from {@link #baseline} before a restart
     * @param time where the camera writes the time; found in about half an hour when not given
     */
    public PictureHealth(Optional<Baseline> known, Optional<Region> time) {
        this.given = time.map(Box::of);
        this.memory = new Memory(known);
        this.pulse = new Pulse(given);
        this.time = new WrittenTime(given.or(() -> known.flatMap(Baseline::time)));
    }

    /**
     * Judges the next snapshot.
     *
     * @param jpeg as the camera sent it; anything at all may be in it
     * @param upNs when it was taken, nanoseconds of CLOCK_BOOTTIME
     */
    public Look next(byte[] jpeg, long upNs, Opening opening) {
        return switch (Snapshot.decode(jpeg)) {
            case Unreadable unreadable -> missing(unreadable.reason(), upNs);
            case Seen seen -> see(seen.picture(), upNs, opening);
        };
    }

    /**
     * No snapshot came where one was asked for.
     *
     * @param why one line for the technician, no secrets
     */
    public Look missing(String why, long upNs) {
        suspicions.hear(CameraVerdict.NO_PICTURE, Finding.BAD, upNs);
        return new Look(verdict(), Optional.empty(), "no picture: " + why);
    }

    private Look see(Picture picture, long upNs, Opening opening) {
        fit(picture);
        var sight = Sight.of(picture);
        var judgement = new Judgement(sight, Mode.of(picture), opening, memory.view(picture));
        var beat = pulse.beat(picture, upNs);
        suspicions.hear(judgement, upNs);
        suspicions.hear(CameraVerdict.NO_PICTURE, Finding.GOOD, upNs);
        beat.ifPresent(b -> feel(b, judgement, upNs));
        if (lives(beat) && judgement.worthLearning() && suspicions.viewTrusted()) {
            memory.learn(picture, sight, upNs);
        }
        var changed = beat.map(b -> b.change().percent()).orElse(0.0);
        return new Look(
                verdict(), Optional.of(judgement.figures(changed)), reason(judgement, upNs));
    }

    /** Another size, once it lasts, is another stream, cropped and sharpened in its own way. */
    private void fit(Picture picture) {
        strange = memory.fits(picture) ? 0 : strange + 1;
        if (strange == STRANGE_MAX) {
            relearn();
            strange = 0;
        }
    }

    private void feel(Beat beat, Judgement judgement, long upNs) {
        var mute = beat.life() == Finding.BAD && judgement.lightless();
        alive |= mute || beat.life() == Finding.GOOD;
        suspicions.hear(beat, mute ? Finding.NO_SAY : beat.life(), upNs);
        if (beat.life() == Finding.GOOD && beat.spaced()) {
            suspicions.hear(CameraVerdict.OVERLAY_STOPPED, time.hear(beat.change()), upNs);
        }
    }

    private static boolean lives(Optional<Beat> beat) {
        return beat.filter(b -> b.life() == Finding.GOOD).isPresent();
    }

    private CameraVerdict verdict() {
        standing = suspicions.confirmed().orElseGet(this::noFault);
        return standing;
    }

    /** Healthy is said once it is proven; a first suspicion does not take it back. */
    private CameraVerdict noFault() {
        var unproven = standing == CameraVerdict.UNKNOWN && suspicions.suspected().isPresent();
        return memory.known() && alive && !unproven ? CameraVerdict.HEALTHY : CameraVerdict.UNKNOWN;
    }

    private String reason(Judgement judgement, long upNs) {
        var confirmed = suspicions.confirmed();
        if (confirmed.isPresent()) {
            return what(confirmed.orElseThrow())
                    + ", for "
                    + suspicions.age(confirmed.orElseThrow(), upNs).toSeconds()
                    + " s";
        }
        var suspected = suspicions.suspected();
        if (suspected.isPresent()) {
            return "suspected: " + what(suspected.orElseThrow());
        }
        if (!memory.known()) {
            return judgement.worthLearning()
                    ? "learning what this camera usually sees"
                    : "too little light to learn what this camera usually sees";
        }
        return judgement.dark() || judgement.dim()
                ? "closed, and too little light to judge the view"
                : "";
    }

    private static String what(CameraVerdict fault) {
        return switch (fault) {
            case NO_PICTURE -> "no picture that can be read";
            case FROZEN -> "not one point of the picture has changed";
            case BLACK -> "no light in opening hours";
            case COVERED -> "hardly an edge is left of what it usually sees";
            case MOVED -> "it looks elsewhere than it used to";
            case BLURRED ->
                    "edges are far less steep than they used to be: clean or focus the lens";
            case OVERLAY_STOPPED -> "the picture lives, the time written into it stands";
            default -> throw new IllegalArgumentException(fault + " is no fault of a picture");
        };
    }

    /** What was learned so far, for the next start; empty while it is too little. */
    public Optional<Baseline> baseline() {
        return memory.baseline(time.box());
    }

    /** The baseline, at most once an hour and when there is something new in it. */
    public Optional<Baseline> toKeep(long upNs) {
        return memory.toKeep(time.box(), upNs);
    }

    /** Somebody has put the camera as it shall be now: begin anew. */
    public void relearn() {
        memory.forget();
        suspicions = new Suspicions();
        time = new WrittenTime(given);
        standing = CameraVerdict.UNKNOWN;
    }
}
