/**
 * Probes on the kitchen's own broker, acknowledged only after the reading is kept.
 *
 * <p>Names Paho, as {@code tell} does; opens one connection.
 */
@NullMarked
package org.mingchu.sensors.mqtt;

import org.jspecify.annotations.NullMarked;
