/**
 * Camera health, level by level, each with its reason.
 *
 * <p>Opens sockets to cameras; stores and relays no picture.
 */
@NullMarked
package org.mingchu.sensors.camera;

import org.jspecify.annotations.NullMarked;
