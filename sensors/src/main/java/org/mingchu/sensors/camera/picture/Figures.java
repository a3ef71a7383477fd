package org.mingchu.sensors.camera.picture;

import java.util.Locale;
import java.util.Optional;

/**
 * What was measured in one picture, without its upper and lower edge where cameras write.
 * Immutable.
 *
 * @param mean brightness, 0 to 255
 * @param deviation of the brightness, noise smoothed away
 * @param entropyBits of the brightness, 0 to 8
 * @param changedPercent cells of the picture that differ at all from the one before
 * @param own set against what this camera usually sees, once that is known
 */
public record Figures(
        double mean,
        double deviation,
        double entropyBits,
        double changedPercent,
        Optional<Against> own) {

    /** One line for the technician. */
    public String line() {
        return String.format(
                        Locale.ROOT,
                        "brightness %.0f deviation %.1f entropy %.1f changed %.1f%%",
                        mean,
                        deviation,
                        entropyBits,
                        changedPercent)
                + own.map(Against::line).orElse("");
    }

    /**
     * This picture against the camera's own baseline of the same mode.
     *
     * @param edgesPercent edges seen
     * @param sharpnessPercent how steep the steepest edges are, against the contrast
     * @param likenessPercent how well the edges lie where they used to, -100 to 100
     * @param keptPercent tiles of the view that are found in their place
     * @param shift where the whole view has gone, if it lies better elsewhere
     */
    public record Against(
            double edgesPercent,
            double sharpnessPercent,
            double likenessPercent,
            double keptPercent,
            Optional<Shift> shift) {
        private String line() {
            return String.format(
                            Locale.ROOT,
                            " edges %.0f%% sharpness %.0f%% likeness %.0f%% kept %.0f%%",
                            edgesPercent,
                            sharpnessPercent,
                            likenessPercent,
                            keptPercent)
                    + shift.map(Shift::line).orElse("");
        }
    }

    /**
     * What was seen in one place is now that much further right and down.
     *
     * @param rightPercent of the picture's width; negative to the left
     * @param downPercent of the picture's height; negative upwards
     * @param likenessPercent of the view, so shifted, to the baseline
     */
    public record Shift(double rightPercent, double downPercent, double likenessPercent) {
        private String line() {
            return String.format(
                    Locale.ROOT,
                    " shifted right %.0f%% down %.0f%% likeness %.0f%%",
                    rightPercent,
                    downPercent,
                    likenessPercent);
        }
    }
}
