/**
 * The same world at the real edges: files as the kernel writes them, pins, cameras, brokers.
 *
 * <p>Touches only the folder it is given and sockets on the loopback address.
 */
@NullMarked
package org.mingchu.simulator.wire;

import org.jspecify.annotations.NullMarked;
