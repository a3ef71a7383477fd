/**
 * The courier to the supervision platforms: lanes, window, acknowledgements, encoders.
 *
 * <p>It shares the MQTT library with {@code sensors.mqtt}; the journal reaches it as verbs.
 */
@NullMarked
package org.mingchu.gateway.tell;

import org.jspecify.annotations.NullMarked;
