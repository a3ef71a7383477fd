/**
 * Radio probes by CoAP: DTLS, SenML, and an answer only after the reading is kept.
 *
 * <p>Alone names Californium; opens UDP sockets.
 */
@NullMarked
package org.mingchu.sensors.coap;

import org.jspecify.annotations.NullMarked;
