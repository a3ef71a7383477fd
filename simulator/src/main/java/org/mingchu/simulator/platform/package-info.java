/**
 * The supervision platform's stand-in: receives, validates, deduplicates, checks the chains,
 * acknowledges, and shows what a regulator would see.
 *
 * <p>An independent witness: it knows the published contract and no class of the gateway. The JSON,
 * schema and MQTT libraries are seen here only.
 */
@NullMarked
package org.mingchu.simulator.platform;

import org.jspecify.annotations.NullMarked;
