/**
 * The simulated world at its real edges: files, sockets and a broker, as a gateway meets them.
 *
 * <p>It touches the file system under a folder it is given and the loopback interface; it knows no
 * class of the gateway. Netty is seen by the broker alone.
 */
@NullMarked
package org.mingchu.simulator.wire;

import org.jspecify.annotations.NullMarked;
