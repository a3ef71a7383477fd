package org.mingchu.config;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A site's own, stricter setting of one rule for one unit. Only the values given replace the
 * pack's. Immutable.
 *
 * @param rule the rule's id
 * @param limitMilli the limit, in thousandths of the unit of measure
 * @param delay replaces the plain and the defrost-known delay
 * @param by the person id of who ordered it
 */
public record SiteLimit(
        String rule, OptionalLong limitMilli, Optional<Duration> delay, String reason, String by) {}
