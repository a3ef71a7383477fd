package org.mingchu.sensors.camera.picture;

import org.mingchu.config.CameraVerdict;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every fault a picture can have, each confirmed by itself. Spans are a little under what is
 * promised, for the jitter of who asks once a minute. One thread.
 */
final class Suspicions {
    /** What explains the others comes first. */
    private static final List<CameraVerdict> ORDER =
            List.of(
                    CameraVerdict.NO_PICTURE,
                    CameraVerdict.FROZEN,
                    CameraVerdict.BLACK,
                    CameraVerdict.COVERED,
                    CameraVerdict.MOVED,
                    CameraVerdict.BLURRED,
                    CameraVerdict.OVERLAY_STOPPED);

    private final Map<CameraVerdict, Spell> spells = new EnumMap<>(CameraVerdict.class);

    Suspicions() {
        spells.put(CameraVerdict.NO_PICTURE, new Spell(3, Duration.ofSeconds(110), 2));
        spells.put(CameraVerdict.FROZEN, new Spell(2, Duration.ofSeconds(110), 2));
        spells.put(CameraVerdict.BLACK, new Spell(3, Duration.ofSeconds(170), 3));
        spells.put(CameraVerdict.COVERED, new Spell(4, Duration.ofSeconds(170), 3));
        spells.put(CameraVerdict.MOVED, new Spell(5, Duration.ofSeconds(590), 3));
        spells.put(CameraVerdict.BLURRED, new Spell(6, Duration.ofHours(4), 3));
        spells.put(CameraVerdict.OVERLAY_STOPPED, new Spell(5, Duration.ofSeconds(290), 3));
    }

    void hear(CameraVerdict fault, Finding finding, long upNs) {
        spell(fault).hear(finding, upNs);
    }

    void hear(Judgement judgement, long upNs) {
        for (var fault : ORDER) {
            hear(fault, judgement.finding(fault), upNs);
        }
    }

    /** Three pictures of which none differs are two comparisons. */
    void hear(Pulse.Beat beat, Finding life, long upNs) {
        spell(CameraVerdict.FROZEN).hear(life, beat.sinceNs(), upNs);
    }

    /** The gravest that is confirmed. */
    Optional<CameraVerdict> confirmed() {
        return ORDER.stream().filter(this::confirmed).findFirst();
    }

    private boolean confirmed(CameraVerdict fault) {
        return spell(fault).confirmed();
    }

    /** The gravest that the last picture spoke for. */
    Optional<CameraVerdict> suspected() {
        return ORDER.stream().filter(fault -> spell(fault).suspected()).findFirst();
    }

    /** Whether the view is beyond doubt; what is written into it does not matter. */
    boolean viewTrusted() {
        return ORDER.stream()
                .filter(fault -> fault != CameraVerdict.OVERLAY_STOPPED)
                .noneMatch(fault -> confirmed(fault) || spell(fault).suspected());
    }

    /** How long a fault has been seen. */
    Duration age(CameraVerdict fault, long upNs) {
        return Duration.ofNanos(upNs - spell(fault).sinceNs());
    }

    private Spell spell(CameraVerdict fault) {
        return Optional.ofNullable(spells.get(fault)).orElseThrow();
    }
}
