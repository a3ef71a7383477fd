package org.mingchu.sensors.camera.picture;

import org.mingchu.config.CameraVerdict;

import java.util.Optional;

/**
 * What one more picture says of a camera. Immutable.
 *
 * @param verdict of level {@code PICTURE}, {@code HEALTHY} or {@code UNKNOWN}; confirmed, so one
 *     bad picture does not change it
 * @param figures of this one picture; empty when it could not be read
 * @param reason one line for the technician
 */
public record Look(CameraVerdict verdict, Optional<Figures> figures, String reason) {}
