package org.mingchu.sensors.coap;

import org.eclipse.californium.core.network.EndpointManager.ClientMessageDeliverer;
import org.eclipse.californium.core.network.Exchange;

/**
 * Turns requests away at a socket that only asks. Californium's own way writes an error into the
 * log for each of them, and anybody may send one. Any thread.
 */
final class Unasked extends ClientMessageDeliverer {
    @Override
    public void deliverRequest(Exchange exchange) {
        exchange.sendReject();
    }
}
