/**
 * Speaks HTTP to cameras and recorders: digest logins, capped answers, no redirect.
 *
 * <p>Opens sockets; keeps nothing.
 */
@NullMarked
package org.mingchu.sensors.camera.http;

import org.jspecify.annotations.NullMarked;
