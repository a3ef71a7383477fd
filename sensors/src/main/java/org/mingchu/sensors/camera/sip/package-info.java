/**
 * The registrar of GB/T 28181: which cameras are registered and whose heartbeats come.
 *
 * <p>Opens one UDP socket; answers only whom it heard.
 */
@NullMarked
package org.mingchu.sensors.camera.sip;

import org.jspecify.annotations.NullMarked;
