package org.mingchu.sensors.coap;

import org.eclipse.californium.core.CoapResource;
import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.eclipse.californium.core.server.resources.CoapExchange;

import java.util.Optional;

/**
 * The present value of one sensor, for the probe that owns it, which may have a display. Can be
 * observed. Californium's threads.
 */
final class NowResource extends CoapResource {
    /** A value is fresh for about a period. */
    private static final long MAX_AGE_S = 60;

    private final CoapSensor sensor;
    private final Present present;

    NowResource(CoapSensor sensor, Present present) {
        // Not listed: what else the site watches is nobody's business.
        super(sensor.id(), false);
        this.sensor = sensor;
        this.present = present;
        setObservable(true);
        setObserveType(CoAP.Type.CON);
    }

    @Override
    public void handleGET(CoapExchange exchange) {
        var caller = Caller.of(exchange.advanced().getRequest().getSourceContext());
        if (!caller.identity().equals(Optional.of(sensor.source().identity()))) {
            exchange.respond(ResponseCode.FORBIDDEN, "not a sensor of this probe");
            return;
        }
        exchange.setMaxAge(MAX_AGE_S);
        exchange.respond(
                ResponseCode.CONTENT,
                present.senml(sensor.id()),
                MediaTypeRegistry.APPLICATION_SENML_JSON);
    }
}
