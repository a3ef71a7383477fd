/**
 * Things the kernel offers as files or calls: w1_therm, boot id and the clock.
 *
 * <p>Touches only the tree below the root it is given, and the clock.
 */
@NullMarked
package org.mingchu.sensors.kernel;

import org.jspecify.annotations.NullMarked;
