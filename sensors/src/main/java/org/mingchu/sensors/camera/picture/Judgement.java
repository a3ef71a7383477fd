package org.mingchu.sensors.camera.picture;

import org.mingchu.config.CameraVerdict;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * One picture by itself and against what its camera usually sees. Thresholds: DOMAIN.md 4.3 and
 * what the confusion table of the tests bears. Immutable.
 */
final class Judgement {
    /** No light: below the dark level of video (16), and nothing in it. */
    private static final double DARK_MEAN_MAX = 16;

    private static final double DARK_DEVIATION_MAX = 6;

    /** Light that is not the kitchen's own: a lamp over the exit, a street lamp. */
    private static final double DIM_MEAN_MAX = 55;

    private static final double DIM_SHARE_MAX = 0.6;

    private static final double FLAT_DEVIATION_MAX = 8;
    private static final double FLAT_ENTROPY_MAX = 4.5;

    /** Of the edges it usually sees. */
    private static final double COVERED_EDGES_MAX = 0.25;

    /** Of the tiles: broad shapes shine through a bag. */
    private static final double COVERED_KEPT_MAX = 0.5;

    /** Of the tiles: cooks and steam never hide more than two thirds for long. */
    private static final double GONE_KEPT_MAX = 0.35;

    private static final double SHIFTED_KEPT_MAX = 0.65;
    private static final double SHIFT_LIKENESS_MIN = 0.7;
    private static final double SHIFT_GAIN_MIN = 0.15;

    /** Of its best sharpness; steam, cooks and noise leave three quarters. */
    private static final double BLURRED_MAX = 0.72;

    private static final double SHARP_KEPT_MIN = 0.8;

    private static final double PERCENT = 100;

    private final Sight sight;
    private final Mode mode;
    private final Opening opening;
    private final Optional<View> usual;
    private final Optional<Figures.Against> against;
    private final Map<CameraVerdict, Finding> findings = new EnumMap<>(CameraVerdict.class);

    Judgement(Sight sight, Mode mode, Opening opening, Optional<View> usual) {
        this.sight = sight;
        this.mode = mode;
        this.opening = opening;
        this.usual = usual;
        this.against = usual.map(view -> against(sight, view));
        judge();
    }

    private static Figures.Against against(Sight sight, View view) {
        var likeness = sight.structure().likeness(view.structure());
        var kept = sight.structure().kept(view.structure());
        return new Figures.Against(
                percent(sight.edges(), view.edges()),
                percent(sight.sharpness(), view.sharpness()),
                PERCENT * likeness,
                PERCENT * kept,
                kept < SHIFTED_KEPT_MAX
                        ? sight.structure().shift(view.structure())
                        : Optional.empty());
    }

    private static double percent(double part, double whole) {
        return whole <= 0 ? PERCENT : PERCENT * part / whole;
    }

    /** What hides the view says nothing of what lies behind it. */
    private void judge() {
        if (dark()) {
            findings.put(CameraVerdict.BLACK, bad(opening == Opening.OPEN));
            return;
        }
        findings.put(CameraVerdict.BLACK, Finding.GOOD);
        if (dim()) {
            return;
        }
        findings.put(CameraVerdict.COVERED, bad(covered()));
        if (covered() || against.isEmpty()) {
            return;
        }
        findings.put(CameraVerdict.MOVED, bad(moved(against.orElseThrow())));
        if (!moved(against.orElseThrow())) {
            findings.put(CameraVerdict.BLURRED, blurred(against.orElseThrow()));
        }
    }

    private static Finding bad(boolean so) {
        return so ? Finding.BAD : Finding.GOOD;
    }

    /** Nothing can be seen, which is a fault in opening hours only. */
    boolean dark() {
        return lightless() && sight.deviation() < DARK_DEVIATION_MAX;
    }

    /** What lies below black has no noise, and the one lamp above it may be as white as can be. */
    boolean lightless() {
        return sight.mean() < DARK_MEAN_MAX;
    }

    /** Closed, and too little light to set the view against the day's. */
    boolean dim() {
        var usually = mode == Mode.COLOUR ? usual.map(View::mean).orElse(0.0) : 0.0;
        return opening == Opening.CLOSED
                && sight.mean() < Math.max(DIM_MEAN_MAX, DIM_SHARE_MAX * usually);
    }

    /** By the light of a street lamp few edges are seen: then only a blank picture is covered. */
    private boolean covered() {
        var flat = sight.deviation() < FLAT_DEVIATION_MAX && sight.entropyBits() < FLAT_ENTROPY_MAX;
        return against.isEmpty() ? flat : (gone() && flat) || (bare() && !strangeLight());
    }

    private boolean gone() {
        return against.filter(own -> own.keptPercent() < PERCENT * GONE_KEPT_MAX).isPresent();
    }

    private boolean bare() {
        return against.filter(own ->
                        own.edgesPercent() < PERCENT * COVERED_EDGES_MAX
                                && own.keptPercent() < PERCENT * COVERED_KEPT_MAX)
                .isPresent();
    }

    private boolean moved(Figures.Against own) {
        return (gone() && !strangeLight()) || own.shift().filter(s -> fits(s, own)).isPresent();
    }

    /** The coats of cooks have sharp edges through a soft lens too: only what was there counts. */
    private static Finding blurred(Figures.Against own) {
        if (own.sharpnessPercent() < PERCENT * BLURRED_MAX) {
            return Finding.BAD;
        }
        return own.keptPercent() < PERCENT * SHARP_KEPT_MIN ? Finding.NO_SAY : Finding.GOOD;
    }

    private static boolean fits(Figures.Shift shift, Figures.Against own) {
        return shift.likenessPercent() >= PERCENT * SHIFT_LIKENESS_MIN
                && shift.likenessPercent() - own.likenessPercent() >= PERCENT * SHIFT_GAIN_MIN;
    }

    /** Closed and in colour: whatever light there is, it is not the kitchen's. */
    private boolean strangeLight() {
        return opening == Opening.CLOSED && mode == Mode.COLOUR;
    }

    Finding finding(CameraVerdict fault) {
        return findings.getOrDefault(fault, Finding.NO_SAY);
    }

    /** Nothing suspicious, and light enough to learn from. */
    boolean worthLearning() {
        return !dark() && !dim() && !findings.containsValue(Finding.BAD) && !strangeLight();
    }

    Figures figures(double changedPercent) {
        return new Figures(
                sight.mean(), sight.deviation(), sight.entropyBits(), changedPercent, against);
    }
}
