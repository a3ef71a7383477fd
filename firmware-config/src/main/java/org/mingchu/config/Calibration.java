package org.mingchu.config;

import java.time.LocalDate;
import java.util.Optional;

/**
 * How a probe's raw value becomes the value that is judged. Immutable.
 *
 * @param offsetMilli added to the raw value, in thousandths of its unit (millikelvin)
 * @param certificate the certificate's number
 * @param due the day after which readings are flagged {@code calibration-expired}
 */
public record Calibration(long offsetMilli, Optional<String> certificate, Optional<LocalDate> due) {
    /** A probe nobody has calibrated. */
    public static final Calibration NONE = new Calibration(0, Optional.empty(), Optional.empty());
}
