package org.mingchu.sensors;

import org.mingchu.config.Calibration;
import org.mingchu.config.Quantity;

import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Set;

/**
 * From the value a probe gives to the value that is judged, with what is to be known about it. Any
 * thread.
 */
public final class Correction {
    private final Calibration calibration;
    private final Set<Flag> standing;
    private final Clock clock;
    private final ZoneId zone;

    /**
     * @param standing flags that every reading of this probe carries
     * @param zone where the certificate's last day ends
     */
    public Correction(Calibration calibration, Set<Flag> standing, Clock clock, ZoneId zone) {
        this.calibration = calibration;
        this.standing = Set.copyOf(standing);
        this.clock = clock;
        this.zone = zone;
    }

    /** A value taken just now. */
    public Reading.Measured of(String subject, Quantity quantity, long rawMilli) {
        return new Reading.Measured(
                subject, quantity, rawMilli, rawMilli + calibration.offsetMilli(), 0, flags());
    }

    private Set<Flag> flags() {
        var flags = EnumSet.noneOf(Flag.class);
        flags.addAll(standing);
        if (expired()) {
            flags.add(Flag.CALIBRATION_EXPIRED);
        }
        return flags;
    }

    /** A clock that nobody has set does not know today's date, so it expires nothing. */
    private boolean expired() {
        if (calibration.due().isEmpty()) {
            return false;
        }
        var now = clock.now();
        return now.clock() != ClockState.UNSYNCED
                && Instant.ofEpochMilli(now.wallMs())
                        .atZone(zone)
                        .toLocalDate()
                        .isAfter(calibration.due().orElseThrow());
    }
}
