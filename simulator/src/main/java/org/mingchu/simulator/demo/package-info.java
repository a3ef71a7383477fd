/**
 * The demonstration: a simulated kitchen, a broker, a platform, and the real gateway beside them.
 *
 * <p>The gateway is a process of its own; nothing here links with it. {@code Demo} alone touches
 * the clock and the process's exit.
 */
@NullMarked
package org.mingchu.simulator.demo;

import org.jspecify.annotations.NullMarked;
