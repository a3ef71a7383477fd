/**
 * The senses: one reading from one thing, or a reason for silence; and the moment it was taken.
 *
 * <p>The vocabulary and the rounds of sampling live here, the drivers in the rooms below. It keeps
 * nothing, judges nothing and sends nothing.
 */
@NullMarked
package org.mingchu.sensors;

import org.jspecify.annotations.NullMarked;
