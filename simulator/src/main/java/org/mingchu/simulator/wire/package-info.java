/**
 * The same world at the real edges: trees shaped like the kernel's, cameras, brokers that keep time
 * or misbehave on command.
 *
 * <p>Touches files and sockets below the folders and addresses it is given; knows no other module.
 */
@NullMarked
package org.mingchu.simulator.wire;

import org.jspecify.annotations.NullMarked;
