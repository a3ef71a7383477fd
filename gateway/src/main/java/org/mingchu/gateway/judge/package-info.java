/**
 * What the record means: rules, alarm life cycle (ISA-18.2), delays. Pure functions over values.
 *
 * <p>No clock, no input or output, no third party; the past is never decided again.
 */
@NullMarked
package org.mingchu.gateway.judge;

import org.jspecify.annotations.NullMarked;
