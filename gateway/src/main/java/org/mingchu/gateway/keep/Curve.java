package org.mingchu.gateway.keep;

import org.mingchu.gateway.keep.pack.Measure;

/**
 * What is asked for: one measure of one sensor or camera. Immutable.
 *
 * @param subject the sensor's or camera's id
 */
public record Curve(String subject, Measure measure) {}
