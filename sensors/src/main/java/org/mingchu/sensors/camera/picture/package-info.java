/**
 * Tells from a snapshot whether a camera sees: frozen, black, covered, blurred, moved.
 *
 * <p>Pictures are held in memory only; the one room that decodes them.
 */
@NullMarked
package org.mingchu.sensors.camera.picture;

import org.jspecify.annotations.NullMarked;
