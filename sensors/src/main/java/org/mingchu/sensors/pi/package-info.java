/**
 * Pins: contacts, lamps, buzzer and button.
 *
 * <p>Only {@code PiBoard} names Pi4J; everything else sees {@code Board}.
 */
@NullMarked
package org.mingchu.sensors.pi;

import org.jspecify.annotations.NullMarked;
