/**
 * The registrar of GB/T 28181: which cameras are registered and whose heartbeats come.
 *
 * <p>Opens one port, for UDP and TCP; sends nothing but answers, and those only to where the
 * request came from.
 */
@NullMarked
package org.mingchu.sensors.camera.sip;

import org.jspecify.annotations.NullMarked;
