package org.mingchu.config;

import java.time.Duration;
import java.util.Optional;

/**
 * One rule bound to one subject: what the judge watches. An alarm is (subject, rule). Immutable.
 *
 * @param subject the id of a sensor, unit, camera, platform-less {@code gateway}
 * @param unit the unit the subject belongs to
 * @param measures the quantity of the sensor watched
 * @param rule the rule with the site's override already in it
 * @param period the sampling period of the subject
 * @param overridden whether the site made it stricter
 */
public record Watch(
        String subject,
        Optional<Unit> unit,
        Optional<Quantity> measures,
        Rule rule,
        Duration period,
        boolean overridden) {}
